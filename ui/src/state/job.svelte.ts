import { asFailure } from '../lib/errors';
import type { CheckpointNote, Epoch, Failure, Progress, Stage } from '../lib/types';

export type Step = { stage: Stage; done: number; total: number };

/** What became of a training that was interrupted. */
export type Kept = { note: CheckpointNote; epochs: number; batches: number };

export type Phase =
  | { is: 'idle' }
  | { is: 'running'; id: string; began: number; stopping: boolean }
  | { is: 'failed'; failure: Failure };

type Work<T> = (id: string, listen: (progress: Progress[]) => void) => Promise<T>;

/** One piece of long work: it runs, tells its progress, and ends done, failed, or silently where it was cancelled. */
export class Job<T> {
  phase = $state<Phase>({ is: 'idle' });
  steps = $state<Step[]>([]);
  epochs = $state<Epoch[]>([]);
  kept = $state.raw<Kept | null>(null);
  /** What a good period tells is known, from before or just now; what is told from then on is about the incident. */
  learned = $state.raw<{ kept: boolean } | null>(null);

  readonly #stop: (id: string) => Promise<unknown>;

  constructor(stop: (id: string) => Promise<unknown>) {
    this.#stop = stop;
  }

  get running(): boolean {
    return this.phase.is === 'running';
  }

  get failure(): Failure | null {
    return this.phase.is === 'failed' ? this.phase.failure : null;
  }

  /** Runs the work; what ran before is cancelled. Gives null where it was cancelled, overtaken or has failed. */
  async run(work: Work<T>): Promise<T | null> {
    this.cancel();
    const id = crypto.randomUUID();
    this.phase = { is: 'running', id, began: performance.now(), stopping: false };
    this.steps = [];
    this.epochs = [];
    this.kept = null;
    this.learned = null;
    try {
      const result = await work(id, (progress) => this.#isCurrent(id) && this.#take(progress));
      if (!this.#isCurrent(id)) return null;
      this.phase = { is: 'idle' };
      return result;
    } catch (thrown) {
      if (this.#isCurrent(id)) this.#fail(asFailure(thrown));
      return null;
    }
  }

  cancel(): void {
    if (this.phase.is !== 'running') return;
    this.phase = { ...this.phase, stopping: true };
    void this.#stop(this.phase.id);
  }

  dismiss(): void {
    if (this.phase.is === 'failed') this.phase = { is: 'idle' };
  }

  #isCurrent(id: string): boolean {
    return this.phase.is === 'running' && this.phase.id === id;
  }

  #fail(failure: Failure): void {
    this.phase = failure.code === 'cancelled' ? { is: 'idle' } : { is: 'failed', failure };
  }

  #take(progress: Progress[]): void {
    for (const one of progress) {
      if (one.kind === 'epoch') this.epochs.push(one);
      else if (one.kind === 'checkpoint') this.kept = one;
      else if (one.kind === 'learned') this.#begin(one);
      else this.#step(one);
    }
  }

  /** The stages begin anew, with other logs. */
  #begin(learned: { kept: boolean }): void {
    this.learned = learned;
    this.steps = [];
  }

  #step(step: Step): void {
    const known = this.steps.find((s) => s.stage === step.stage);
    if (known) Object.assign(known, { done: step.done, total: step.total });
    else this.steps.push({ stage: step.stage, done: step.done, total: step.total });
  }
}
