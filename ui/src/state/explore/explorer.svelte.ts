import type { Api } from '../../lib/api';
import { asFailure } from '../../lib/errors';
import { inverted, narrowed, stance, widened, within, without } from '../../lib/query';
import type { Detail, Failure, Found, Listing, Row } from '../../lib/types';
import { History } from './history.svelte';
import { Pages } from './pages.svelte';
import { RawFile } from './raw.svelte';
import { Search } from './search.svelte';

/** A line of a file; `now`: as the file is on the disk now, which may have grown since it was read. */
export type Place = { path: string; line: number; now?: boolean };

/** Where the explorer is: what is asked, the event that is chosen, and the place in a file that is looked at. */
export type Address = { query: string; event: number | null; file: Place | null };

const start: Address = { query: '', event: null, file: null };

/** How long a user may pause between two letters before the search begins, in milliseconds. */
const pause = 150;

/** The explorer: all events of the open logs, those of them that are asked for, and the one that is chosen. */
export class Explorer {
  /** What is written in the search box. */
  text = $state('');
  /** Whether the chosen event is shown whole. */
  open = $state(false);
  /** Where the chosen event is among those found; null where it is not among them. */
  position = $state<number | null>(null);
  detail = $state.raw<Detail | null>(null);
  /** How the folder begins that is being analyzed. */
  preview = $state.raw<Row[]>([]);
  /** The row to be brought into sight. */
  reveal = $state.raw<{ index: number } | null>(null);
  /** Where the events were saved, or why something failed. */
  saved = $state.raw<{ path: string } | { failure: Failure } | null>(null);
  /** How far the events are written that are being saved. */
  saving = $state.raw<Found | null>(null);
  /** Goes up each time that the user wants to write a query. */
  searching = $state(0);
  /** How many rows fit on a page. */
  page = $state(10);
  readonly search: Search;
  readonly rows: Pages<Row>;
  readonly raw: RawFile;
  readonly history = new History<Address>(start);

  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #typing = false;
  #wanted = 0;
  #choices = 0;

  constructor(api: Api) {
    this.#api = api;
    this.search = new Search(api);
    this.rows = new Pages((from, count) => api.explore.rows(this.search.view, from, count));
    this.raw = new RawFile(api);
  }

  get address(): Address {
    return this.history.current;
  }

  /** The chosen event, where it is in sight: among those found, or in the file that is looked at. */
  get shown(): Detail | null {
    const { event, file } = this.address;
    const open = file ? this.raw.open : this.open && this.position !== null;
    return open && this.detail?.row.event === event ? this.detail : null;
  }

  /** The event that is chosen, as soon as it is known whole. */
  get chosen(): Row | null {
    const row = this.detail?.row ?? null;
    return row !== null && row.event === this.address.event ? row : null;
  }

  /** Shows all events, where nothing was asked for yet. */
  async begin(): Promise<void> {
    if (this.search.query === null && !this.search.running) await this.#show();
  }

  /** Asks once more, where something was asked for: the logs were read again. */
  async refresh(): Promise<void> {
    if (this.search.query === null) return;
    const { chosen } = this;
    if (chosen) {
      // Events have other numbers where files have grown.
      const event = await this.#eventAt(chosen.file, chosen.line);
      if (this.address.event === chosen.event) this.history.replace({ ...this.address, event });
    }
    this.search.reset();
    this.raw.forget();
    this.detail = null;
    await this.#show();
  }

  /** Looks at how a folder begins whose events are not known yet. */
  async look(path: string): Promise<void> {
    this.preview = [];
    this.preview = await this.#api.explore.preview(path).catch(() => []);
  }

