import type { Api } from '../lib/api';
import { byNumber, holds, type Known } from '../lib/asked';
import { narrowed, parse, stance, widened, within, without, type Term } from '../lib/query';
import type { FacetValue } from '../lib/types';
import { Search } from './explore/search.svelte';

/** What all screens of a report are narrowed to: a time, services, hosts, instances, levels. */
export class Scope {
  /** In the language of the explorer; empty for everything. */
  query = $state('');
  /** What is known of the events within it. */
  readonly search: Search;
  /** What is known of those of them whose templates changed against normal: there are few, and they are rarely among the most frequent. */
  readonly changed: Search;

  readonly #templates: () => number[];

  /** `templates`: those that changed. */
  constructor(api: Api, templates: () => number[] = () => []) {
    [this.search, this.changed] = [new Search(api), new Search(api)];
    this.search.buckets = 60;
    this.#templates = templates;
  }

  get active(): boolean {
    return this.query !== '';
  }

  get terms(): Term[] {
    return parse(this.query);
  }

  /** Whether the events within are counted. */
  get counted(): boolean {
    return this.active && this.search.query === this.query && !this.search.running && !this.changed.running;
  }

  /** Whether something that the report tells is within. */
  holds(one: Known): boolean {
    return !this.active || holds(this.query, one);
  }

  /** Whether a value is asked for. */
  has(field: string, value: string): boolean {
    return stance(this.query, field, value) === 'included';
  }

  /** How often the values of a field occur within; null while that is not known. */
  values(field: string): FacetValue[] | null {
    return this.counted ? (this.search.facets.find((facet) => facet.field === field)?.values ?? []) : null;
  }

  /** How often the templates that changed occur within, by their numbers; null while that is not known. */
  get templates(): ReadonlyMap<number, number> | null {
    if (!this.counted) return null;
    const found = this.changed.facets.find((facet) => facet.field === 'template')?.values ?? [];
    return byNumber(found);
  }

  /** Asks for a value too, or no longer. */
  toggle(field: string, value: string): void {
    this.#set(this.has(field, value) ? widened(this.query, field, value) : narrowed(this.query, field, value));
  }

  /** Narrows to a span of time, in milliseconds since 1970; null for all times. */
  limit(span: [number, number] | null): void {
    this.#set(within(this.query, span));
  }

  drop(term: number): void {
    this.#set(without(this.query, term));
  }

  clear(): void {
    this.#set('');
  }

  /** As for logs that were not seen before. */
  reset(): void {
    this.#forget();
    this.query = '';
  }

  #set(query: string): void {
    if (query === this.query) return;
    this.query = query;
    if (query === '') return this.#forget();
    void this.search.run(query, () => undefined, () => undefined);
    const templates = this.#templates();
    if (templates.length > 0) void this.changed.run(`${query} template:${templates.join(',')}`, () => undefined, () => undefined);
  }

  #forget(): void {
    this.search.reset();
    this.changed.reset();
  }
}
