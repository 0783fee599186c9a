import type { Api } from '../lib/api';
import type { Epoch, LstmConfig, LstmSummary } from '../lib/types';
import { folderName } from '../lib/format';
import { Job } from './job.svelte';

/** The training of a model: what it learns from, how, and how it goes. */
export class Training {
  folder = $state('');
  name = $state('');
  lstm = $state<LstmConfig | null>(null);
  result = $state.raw<LstmSummary | null>(null);
  readonly job: Job<LstmSummary>;

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.job = new Job((id) => api.cancel(id));
  }

  get ready(): boolean {
    return this.folder.trim() !== '' && this.name.trim() !== '' && this.lstm !== null && !this.job.running;
  }

  get epochs(): Epoch[] {
    return this.job.epochs;
  }

  get best(): Epoch | null {
    return this.epochs.findLast((epoch) => epoch.best) ?? null;
  }

  /** Seconds until the last epoch at the speed so far, after `elapsed` seconds; early stopping may end sooner. */
  left(elapsed: number): number | null {
    const step = this.job.steps.find((s) => s.stage === 'train');
    if (!step || step.total === 0) return null;
    const done = step.done - (this.job.kept?.note === 'resumed' ? this.job.kept.batches : 0);
    return done > 0 ? (elapsed / done) * (step.total - step.done) : null;
  }

  /** Chooses what to learn from. */
  choose(path: string): void {
    this.folder = path;
    this.propose();
    this.result = null;
  }

  /** Proposes a name after the folder, where there is none yet. */
  propose(): void {
    if (this.folder.trim()) this.name ||= proposal(this.folder);
  }

  async start(date: string): Promise<boolean> {
    const { folder, lstm } = this;
    if (lstm === null) return false;
    this.result = null;
    const plan = { logs: folder.trim(), name: this.name.trim(), date, lstm: $state.snapshot(lstm) };
    this.result = await this.job.run((id, listen) => this.#api.train(id, plan, listen));
    return this.result !== null;
  }
}

/** A model's name after the folder's: what cannot be in one becomes a dash. */
export function proposal(path: string): string {
  const name = folderName(path).replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '');
  return name === 'default' || name === '' ? 'my-cloud' : name.slice(0, 64);
}