  /** Forgets everything: the logs are others now. */
  reset(): void {
    clearTimeout(this.#timer);
    this.search.reset();
    this.rows.reset(0);
    this.history.reset(start);
    [this.text, this.open, this.position, this.detail, this.reveal, this.saved] = ['', false, null, null, null, null];
  }

  /** Takes what was written in the search box; the search begins when the user pauses. */
  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), pause);
  }

  /** Searches for what was written without waiting for a pause. */
  hurry(): void {
    if (this.text !== this.address.query) this.#write();
    this.settle();
  }

  /** Ends what is written in one go. */
  settle(): void {
    this.#typing = false;
  }

  /** Goes to an address. */
  async go(address: Partial<Address>): Promise<void> {
    this.settle();
    clearTimeout(this.#timer);
    this.history.push({ ...this.address, file: null, ...address });
    await this.#show();
  }

  async ask(query: string): Promise<void> {
    if (query !== this.address.query || this.address.file !== null) await this.go({ query });
  }

  /** Asks for a value of a field, or rules it out; where it was so already, takes that back. */
  async narrow(field: string, value: string, negated = false): Promise<void> {
    const now = stance(this.text, field, value);
    const same = now === (negated ? 'excluded' : 'included');
    await this.ask(same ? widened(this.text, field, value) : narrowed(this.text, field, value, negated));
  }

  async limit(span: [number, number] | null): Promise<void> {
    await this.ask(within(this.text, span));
  }

  async drop(term: number): Promise<void> {
    await this.ask(without(this.text, term));
  }

  async invert(term: number): Promise<void> {
    await this.ask(inverted(this.text, term));
  }

  /** Shows all events of a request, an instance or a template, across services; the chosen event stays chosen. */
  async follow(field: 'request' | 'instance' | 'template', value: string): Promise<void> {
    await this.ask(narrowed('', field, value));
  }

  /** Chooses an event among those found. */
  async choose(index: number, open = this.open): Promise<void> {
    this.#choices += 1;
    [this.position, this.open, this.reveal] = [index, open, { index }];
    const row = await this.rows.get(index);
    if (!row || this.position !== index) return;
    this.history.replace({ ...this.address, event: row.event });
    await this.#load(row.event);
  }

  /** Chooses the event so many rows further. */
  async move(by: number): Promise<void> {
    const last = this.rows.total - 1;
    if (last < 0) return;
    const index = this.position === null ? 0 : Math.max(0, Math.min(last, this.position + by));
    await this.choose(index);
  }

  /** Chooses the event of a line of the file, and shows it whole. */
  async chooseLine(event: number): Promise<void> {
    this.raw.open = true;
    this.history.replace({ ...this.address, event });
    await this.#load(event);
  }

  /** Shows the place in its file where an event stands. */
  async showFile(path: string, line: number, now = false): Promise<void> {
    await this.go({ file: { path, line, now } });
  }

  /** Finds the event of a line, and shows it among all events. */
  async showLine(path: string, line: number): Promise<void> {
    const event = await this.#eventAt(path, line);
    this.open = event !== null;
    await this.go({ query: '', event });
  }

  async back(): Promise<void> {
    if (this.history.canBack) await this.#travel(() => this.history.back());
  }

  async forward(): Promise<void> {
    if (this.history.canForward) await this.#travel(() => this.history.forward());
  }

  /** Closes what lies over the list: the event first, then the file. Gives whether there was something to close. */
  close(): boolean {
    const { file } = this.address;
    if (!this.shown && !file) return false;
    if (file && !this.shown) void this.go({});
    else if (file) this.raw.open = false;
    else this.open = false;
    return true;
  }

  /** Saves the events found where the user chooses. */
  async save(format: Listing, name: string): Promise<void> {
    const tell = (found: Found) => (this.saving = found);
    try {
      const path = await this.#api.explore.export(this.search.view, crypto.randomUUID(), format, name, tell);
      this.saved = path === null ? null : { path };
    } catch (thrown) {
      this.saved = { failure: asFailure(thrown) };
    } finally {
      this.saving = null;
    }
  }

  #write(): void {
    clearTimeout(this.#timer);
    const address = { ...this.address, query: this.text, file: null };
    // What is written in one go is one address.
    if (this.#typing) this.history.replace(address);
    else this.history.push(address);
    this.#typing = true;
    void this.#show();
  }

  async #travel(step: () => void): Promise<void> {
    this.settle();
    clearTimeout(this.#timer);
    step();
    await this.#show();
  }

  /** Shows what the address names. */
  async #show(): Promise<void> {
    const { query, event, file } = this.address;
    this.text = query;
    this.saved = null;
    if (file) void this.raw.show(file);
    const other = query !== this.search.query || this.search.running;
    if (event !== null) void this.#load(event);
    if (other && !(await this.#search(query))) return;
    await this.#place();
  }

  async #search(query: string): Promise<boolean> {
    return this.search.run(
      query,
      ({ found }) => {
        this.position = null;
        this.reveal = { index: 0 };
        this.rows.reset(found);
      },
      ({ found }) => this.rows.grow(found),
    );
  }

  /** Finds the chosen event among those found, and brings it into sight. */
  async #place(): Promise<void> {
    const [{ event }, choices] = [this.address, this.#choices];
    if (event === null) return;
    const position = await this.#api.explore.place(this.search.view, event).catch(() => null);
    // The user may have chosen another one meanwhile.
    if (this.address.event !== event || this.#choices !== choices) return;
    this.position = position;
    if (position !== null) this.reveal = { index: position };
  }

  async #eventAt(path: string, line: number): Promise<number | null> {
    const around = await this.#api.explore.around(path, line, 0, 0).catch(() => null);
    return around?.lines.find((one) => one.line === line)?.event ?? null;
  }

  async #load(event: number): Promise<void> {
    if (this.detail?.row.event === event) return;
    this.#wanted = event;
    const detail = await this.#api.explore.detail(event).catch(() => null);
    if (this.#wanted === event && detail) this.detail = detail;
  }
}
