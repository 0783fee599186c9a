import type { Api } from '../lib/api';
import type { Epoch, LstmConfig, LstmSummary } from '../lib/types';
import { folderName } from '../lib/format';
import { Job } from './job.svelte';

/** The training of a model: what it learns from, how, and how it goes. */
export class Training {
  folder = $state('');
  /** More folders, each of which is a run of its own. */
  others = $state<string[]>([]);
  name = $state('');
  lstm = $state<LstmConfig | null>(null);
  result = $state.raw<LstmSummary | null>(null);
  readonly job: Job<LstmSummary>;

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.job = new Job((id) => api.cancel(id));
  }

  /** All folders that it learns from. */
  get folders(): string[] {
    return [this.folder, ...this.others].map((path) => path.trim()).filter((path) => path !== '');
  }

  get ready(): boolean {
    return this.folders.length > 0 && this.name.trim() !== '' && this.lstm !== null && !this.job.running;
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
  choose([first = '', ...others]: string[]): void {
    this.folder = first;
    this.others = others;
    this.propose();
    this.result = null;
  }

  /** Adds to what to learn from. */
  add(paths: string[]): void {
    const known = this.folders;
    const fresh = paths.filter((path, place) => !known.includes(path) && paths.indexOf(path) === place);
    if (fresh.length > 0) this.choose([...known, ...fresh]);
  }

  /** Learns from one of the further folders no more. */
  drop(path: string): void {
    this.others = this.others.filter((other) => other !== path);
  }

  /** Proposes a name after the folder, where there is none yet. */
  propose(): void {
    if (this.folder.trim()) this.name ||= proposal(this.folder);
  }

  async start(date: string): Promise<boolean> {
    const { folders, lstm } = this;
    if (lstm === null) return false;
    this.result = null;
    const plan = { logs: folders, name: this.name.trim(), date, lstm: $state.snapshot(lstm) };
    this.result = await this.job.run((id, listen) => this.#api.train(id, plan, listen));
    return this.result !== null;
  }
}

/** A model's name after the folder's: what cannot be in one becomes a dash. */
export function proposal(path: string): string {
  const name = folderName(path).replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '');
  return name === 'default' || name === '' ? 'my-cloud' : name.slice(0, 64);
}
