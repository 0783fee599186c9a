import { createContext } from 'svelte';

import type { Api } from '../lib/api';
import { texts } from '../lib/texts';
import { Chat } from './chat.svelte';
import { Comparison } from './comparison.svelte';
import { Draft } from './draft.svelte';
import { EvidenceList } from './evidence.svelte';
import { Explorer } from './explore/explorer.svelte';
import { Incident } from './incident.svelte';
import { Library } from './library.svelte';
import { Live } from './live.svelte';
import { Marks } from './marks.svelte';
import { Navigation } from './navigation.svelte';
import { Preferences } from './preferences.svelte';
import { Templates } from './templates.svelte';
import { Training } from './training.svelte';

/** All state of the window, and what needs more than one part of it. */
export class App {
  readonly comparison: Comparison;
  readonly incident: Incident;
  readonly evidence: EvidenceList;
  readonly explorer: Explorer;
  readonly chat: Chat;
  readonly draft: Draft;
  readonly library: Library;
  readonly live: Live;
  readonly marks: Marks;
  readonly navigation: Navigation;
  readonly preferences: Preferences;
  readonly templates: Templates;
  readonly training: Training;
  readonly api: Api;

  constructor(api: Api) {
    this.api = api;
    this.comparison = new Comparison(() => this.preferences.settings?.model ?? null);
    this.incident = new Incident(api, this.comparison);
    this.marks = new Marks(api, () => this.incident.report);
    this.evidence = new EvidenceList(() => this.incident.report, () => this.marks.own);
    this.explorer = new Explorer(api);
    this.chat = new Chat(api);
    this.draft = new Draft(api);
    this.library = new Library(api);
    this.live = new Live(api);
    this.navigation = new Navigation(
      () => this.incident.report !== null,
      () => this.incident.hasLogs,
    );
    this.preferences = new Preferences(api);
    this.templates = new Templates(api, () => this.explorer.refresh());
    this.training = new Training(api);
  }

  /** Loads what the first screen shows, and opens what the command line named. */
  async begin(): Promise<void> {
    await Promise.all([this.preferences.load(), this.library.load()]);
    const path = await this.api.opening();
    if (path !== null) await this.open(path);
  }

  async open(path: string): Promise<void> {
    await this.#show(this.incident.open(path));
  }

  async openSample(id: string): Promise<void> {
    await this.#show(this.incident.openSample(id));
  }

  async again(): Promise<void> {
    await this.#show(this.incident.again(), true);
  }

  /** Shows one of the incidents alone, or all of them: what was filtered and asked was about another report. */
  async chooseIncident(incident: number | null): Promise<void> {
    if (!(await this.incident.choose(incident))) return;
    void this.marks.load(true);
    this.evidence.reset();
    this.chat.reset();
  }

  async chooseFolder(): Promise<void> {
    const path = await this.api.chooseFolder(texts.start.chooseTitle, this.incident.folder?.path ?? null);
    if (path !== null) await this.open(path);
  }

  /** Compares with a model from now on. */
  async chooseModel(name: string): Promise<void> {
    this.comparison.undo();
    await this.preferences.change((settings) => (settings.model = name));
  }

  /** Asks for logs of a good period to compare with; gives whether some were chosen. */
  async chooseGoodPeriod(): Promise<boolean> {
    const start = this.comparison.good[0] ?? this.incident.folder?.path ?? null;
    return this.comparison.choose(await this.api.chooseFolders(texts.compare.chooseTitle, start));
  }

  /** Asks for a good period, and does what was done last compared with that. */
  async retryWithGoodPeriod(): Promise<void> {
    if (await this.chooseGoodPeriod()) await this.#retry();
  }

  /** Does what was done last compared with the model. */
  async retryWithModel(): Promise<void> {
    this.comparison.undo();
    await this.#retry();
  }

  /** Asks for logs to learn from. */
  async chooseTraining(): Promise<void> {
    const paths = await this.api.chooseFolders(texts.train.chooseTitle, this.training.folder || null);
    if (paths.length > 0) this.training.choose(paths);
  }

  /** Asks for more logs to learn from. */
  async addTraining(): Promise<void> {
    this.training.add(await this.api.chooseFolders(texts.train.chooseTitle, this.training.folder || null));
  }

  /** Takes what was dropped on the window: where a model is trained, logs to learn from; elsewhere an incident. */
  async drop(paths: string[]): Promise<void> {
    const [first] = paths;
    if (first === undefined) return;
    if (this.navigation.screen === 'train' && !this.training.job.running) this.training.add(paths);
    else await this.open(first);
  }

  /** Goes to the evidence, ready to be filtered. */
  filterEvidence(): void {
    this.navigation.go('evidence');
    this.evidence.searching += 1;
  }

  /** Goes to a piece of evidence. */
  cite(id: string): void {
    this.evidence.jump(id);
    this.navigation.go('evidence');
  }

  /** Goes to where a line of the logs stands among all events. */
  showLine(file: string, line: number): void {
    this.navigation.explore();
    void this.explorer.showLine(file, line);
  }

  /** Begins to follow the logs, or stops, where that can be seen. */
  toggleLive(): void {
    if (!this.navigation.allows('live')) return;
    if (this.live.running) this.live.stop();
    else void this.live.start();
    this.navigation.go('live');
  }

  /** Goes to a line that may have been written after the report was made: among the events, or in the file as it is now. */
  async showNewLine(file: string, line: number): Promise<void> {
    const { around, now } = this.api.explore;
    const looks = [around, now].map((look) => look(file, line, 0, 0).catch(() => null));
    const [before, present] = (await Promise.all(looks)).map((found) => found?.lines.find((one) => one.line === line));
    // A log that was rotated has another line in that place now.
    if (before?.event != null && (present ?? before).text === before.text) {
      this.showLine(file, line);
      return;
    }
    this.navigation.explore();
    await this.explorer.showFile(file, line, true);
  }

  /** Goes to where templates are merged, split, named and muted, with one of them chosen. */
  editTemplate(template: number): void {
    this.templates.choose([template]);
    this.templates.wanted = true;
    this.navigation.go('patterns');
  }

  /** Goes to all events of a request. */
  followRequest(request: string): void {
    this.navigation.explore();
    void this.explorer.follow('request', request);
  }

  /** Goes to all events of a template. */
  showTemplate(template: number): void {
    this.navigation.explore();
    void this.explorer.follow('template', String(template));
  }

  async #retry(): Promise<void> {
    const { sameLogs } = this.incident;
    await this.#show(this.incident.retry(), sameLogs);
  }

  /** The report shows itself when it is done, unless the user has gone to do something else meanwhile. */
  async #show(work: Promise<boolean>, sameLogs = false): Promise<void> {
    if (!this.navigation.ofIncident) this.navigation.go('start');
    if (await work) {
      void this.marks.load(sameLogs);
      this.evidence.reset();
      this.chat.reset();
      this.templates.reset();
      if (sameLogs) {
        this.live.caughtUp();
        void this.explorer.refresh();
      } else {
        this.live.reset();
        this.explorer.reset();
      }
      if (this.navigation.ofIncident) this.navigation.go('overview');
    }
    await this.library.loadRecent().catch(() => undefined);
  }
}

export const [useApp, provideApp] = createContext<App>();
