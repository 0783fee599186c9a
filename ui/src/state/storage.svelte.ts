import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Failure, Keeping, Kept } from '../lib/types';

/** What the program keeps on the disk, and how much of it. */
export class Storage {
  kept = $state.raw<Kept[]>([]);
  /** What was cleared last, and the bytes that this freed. */
  cleared = $state.raw<{ what: Keeping; bytes: number } | null>(null);
  failure = $state.raw<Failure | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.cleared = null;
    await this.#attempt(this.#list);
  }

  async clear(what: Keeping): Promise<void> {
    await this.#attempt(async () => {
      const bytes = await this.#api.storage.clear(what);
      await this.#list();
      this.cleared = { what, bytes };
    });
  }

  async show(what: Keeping): Promise<void> {
    await this.#attempt(() => this.#api.storage.show(what));
  }

  #list = async (): Promise<void> => {
    this.kept = await this.#api.storage.list();
  };

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }
}
