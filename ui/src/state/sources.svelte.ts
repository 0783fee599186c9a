import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Correction, Failure, SourceRow } from '../lib/types';

/** The logs that are open, stream by stream, and what the user knows better about them. */
export class Sources {
  rows = $state.raw<SourceRow[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** Whether something was corrected since the logs were read. */
  changed = $state(false);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      this.rows = await this.#api.sources.list();
      this.changed = false;
    });
  }

  /** Keeps a correction; the logs must be read again for it to count. */
  async correct(correction: Correction): Promise<void> {
    await this.#try(async () => {
      await this.#api.sources.correct(correction);
      this.changed = true;
    });
  }

  /** Takes back what was corrected of a path, or everything. */
  async reset(path: string | null): Promise<void> {
    await this.#try(async () => {
      await this.#api.sources.reset(path);
      this.changed = true;
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }
}

/** A shift as the user writes it, `+02:00` or `-00:00:07`, in microseconds; null where it is none. */
export function shiftOf(text: string): number | null {
  const found = /^([+-])(\d{1,5}):([0-5]\d)(?::([0-5]\d))?$/.exec(text.trim().replace('−', '-'));
  if (!found) return null;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return seconds === 0 ? 0 : (found[1] === '-' ? -1 : 1) * seconds * 1_000_000;
}
