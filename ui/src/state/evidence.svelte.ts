import type { Evidence, Report } from '../lib/types';
import type { Scope } from './scope.svelte';

/** Which evidence is shown, which of it is open, and which was jumped to. */
export class EvidenceList {
  /** The rank of the cause whose evidence is shown; null for all. */
  cause = $state<number | null>(null);
  query = $state('');
  open = $state<string[]>([]);
  /** The piece that a citation led to; it is scrolled to and marked. */
  target = $state<string | null>(null);
  /** Goes up each time that the user wants to write a filter. */
  searching = $state(0);

  readonly #report: () => Report | null;
  readonly #scope: Pick<Scope, 'active' | 'holds' | 'clear'>;
  /** What the reader added. */
  readonly #own: () => Evidence[];

  constructor(report: () => Report | null, scope: Pick<Scope, 'active' | 'holds' | 'clear'>, own: () => Evidence[] = () => []) {
    this.#report = report;
    this.#scope = scope;
    this.#own = own;
  }

  get all(): Evidence[] {
    return [...(this.#report()?.evidence ?? []), ...this.#own()];
  }

  get shown(): Evidence[] {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const ids = this.#ids();
    const asked = (e: Evidence) => (ids === null || ids.includes(e.id)) && this.#scope.holds(e);
    return this.all.filter((e) => asked(e) && words.every((word) => text(e).includes(word)));
  }

  get filtered(): boolean {
    return this.cause !== null || this.query.trim() !== '' || this.#scope.active;
  }

  /** The ranks of the causes that rest on a piece of evidence. */
  causesOf(id: string): number[] {
    return (this.#report()?.causes ?? []).filter((c) => c.evidence.includes(id)).map((c) => c.rank);
  }

  toggle(id: string): void {
    this.open = this.open.includes(id) ? this.open.filter((other) => other !== id) : [...this.open, id];
  }

  /** Shows one piece of evidence, whatever the filter was. */
  jump(id: string): void {
    this.#widen();
    const piece = this.all.find((one) => one.id === id);
    if (piece && !this.#scope.holds(piece)) this.#scope.clear();
    if (!this.open.includes(id)) this.open = [...this.open, id];
    this.target = id;
  }

  only(cause: number): void {
    this.#widen();
    this.cause = cause;
  }

  /** Shows what holds all words of a text. */
  filter(text: string): void {
    this.clear();
    this.query = text;
  }

  /** Shows all of it, and everything on the other screens too. */
  clear(): void {
    this.#scope.clear();
    this.#widen();
  }

  /** As for a report that was not seen before. */
  reset(): void {
    this.clear();
    this.open = [];
  }

  #widen(): void {
    this.cause = null;
    this.query = '';
    this.target = null;
  }

  #ids(): string[] | null {
    if (this.cause === null) return null;
    return this.#report()?.causes.find((c) => c.rank === this.cause)?.evidence ?? [];
  }
}

function text(e: Evidence): string {
  const parts = [e.id, e.message, `${e.file}:${e.line}`, e.service, e.level, e.logger, e.host, e.requestId, e.instanceId, e.why];
  return parts.filter(Boolean).join(' ').toLowerCase();
}
