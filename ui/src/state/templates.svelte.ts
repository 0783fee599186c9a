import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Edit, Failure, Kind, Template } from '../lib/types';

/** What stands for any word in a template. */
export const any = '<*>';

/** The templates of the open logs, and what the user makes of them. */
export class Templates {
  kinds = $state.raw<Kind[]>([]);
  /** The user's edits, oldest first. */
  edits = $state.raw<Edit[]>([]);
  /** The numbers of those that are chosen. */
  chosen = $state.raw<readonly number[]>([]);
  filter = $state('');
  failure = $state.raw<Failure | null>(null);
  /** Whether it is known which there are. */
  ready = $state(false);
  /** Whether something was edited since the report was made. */
  changed = $state(false);
  /** Whether the user came to edit templates. */
  wanted = $state(false);

  readonly #api: Api;
  readonly #edited: () => Promise<void>;

  constructor(api: Api, edited: () => Promise<void>) {
    this.#api = api;
    this.#edited = edited;
  }

  /** Those that fit the filter: all its words, in text, logger or name. */
  get shown(): Kind[] {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const said = ({ template, name }: Kind) => `${template.origin} ${template.text} ${name ?? ''}`.toLowerCase();
    return words.length === 0 ? this.kinds : this.kinds.filter((kind) => words.every((word) => said(kind).includes(word)));
  }

  get picked(): Kind[] {
    return this.kinds.filter(({ number }) => this.chosen.includes(number));
  }

  /** Whether the chosen ones are of several loggers, and so cannot be merged. */
  get apart(): boolean {
    const [first, ...others] = this.picked;
    return others.some(({ template }) => template.origin !== first?.template.origin);
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      [this.kinds, this.edits] = await Promise.all([this.#api.templates.list(), this.#api.templates.edits()]);
    });
    this.ready = true;
  }

  choose(numbers: readonly number[]): void {
    this.chosen = numbers;
  }

  /** Chooses one more, or one less. */
  toggle(number: number): void {
    this.chosen = this.chosen.includes(number) ? this.chosen.filter((one) => one !== number) : [...this.chosen, number];
  }

  async mute(kinds: readonly { template: Template }[], muted: boolean): Promise<void> {
    for (const { template } of kinds) {
      await this.#edit({ kind: 'mute', template, muted });
      if (this.failure) return;
    }
    await this.#show();
  }

  async name({ template }: { template: Template }, name: string): Promise<void> {
    await this.#edit({ kind: 'name', template, name: name.trim() });
    await this.#show();
  }

  async split({ template }: Kind, place: number): Promise<void> {
    await this.#edit({ kind: 'split', template, place });
    await this.#show();
  }

  /** Makes one of those that are chosen, with a wildcard where they differ. */
  async merge(): Promise<void> {
    const from = this.picked.map(({ template }) => template);
    const [first] = from;
    if (!first || from.length < 2) return;
    await this.#edit({ kind: 'merge', into: { origin: first.origin, text: common(from.map(({ text }) => text)) }, from });
    await this.#show();
  }

  /** Takes back an edit by its place among them. */
  async undo(place: number): Promise<void> {
    await this.#try(async () => void (this.edits = await this.#api.templates.undo(place)));
    await this.#show();
  }

  /** The report was made anew. */
  reset(): void {
    [this.changed, this.chosen, this.kinds, this.ready] = [false, [], [], false];
  }

  async #edit(edit: Edit): Promise<void> {
    await this.#try(async () => void (this.edits = await this.#api.templates.edit(edit)));
  }

  /** Shows templates and events as they are now. */
  async #show(): Promise<void> {
    if (this.failure) return;
    this.changed = true;
    await this.load();
    this.chosen = this.picked.map(({ number }) => number);
    await this.#edited();
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

/** What texts have in common, word by word; the first, where they have not as many words. */
export function common(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((text) => text.split(' '));
  if (others.some((words) => words.length !== first.length)) return first.join(' ');
  return first.map((word, at) => (others.every((words) => words[at] === word) ? word : any)).join(' ');
}
