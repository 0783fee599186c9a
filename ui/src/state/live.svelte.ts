import type { Api } from '../lib/api';
import { begun, grown, size, type Growth } from '../lib/growth';
import type { Again, Anomaly, Failure, Pulse } from '../lib/types';
import { Job } from './job.svelte';

/** Kinds of events that are kept to be shown; those that came longest ago go first. */
const mostKinds = 200;

/** A kind of event that is out of the ordinary: as it came first, how often, and where and when it came last. */
export type Seen = { anomaly: Anomaly; count: number; timestamp: string | null; file: string; line: number };

export type Status = 'off' | 'starting' | 'following' | 'paused' | 'stopped';

/** The logs that are open, followed while they are written. */
export class Live {
  /** The newest first. */
  seen = $state.raw<Seen[]>([]);
  growth = $state.raw<Growth>(begun(0));
  /** Events that came. */
  events = $state(0);
  /** Those of them that are out of the ordinary. */
  anomalies = $state(0);
  /** Events that came after the report was made. */
  unread = $state(0);
  /** Kinds that are no longer shown, or never were. */
  left = $state(0);
  /** Files that are followed; none before the first look. */
  files = $state<number | null>(null);
  paused = $state(false);
  /** Whether a file was cut short, so that the logs must be read again to look into them. */
  cut = $state(false);
  readonly job: Job<null>;

  readonly #api: Api;
  readonly #now: () => number;

  constructor(api: Api, now: () => number = () => Date.now()) {
    this.#api = api;
    this.#now = now;
    this.job = new Job((id) => api.cancel(id));
  }

  get status(): Status {
    const { phase } = this.job;
    if (phase.is === 'failed') return 'stopped';
    if (phase.is === 'idle' || phase.stopping) return 'off';
    if (this.paused) return 'paused';
    return this.files === null ? 'starting' : 'following';
  }

  get running(): boolean {
    return this.status !== 'off' && this.status !== 'stopped';
  }

  /** Why it has stopped by itself. */
  get failure(): Failure | null {
    return this.job.failure;
  }

  /** Whether there is something to show. */
  get begun(): boolean {
    return this.running || this.growth.bars.length > 0 || this.failure !== null;
  }

  /** Follows from where the report ends, until it is stopped or the logs are gone. */
  async start(): Promise<void> {
    this.reset();
    this.growth = begun(this.#now());
    await this.job.run((id) =>
      this.#api.live.follow(id, (pulse) => {
        if (this.job.phase.is === 'running' && this.job.phase.id === id && !this.job.phase.stopping) this.#take(pulse);
      }),
    );
  }

  /** Stops; what came stays in sight. */
  stop(): void {
    this.job.cancel();
    this.paused = false;
  }

  /** Pauses, or goes on: what is written meanwhile comes then. */
  pause(paused: boolean): void {
    if (this.job.phase.is !== 'running') return;
    this.paused = paused;
    void this.#api.live.pause(this.job.phase.id, paused);
  }

  /** Forgets everything: other logs are open. */
  reset(): void {
    this.stop();
    this.job.dismiss();
    [this.seen, this.growth, this.files, this.cut] = [[], begun(0), null, false];
    [this.events, this.anomalies, this.unread, this.left] = [0, 0, 0, 0];
  }

  /** The report was made anew, and holds what came. */
  caughtUp(): void {
    [this.unread, this.cut] = [0, false];
  }

  #take(pulse: Pulse): void {
    const unusual = pulse.events.unusual + pulse.again.reduce((sum, again) => sum + again.count, 0);
    this.files = pulse.files;
    this.cut ||= pulse.cut;
    this.growth = grown(this.growth, this.#now(), { ...pulse.events, unusual });
    this.events += size(pulse.events);
    this.unread += size(pulse.events);
    this.anomalies += unusual;
    this.left += pulse.more;
    if (pulse.anomalies.length + pulse.again.length > 0) this.#tell(pulse);
  }

  #tell(pulse: Pulse): void {
    const before = (kind: number) => this.seen.find(({ anomaly }) => anomaly.kind === kind);
    const came = [...pulse.anomalies, ...pulse.again].flatMap((one) => this.#seen(before(one.kind), one));
    const rest = this.seen.filter((seen) => !came.some(({ anomaly }) => anomaly.kind === seen.anomaly.kind));
    const all = [...came, ...rest];
    this.left += Math.max(0, all.length - mostKinds);
    this.seen = all.slice(0, mostKinds);
  }

  /** A kind with what has come of it now; nothing where it is no longer shown. */
  #seen(before: Seen | undefined, now: Anomaly | Again): Seen[] {
    const anomaly = before?.anomaly ?? ('message' in now ? now : null);
    if (anomaly === null) return [];
    return [{ anomaly, count: (before?.count ?? 0) + now.count, timestamp: now.timestamp, file: now.file, line: now.line }];
  }
}
