import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import { texts } from '../lib/texts';
import type { Cause, Evidence, Failure, Mark, Marked, Marks as Kept, Report, Stance } from '../lib/types';

/** What a mark is on. */
export type On = { kind: 'causes'; rank: number } | { kind: 'evidence'; id: string };

const words = texts.keep;
const none: Kept = { order: [], causes: [], evidence: [], own: [] };
/** Changes that can be taken back. */
const most = 100;

/** What the reader marked in the report: pinned, dismissed, noted, put in order, added. The program keeps it with the folder. */
export class Marks {
  /** The report as it is marked; null until that is known. */
  marked = $state.raw<Marked | null>(null);
  /** What was done last and can be taken back; it is told for a while. */
  done = $state.raw<{ text: string } | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The key of what something is dragged over. */
  over = $state<string | null>(null);

  readonly #api: Api;
  readonly #report: () => Report | null;
  #kept: Kept = none;
  #past = $state.raw<Kept[]>([]);
  /** The note that is being written: all of it is one change. */
  #writing: string | null = null;
  #work: Promise<unknown> = Promise.resolve();

  constructor(api: Api, report: () => Report | null) {
    this.#api = api;
    this.#report = report;
  }

  get undoable(): boolean {
    return this.#past.length > 0;
  }

  /** The reader's own evidence. */
  get own(): Evidence[] {
    return this.marked?.own ?? [];
  }

  /** Finds what was marked, for a report that was not shown before. What was done on other logs can no longer be taken back. */
  async load(sameLogs = false): Promise<void> {
    const report = this.#report();
    this.marked = null;
    if (!sameLogs) this.forget();
    if (report === null) return;
    try {
      const { marks, marked } = await this.#api.marks.load();
      if (this.#report() !== report) return;
      this.#kept = marks;
      this.marked = marked;
    } catch (thrown) {
      if (this.#report() === report) this.failure = asFailure(thrown);
    }
  }

  /** Lets go of what can be taken back. */
  forget(): void {
    this.#past = [];
    this.#writing = null;
    this.done = null;
    this.failure = null;
  }

  key(on: On): string | null {
    return this.#entry(on)?.key ?? null;
  }

  stance(on: On): Stance {
    return this.#entry(on)?.stance ?? 'kept';
  }

  note(on: On): string {
    return this.#entry(on)?.note ?? '';
  }

  /** Causes in the reader's order: those to show, and those put aside. */
  causes(causes: Cause[]): { shown: Cause[]; dismissed: Cause[] } {
    return this.#arranged(causes, this.marked?.causes.map((one) => ({ id: one.rank, stance: one.stance })), (cause) => cause.rank);
  }

  /** Evidence in the reader's order: what to show, and what was put aside. */
  evidence(pieces: Evidence[]): { shown: Evidence[]; dismissed: Evidence[] } {
    return this.#arranged(pieces, this.marked?.evidence.map(({ id, stance }) => ({ id, stance })), (piece) => piece.id);
  }

  /** Whether it can be moved: any cause that is shown, and evidence that is pinned. */
  movable(on: On): boolean {
    const stance = this.stance(on);
    return stance === 'pinned' || (on.kind === 'causes' && stance === 'kept');
  }

  pin(on: On): Promise<void> {
    const pinned = this.stance(on) === 'pinned';
    return this.#take(on, pinned ? 'kept' : 'pinned', pinned ? words.did.kept : words.did.pinned);
  }

  /** Puts it aside, or takes it back. Evidence that the reader added goes. */
  dismiss(on: On): Promise<void> {
    if (isOwn(on)) return this.#remove(on);
    const dismissed = this.stance(on) === 'dismissed';
    return this.#take(on, dismissed ? 'kept' : 'dismissed', dismissed ? words.did.restored : words.did.dismissed);
  }

  /** Keeps a note as it stands now. What is written in one go is taken back in one go. */
  write(on: On, note: string): Promise<void> {
    const key = this.key(on);
    if (key === null || note === this.note(on)) return Promise.resolve();
    const goesOn = this.#writing === key;
    const change = (kept: Kept) => ({ ...kept, [on.kind]: said(kept, on.kind, { key, stance: this.stance(on), note }) });
    const written = this.#change(change, null, !goesOn);
    this.#writing = key;
    return written;
  }

  /** The note is written: what is written from now on is another change. */
  leave(): void {
    this.#writing = null;
  }

  /** Moves it by one place up (-1) or down (1). */
  move(on: On, by: -1 | 1): Promise<void> {
    const keys = this.#neighbours(on);
    const next = keys[keys.indexOf(this.key(on) ?? '') + by];
    return next === undefined ? Promise.resolve() : this.place(on, next);
  }

  /** Moves it to the place of another one of its kind. */
  place(on: On, other: string): Promise<void> {
    const key = this.key(on);
    const keys = this.#neighbours(on);
    const to = keys.indexOf(other);
    if (key === null || to < 0 || key === other || !keys.includes(key)) return Promise.resolve();
    const moved = keys.filter((one) => one !== key);
    moved.splice(to, 0, key);
    const change = (kept: Kept): Kept =>
      on.kind === 'causes' ? { ...kept, order: this.#order(moved) } : { ...kept, evidence: inOrder(kept.evidence, moved) };
    return this.#change(change, words.did.moved(name(on)));
  }

  /** Adds an event of the logs to the evidence. */
  async add(event: number): Promise<void> {
    try {
      const piece = await this.#api.marks.piece(event);
      const same = (other: Evidence) => other.file === piece.file && other.line === piece.line;
      await this.#change((kept) => ({ ...kept, own: [...kept.own.filter((other) => !same(other)), piece] }), words.did.added);
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }

  /** Takes back what was done last. */
  undo(): Promise<void> {
    const before = this.#past.at(-1);
    if (before === undefined) return Promise.resolve();
    this.#past = this.#past.slice(0, -1);
    this.done = null;
    this.#writing = null;
    return this.#keep(before);
  }

  #take(on: On, stance: Stance, did: (name: string) => string): Promise<void> {
    const key = this.key(on);
    if (key === null) return Promise.resolve();
    const change = (kept: Kept) => ({ ...kept, [on.kind]: said(kept, on.kind, { key, stance, note: this.note(on) }) });
    return this.#change(change, did(name(on)));
  }

  #remove(on: On): Promise<void> {
    const piece = on.kind === 'evidence' ? this.own.find((one) => one.id === on.id) : undefined;
    if (!piece) return Promise.resolve();
    const key = this.key(on);
    const other = (one: Evidence) => one.file !== piece.file || one.line !== piece.line || one.message !== piece.message;
    const change = (kept: Kept): Kept => ({ ...kept, own: kept.own.filter(other), evidence: kept.evidence.filter((mark) => mark.key !== key) });
    return this.#change(change, words.did.removed(name(on)));
  }

  #change(change: (kept: Kept) => Kept, did: string | null, undoable = true): Promise<void> {
    // Nothing may be written over that could not be read.
    if (this.marked === null) return Promise.resolve();
    if (undoable) this.#past = [...this.#past, this.#kept].slice(-most);
    this.#writing = null;
    if (did !== null) this.done = { text: did };
    return this.#keep(change(this.#kept));
  }

  /** Has the marks kept, one state of them after the other. */
  #keep(kept: Kept): Promise<void> {
    const before = this.#kept;
    this.#kept = kept;
    const work = this.#work.then(async () => {
      const report = this.#report();
      try {
        const marked = await this.#api.marks.save(kept);
        // What is shown is the newest state alone, of the report that is shown now.
        if (this.#kept === kept && this.#report() === report) this.marked = marked;
      } catch (thrown) {
        this.failure = asFailure(thrown);
        this.done = null;
        if (this.#kept === kept) this.#kept = before;
        this.#past = this.#past.filter((one) => one !== before);
      }
    });
    this.#work = work;
    return work;
  }

