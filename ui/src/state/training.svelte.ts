import type { Api } from '../lib/api';
import type { Epoch, Interrupted, LstmConfig, LstmSummary } from '../lib/types';
import { folderName } from '../lib/format';
import { Job } from './job.svelte';

/** The training of a model: what it learns from, how, and how it goes. */
export class Training {
  folder = $state('');
  /** More folders, each of which is a run of its own. */
  others = $state<string[]>([]);
  lstm = $state<LstmConfig | null>(null);
  result = $state.raw<LstmSummary | null>(null);
  /** A training of a model of this name that was interrupted, and goes on. */
  interrupted = $state.raw<Interrupted | null>(null);
  /** Whether it does not go on, and a new one begins. */
  fresh = $state(false);
  readonly job: Job<LstmSummary>;

  #name = $state('');
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.job = new Job((id) => api.cancel(id));
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
    void this.look();
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

  /** Looks for a training of this name that was interrupted. */
  async look(): Promise<void> {
    const name = this.#name.trim();
    // What cannot be looked up is found out by the training itself.
    const found = name === '' ? null : await this.#api.interrupted(name).catch(() => null);
    if (name !== this.#name.trim()) return;
    this.interrupted = found;
    if (found === null) this.fresh = false;
  }

  async start(date: string): Promise<boolean> {
    const { folders, fresh, lstm } = this;
    if (lstm === null) return false;
    this.result = null;
    const plan = { logs: folders, name: this.name.trim(), date, lstm: $state.snapshot(lstm), fresh };
    this.result = await this.job.run((id, listen) => this.#api.train(id, plan, listen));
    this.fresh = false;
    await this.look();
    return this.result !== null;
  }
}

/** A model's name after the folder's: what cannot be in one becomes a dash. */
export function proposal(path: string): string {
  const name = folderName(path).replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '');
  return name === 'default' || name === '' ? 'my-cloud' : name.slice(0, 64);
}
