import type { Explorer } from '../../state/explore/explorer.svelte';

/** Follows the buttons of a mouse that lead back and forward. */
export function mouse(explorer: Explorer, event: MouseEvent): void {
  if (event.button !== 3 && event.button !== 4) return;
  event.preventDefault();
  if (event.type === 'mouseup') void (event.button === 3 ? explorer.back() : explorer.forward());
}
