import type { Live, Status } from '../../state/live.svelte';

/** How a state looks. */
export const tones = { off: 'grey', starting: 'green', following: 'green', paused: 'amber', stopped: 'red' } as const satisfies Record<Status, string>;

/** Whether new lines are read at this moment. */
export function beats(live: Live): boolean {
  return live.status === 'following' || live.status === 'starting';
}

/** The time of day where the user is. */
export function hour(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}