  #entry(on: On): { key: string; stance: Stance; note: string } | undefined {
    if (on.kind === 'causes') return this.marked?.causes.find((one) => one.rank === on.rank);
    return this.marked?.evidence.find((one) => one.id === on.id);
  }

  /** The keys of those among which it can be moved, in order. */
  #neighbours(on: On): string[] {
    if (!this.movable(on)) return [];
    const stance = this.stance(on);
    const all: { key: string; stance: Stance }[] = this.marked?.[on.kind] ?? [];
    return all.filter((one) => one.stance === stance).map((one) => one.key);
  }

  /** The order of all causes, once those of one stance are in another. */
  #order(moved: string[]): string[] {
    const rest = [...moved];
    return (this.marked?.causes ?? []).map(({ key }) => (moved.includes(key) ? (rest.shift() ?? key) : key));
  }

  #arranged<T, Id>(items: T[], marks: { id: Id; stance: Stance }[] | undefined, id: (item: T) => Id): { shown: T[]; dismissed: T[] } {
    if (!marks) return { shown: items, dismissed: [] };
    const of = (dismissed: boolean) =>
      marks.filter((mark) => (mark.stance === 'dismissed') === dismissed).flatMap((mark) => items.find((item) => id(item) === mark.id) ?? []);
    return { shown: of(false), dismissed: of(true) };
  }
}

/** What a mark is on, in words. */
export function name(on: On): string {
  return on.kind === 'causes' ? words.cause(on.rank) : on.id;
}

export function isOwn(on: On): boolean {
  return on.kind === 'evidence' && on.id.startsWith('U');
}

/** The marks of a kind with one more, or with another in place of it. One that says nothing goes, unless it unpins evidence of one's own. */
function said(kept: Kept, kind: On['kind'], mark: Mark): Mark[] {
  const before = kept[kind].find((one) => one.key === mark.key);
  const says = mark.stance !== 'kept' || mark.note !== '' || (kind === 'evidence' && kept.own.length > 0);
  // A note leaves the order as it is; what is pinned anew comes last among what is pinned.
  if (before && says && before.stance === mark.stance) return kept[kind].map((one) => (one === before ? mark : one));
  const others = kept[kind].filter((one) => one !== before);
  return says ? [...others, mark] : others;
}

/** Marks with those of these keys first, in this order. */
function inOrder(marks: Mark[], keys: string[]): Mark[] {
  const pinned = keys.map((key) => marks.find((mark) => mark.key === key) ?? { key, stance: 'pinned' as const, note: '' });
  return [...pinned, ...marks.filter((mark) => !keys.includes(mark.key))];
}
