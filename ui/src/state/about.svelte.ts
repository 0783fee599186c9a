import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import { matching, readLicences, type Licences, type Package } from '../lib/licences';
import type { Facts, Failure } from '../lib/types';

/** What the program tells of itself, read when that is first looked at. */
export class About {
  facts = $state.raw<Facts | null>(null);
  licences = $state.raw<Licences | null>(null);
  failure = $state.raw<Failure | null>(null);
  query = $state('');
  /** The package whose licence is read. */
  chosen = $state.raw<Package | null>(null);
  /** The packages that are shipped for this system and match what is looked for. */
  readonly shown = $derived.by(() => matching(this.licences?.packages ?? [], this.facts?.system ?? '', this.query));
  /** How many are shipped for this system. */
  readonly all = $derived.by(() => matching(this.licences?.packages ?? [], this.facts?.system ?? '', '').length);

  readonly #api: Api;
  readonly #read: () => Promise<Licences>;

  constructor(api: Api, read = readLicences) {
    this.#api = api;
    this.#read = read;
  }

  async load(): Promise<void> {
    this.failure = null;
    try {
      this.facts ??= await this.#api.about();
      this.licences ??= await this.#read();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }
}
