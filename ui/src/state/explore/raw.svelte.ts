import type { Api } from '../../lib/api';
import { asFailure } from '../../lib/errors';
import type { Failure, RawLine } from '../../lib/types';
import { Pages } from './pages.svelte';

/** A file of the logs as it stands there, line by line. */
export class RawFile {
  path = $state<string | null>(null);
  line = $state(0);
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
  async show(path: string, line: number): Promise<void> {
    [this.line, this.open] = [line, false];
    this.failure = null;
    if (path !== this.path) {
      this.path = path;
      this.lines.reset(0);
      try {
        const { total } = await this.#api.explore.around(path, line, 0, 0);
        if (this.path === path) this.lines.reset(total);
      } catch (thrown) {
        this.failure = asFailure(thrown);
        this.path = null;
      }
    }
    this.reveal = { index: line - 1 };
  }

  async #fetch(from: number, count: number): Promise<RawLine[]> {
    const { lines } = await this.#api.explore.around(this.path ?? '', from + 1, 0, count - 1);
    return lines;
  }
}
