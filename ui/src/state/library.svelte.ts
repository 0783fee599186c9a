import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Failure, KnownFailures, ModelEntry, Recent, Sample } from '../lib/types';

/** What there is to choose from and to know: samples, recent folders, models, known failures. */
export class Library {
  samples = $state.raw<Sample[]>([]);
  recent = $state.raw<Recent[]>([]);
  models = $state.raw<ModelEntry[]>([]);
  known = $state.raw<KnownFailures | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Whether it is known what there is; an empty list says nothing before. */
  ready = $state(false);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.failure = null;
    await Promise.all([this.#fill(this.#loadSamples), this.#fill(this.loadRecent), this.#fill(this.loadModels)]);
    this.ready = true;
  }

  loadRecent = async (): Promise<void> => {
    this.recent = await this.#api.recent.list();
  };

  loadModels = async (): Promise<void> => {
    this.models = await this.#api.models.list();
  };

  /** The user writes the files of known failures elsewhere, so they are read whenever they are to be shown. */
  async loadKnown(): Promise<void> {
    await this.#fill(async () => {
      this.known = await this.#api.knownFailures();
    });
  }

  async forget(path: string): Promise<void> {
    await this.#fill(() => this.#api.recent.remove(path));
    await this.#fill(this.loadRecent);
  }

  #loadSamples = async (): Promise<void> => {
    this.samples = await this.#api.samples.list();
  };

  /** One list that cannot be read must not keep the others from being shown. */
  async #fill(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }
}
