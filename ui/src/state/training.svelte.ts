import type { Api } from '../lib/api';
import type { Epoch, LstmConfig, LstmSummary } from '../lib/types';
import { Job } from './job.svelte';

/** The training of a model: what it learns from, how, and how it goes. */
export class Training {
  folder = $state<string | null>(null);
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
    return this.folder !== null && this.name.trim() !== '' && this.lstm !== null && !this.job.running;
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
    if (!step || step.done === 0 || step.total === 0) return null;
    return (elapsed / step.done) * (step.total - step.done);
  }

  /** Chooses what to learn from, and proposes a name where there is none yet. */
  choose(path: string): void {
    this.folder = path;
    this.name ||= proposal(path);
    this.result = null;
  }

  async start(date: string): Promise<boolean> {
    const { folder, lstm } = this;
    if (folder === null || lstm === null) return false;
    this.result = null;
    const plan = { logs: folder, name: this.name.trim(), date, lstm: $state.snapshot(lstm) };
    this.result = await this.job.run((id, listen) => this.#api.train(id, plan, listen));
    return this.result !== null;
  }
}

/** A model's name after the folder's: what cannot be in one becomes a dash. */
export function proposal(path: string): string {
  const last = path.split('/').filter(Boolean).pop() ?? '';
  const name = last.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '');
  return name === 'default' || name === '' ? 'my-cloud' : name.slice(0, 64);
}
