import { createContext } from 'svelte';

import type { Api } from '../lib/api';
import { folderName } from '../lib/format';
import { texts } from '../lib/texts';
import { About } from './about.svelte';
import { Arrivals } from './arrivals.svelte';
import { Chat } from './chat.svelte';
import { Palette, type Memory } from './commands/palette.svelte';
import { commands } from './commands/registry';
import { typedCommands } from './commands/typed';
import { Comparison } from './comparison.svelte';
import { Draft } from './draft.svelte';
import { EvidenceList } from './evidence.svelte';
import { Explorer } from './explore/explorer.svelte';
import { Incident } from './incident.svelte';
import { Library } from './library.svelte';
import { Live } from './live.svelte';
import { Models } from './models.svelte';
import { Marks } from './marks.svelte';
import { Navigation } from './navigation.svelte';
import { Notices } from './notices.svelte';
import { Preferences } from './preferences.svelte';
import { Scope } from './scope.svelte';
import { Storage } from './storage.svelte';
import { Templates } from './templates.svelte';
import { Training } from './training.svelte';

/** All state of the window, and what needs more than one part of it. */
export class App {
  readonly about: About;
  readonly arrivals: Arrivals;
  readonly comparison: Comparison;
  readonly incident: Incident;
  readonly evidence: EvidenceList;
  readonly explorer: Explorer;
  readonly chat: Chat;
  readonly draft: Draft;
  readonly library: Library;
  readonly live: Live;
  readonly models: Models;
  readonly marks: Marks;
  readonly navigation: Navigation;
  readonly notices: Notices;
  readonly palette: Palette;
  readonly preferences: Preferences;
  readonly scope: Scope;
  readonly storage: Storage;
  readonly templates: Templates;
  readonly training: Training;
  readonly api: Api;
  /** Whether a file is dragged from here, so that it does not come back as an incident. */
  draggingOut = $state(false);

  constructor(api: Api, memory: Memory | null = null) {
    this.api = api;
    this.about = new About(api);
    this.comparison = new Comparison(() => this.preferences.settings?.model ?? null);
    this.incident = new Incident(api, this.comparison);
    this.scope = new Scope(api, () => this.incident.report?.patterns.templates.map((one) => one.number) ?? []);
    this.arrivals = new Arrivals(api, this.incident, (path) => this.open(path));
    this.marks = new Marks(api, () => this.incident.report);
    this.evidence = new EvidenceList(() => this.incident.report, this.scope, () => this.marks.own);
    this.explorer = new Explorer(api);
    this.chat = new Chat(api);
    this.draft = new Draft(api);
    this.library = new Library(api);
    this.live = new Live(api);
    this.navigation = new Navigation(
      () => this.incident.report !== null,
      () => this.incident.hasLogs,
    );
    this.palette = new Palette(
      () => commands(this),
      (text) => typedCommands(this, text),
      memory,
    );
    this.preferences = new Preferences(api);
    this.notices = new Notices(api, () => this.preferences.settings?.desktop.notify ?? false);
    this.models = new Models(api, this.library, this.preferences);
    this.storage = new Storage(api);
    this.templates = new Templates(api, () => this.explorer.refresh());
    this.training = new Training(api);
  }

  /** Loads what the first screen shows, and opens what the command line named. */
  async begin(): Promise<void> {
    // With the settings the colours are known, and the window can be seen.
    const drawn = this.preferences.load().then(() => this.api.desktop.drawn().catch(() => undefined));
    await Promise.all([drawn, this.library.load()]);
    await this.arrivals.look();
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
    this.scope.reset();
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
    await this.preferences.change((settings) => (settings.model = name), texts.preferences.model);
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

  /** Trains a model; `date` is today. */
  async train(date: string): Promise<void> {
    const { training } = this;
    const [outcome, name] = [this.notices.begin(), training.name.trim()];
    if (await training.start(date)) {
      if (training.result) outcome.trained(training.result);
      await this.library.loadModels().catch(() => undefined);
    } else if (training.job.failure) outcome.notTrained(name, training.job.failure);
  }

  /** Takes what was dropped on the window: where a model is trained, logs to learn from; elsewhere an incident. */
  /** Goes to where a model is trained. */
  trainModel(): void {
    this.models.part = 'train';
    this.navigation.go('train');
  }

  /** Takes what was dropped on the window: among the models, one to import or logs to learn from; elsewhere an incident. */
  async drop(paths: string[]): Promise<void> {
    const [first] = paths;
    if (first === undefined) return;
    if (this.navigation.screen !== 'train' || this.training.job.running) await this.open(first);
    else if (!this.models.drop(first)) {
      this.training.add(paths);
      this.models.part = 'train';
    }
  }

  /** Goes to the evidence, ready to be filtered, or filtered by a text. */
  filterEvidence(text?: string): void {
    this.navigation.go('evidence');
    if (text !== undefined) this.evidence.filter(text);
    this.evidence.searching += 1;
  }

  /** Goes to the events, ready to be searched, or searched for a text. */
  searchEvents(text?: string): void {
    this.navigation.explore();
    if (text === undefined) this.explorer.searching += 1;
    else void this.explorer.ask(text);
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

  /** Goes to the events that the screens are narrowed to. */
  exploreScope(): void {
    this.navigation.explore();
    void this.explorer.ask(this.scope.query);
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
    const outcome = this.notices.begin();
    if (!this.navigation.ofIncident) this.navigation.go('start');
    if (await work) {
      this.scope.reset();
      const { folder, report } = this.incident;
      if (folder && report) outcome.analyzed(folderName(folder.path), report);
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
        this.models.forget();
      }
      if (this.navigation.ofIncident) this.navigation.go('overview');
    } else if (this.incident.job.failure) {
      outcome.notAnalyzed(folderName(this.incident.pending?.path ?? '') || texts.shell.incident, this.incident.job.failure);
    }
    await this.library.loadRecent().catch(() => undefined);
  }
}

export const [useApp, provideApp] = createContext<App>();
