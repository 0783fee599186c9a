import type { Api } from '../../lib/api';
import { asFailure } from '../../lib/errors';
import type { Around, Failure, RawLine } from '../../lib/types';
import type { Place } from './explorer.svelte';
import { Pages } from './pages.svelte';

/** A file of the logs as it stands there, line by line. */
export class RawFile {
  path = $state<string | null>(null);
  line = $state(0);
  /** Whether these are the lines that the file has now, not those that were read. */
  now = $state(false);
  /** Whether the event of a line is shown whole: the file has the room at first. */
  open = $state(false);
  reveal = $state.raw<{ index: number } | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly lines: Pages<RawLine>;

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.lines = new Pages((from, count) => this.#fetch(from, count));
  }

  /** Shows a file around one of its lines. */
  async show({ path, line, now = false }: Place): Promise<void> {
    [this.line, this.open] = [line, false];
    this.failure = null;
    // A file that is written may have other lines each time.
    if (path !== this.path || now || this.now) {
      [this.path, this.now] = [path, now];
      this.lines.reset(0);
      try {
        const { total } = await this.#around(line, 0);
        if (this.path === path) this.lines.reset(total);
      } catch (thrown) {
        this.failure = asFailure(thrown);
        this.path = null;
      }
    }
    this.reveal = { index: line - 1 };
  }

  async #fetch(from: number, count: number): Promise<RawLine[]> {
    return (await this.#around(from + 1, count - 1)).lines;
  }

  #around(line: number, after: number): Promise<Around> {
    const { around, now } = this.#api.explore;
    return (this.now ? now : around)(this.path ?? '', line, 0, after);
  }
}
