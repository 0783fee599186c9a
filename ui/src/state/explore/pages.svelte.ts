import { SvelteMap } from 'svelte/reactivity';

type Page<T> = { rows: T[]; fresh: boolean; loading: boolean };

/** Rows of a long list, fetched in pages as they come into sight; the pages seen last are kept. */
export class Pages<T> {
  /** How many rows there are. */
  total = $state(0);

  readonly size: number;
  readonly #fetch: (start: number, count: number) => Promise<T[]>;
  readonly #most: number;
  // From the page seen longest ago to the one seen last.
  readonly #pages = new SvelteMap<number, Page<T>>();
  #generation = 0;
  #sight: [number, number] = [0, 0];

  constructor(fetch: (start: number, count: number) => Promise<T[]>, size = 200, most = 60) {
    this.#fetch = fetch;
    this.size = size;
    this.#most = most;
  }

  /** A row, where it has been fetched. */
  at(index: number): T | undefined {
    return index < this.total ? this.#pages.get(Math.floor(index / this.size))?.rows[index % this.size] : undefined;
  }

  /** Fetches what is in sight, and the pages beside it. */
  see(first: number, end: number): void {
    this.#sight = [first, end];
    if (this.total === 0) return;
    const last = Math.floor((this.total - 1) / this.size);
    const [from, to] = [Math.floor(first / this.size), Math.floor(Math.max(first, end - 1) / this.size)];
    // What is in sight comes first, then what will be.
    for (let page = from; page <= to; page += 1) this.#want(Math.min(page, last));
    for (const page of [to + 1, from - 1]) if (page >= 0 && page <= last) this.#want(page);
    this.#forget();
  }

  /** A row, fetched where it must be. */
  async get(index: number): Promise<T | undefined> {
    if (!this.at(index)) await this.#load(Math.floor(index / this.size));
    return this.at(index);
  }

  /** The list is another one now. Rows of the one before stay in sight until the new ones are there, so that nothing flickers. */
  reset(total: number): void {
    this.#generation += 1;
    this.total = total;
    const [from, to] = this.#sight.map((index) => Math.floor(index / this.size)) as [number, number];
    for (const [at, page] of this.#pages) {
      if (at < from || at > to || total === 0) this.#pages.delete(at);
      else this.#pages.set(at, { ...page, fresh: false, loading: false });
    }
    this.see(...this.#sight);
  }

  /** The list has grown at its end. */
  grow(total: number): void {
    const last = Math.floor(Math.max(0, this.total - 1) / this.size);
    const page = this.#pages.get(last);
    if (page && total > this.total) this.#pages.set(last, { ...page, fresh: false });
    this.total = total;
    this.see(...this.#sight);
  }

  #want(at: number): void {
    const page = this.#pages.get(at);
    if (!page?.fresh && !page?.loading) void this.#load(at);
  }

  async #load(at: number): Promise<void> {
    const generation = this.#generation;
    const [start, held] = [at * this.size, this.#pages.get(at)?.rows ?? []];
    const whole = Math.min(this.size, this.total - start);
    this.#pages.set(at, { rows: held, fresh: false, loading: true });
    const rows = await this.#fetch(start, this.size).catch(() => null);
    if (generation !== this.#generation) return;
    this.#pages.delete(at);
    // A page that came short is asked for again when the list has grown; one that failed, when it comes into sight again.
    if (rows) this.#pages.set(at, { rows, fresh: rows.length >= whole, loading: false });
  }

  /** Drops the pages seen longest ago. */
  #forget(): void {
    const [from, to] = this.#sight.map((index) => Math.floor(index / this.size)) as [number, number];
    for (const [at, page] of this.#pages) {
      if (this.#pages.size <= this.#most) return;
      if (!page.loading && (at < from - 1 || at > to + 1)) this.#pages.delete(at);
    }
  }
}
