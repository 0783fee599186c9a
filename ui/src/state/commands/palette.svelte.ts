import { fuzzy, partsAt } from '../../lib/fuzzy';
import type { Part } from '../../lib/marks';
import { texts } from '../../lib/texts';
import type { Command } from './command';

/** A command as it is listed, its letters marked that match what is written. */
export type Entry = { command: Command; text: Part[]; hint: Part[] };

export type Section = { title: string; entries: Entry[] };

/** Where the commands used last are kept from one start to the next: the window's own storage. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const place = 'openstack-rca.commands';

/** Commands that are remembered, and those of them that are listed first. */
const [kept, first] = [12, 5];

/** Entries that are listed at most: nobody reads on, but writes one more letter. */
const most = 60;

/** What a match in the hint is worth less than one in the text, and one of many alike less than one of its own. */
const less = { hint: 20, many: 10 };

/** Chooses among the commands by a few letters; the sheet of all keys lies over the window in the same way. */
export class Palette {
  shown = $state<'commands' | 'keys' | null>(null);
  text = $state('');
  /** The ids of the commands used last, the latest first. */
  used = $state.raw<string[]>([]);

  readonly #commands: () => Command[];
  readonly #typed: (text: string) => Command[];
  readonly #memory: Memory | null;

  constructor(commands: () => Command[], typed: (text: string) => Command[], memory: Memory | null) {
    this.#commands = commands;
    this.#typed = typed;
    this.#memory = memory;
    this.used = remembered(memory);
  }

  open(): void {
    this.text = '';
    this.shown = 'commands';
  }

  /** Shows the sheet of keys. */
  tell(): void {
    this.shown = 'keys';
  }

  close(): void {
    this.shown = null;
  }

  /** What is listed for what is written, by group. */
  get sections(): Section[] {
    const listed = this.#commands().filter((command) => command.kind !== 'key' && command.able !== false);
    return this.text.trim() === '' ? this.#unasked(listed) : this.#asked(listed);
  }

  /** Remembers that a command was used. What is done with written words is another thing each time. */
  use(command: Command): void {
    if (command.group === 'typed') return;
    this.used = [command.id, ...this.used.filter((id) => id !== command.id)].slice(0, kept);
    try {
      this.#memory?.setItem(place, JSON.stringify(this.used));
    } catch {
      // The storage may be full or forbidden; then it is remembered until the end.
    }
  }

  #unasked(listed: Command[]): Section[] {
    const recent = this.used.flatMap((id) => listed.find((command) => command.id === id) ?? []).slice(0, first);
    const rest = listed.filter((command) => command.kind !== 'many' && !recent.includes(command));
    const order = Object.keys(texts.commands.groups);
    const sections = grouped(rest.map(plain).sort((a, b) => order.indexOf(a.command.group) - order.indexOf(b.command.group)));
    return recent.length === 0 ? sections : [{ title: texts.commands.recent, entries: recent.map(plain) }, ...sections];
  }

  #asked(listed: Command[]): Section[] {
    const found = listed.flatMap((command) => this.#match(command) ?? []).sort((a, b) => b.score - a.score);
    const typed = this.#typed(this.text).map(plain);
    return [...grouped(found.slice(0, most)), ...grouped(typed)];
  }

  #match(command: Command): (Entry & { score: number }) | null {
    const hint = command.hint ?? '';
    const [own, both] = [fuzzy(this.text, command.text), hint === '' ? null : fuzzy(this.text, `${command.text} ${hint}`)];
    const found = own ?? both;
    if (!found) return null;
    const at = this.used.indexOf(command.id);
    const score = found.score - (own ? 0 : less.hint) - (command.kind === 'many' ? less.many : 0) + (at < 0 ? 0 : (kept - at) / 4);
    const inHint = found.places.map((one) => one - command.text.length - 1);
    return { command, score, text: partsAt(command.text, found.places), hint: partsAt(hint, inHint) };
  }
}

function plain(command: Command): Entry {
  return { command, text: partsAt(command.text, []), hint: partsAt(command.hint ?? '', []) };
}

/** Entries by group, the groups in the order in which their first entries come. */
function grouped(entries: Entry[]): Section[] {
  const groups = [...new Set(entries.map(({ command }) => command.group))];
  return groups.map((group) => ({ title: texts.commands.groups[group], entries: entries.filter(({ command }) => command.group === group) }));
}

function remembered(memory: Memory | null): string[] {
  try {
    const ids: unknown = JSON.parse(memory?.getItem(place) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, kept) : [];
  } catch {
    return [];
  }
}
