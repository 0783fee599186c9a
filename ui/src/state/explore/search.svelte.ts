import type { Api } from '../../lib/api';
import { asFailure } from '../../lib/errors';
import type { Facet, Failure, Found, Histogram } from '../../lib/types';

const nothing: Found = { found: 0, searched: 0, events: 0 };

/** How often counts are drawn anew while a search runs, in milliseconds. */
const often = 400;

/** One search at a time, and what is known of the events that it finds. */
export class Search {
  found = $state.raw<Found>(nothing);
  running = $state(false);
  /** Why the last query could not be searched for; what was found before stays. */
  failure = $state.raw<Failure | null>(null);
  facets = $state.raw<Facet[]>([]);
  histogram = $state.raw<Histogram | null>(null);
  /** The query whose events these are; null before the first. */
  query = $state<string | null>(null);
  /** The name under which the program keeps what was found. */
  view = '';
  /** Bars that there is room for. */
  buckets = 120;

  readonly #api: Api;
  #job: string | null = null;
  #counted = 0;
  /** Goes up with each request for counts, so that a late answer does not take the place of a newer one. */
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Searches; a search that still runs is cancelled. `first` is called with the first answer, when rows can be asked for, and `more` with
   * each one after it. Gives whether the search came to its end.
   */
  async run(query: string, first: (found: Found) => void, more: (found: Found) => void): Promise<boolean> {
    this.stop();
    const job = crypto.randomUUID();
    this.#job = job;
    this.running = true;
    let begun = false;
    const take = (found: Found) => {
      if (this.#job !== job) return;
      this.found = found;
      this.query = query;
      // What the search before found is there until this one finds something.
      this.view = job;
      this.failure = null;
      (begun ? more : first)(found);
      begun = true;
    };
    try {
      take(await this.#api.explore.search(job, job, query, (found) => { take(found); this.#countSoon(job); }));
      if (this.#job !== job) return false;
      await this.count();
      return this.#job === job;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (this.#job === job && failure.code !== 'cancelled') this.failure = failure;
      return false;
    } finally {
      if (this.#job === job) this.#end();
    }
  }

  /** Cancels the search that runs. */
  stop(): void {
    if (this.#job !== null) void this.#api.cancel(this.#job);
    this.#end();
  }

  /** Forgets what was found: other logs are open. */
  reset(): void {
    this.stop();
    this.#asked += 1;
    [this.found, this.failure, this.facets, this.histogram, this.query] = [nothing, null, [], null, null];
  }

  /** Counts what was found, by field and over time. */
  async count(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const [facets, histogram] = await Promise.all([this.#api.explore.facets(this.view), this.#api.explore.histogram(this.view, this.buckets)]);
    if (asked === this.#asked) [this.facets, this.histogram] = [facets, histogram];
  }

  /** Counts over time alone, for another number of bars. */
  async recount(buckets: number): Promise<void> {
    if (buckets === this.buckets) return;
    this.buckets = buckets;
    if (this.query === null || this.running) return;
    const asked = this.#asked;
    const histogram = await this.#api.explore.histogram(this.view, buckets).catch(() => null);
    if (asked === this.#asked && buckets === this.buckets && histogram) this.histogram = histogram;
  }

  #countSoon(job: string): void {
    if (this.#job !== job || performance.now() - this.#counted < often) return;
    this.#counted = performance.now();
    void this.count().catch(() => undefined);
  }

  #end(): void {
    this.#job = null;
    this.running = false;
  }
}
