import type { Api, Listener } from '../lib/api';
import { asFailure } from '../lib/errors';
import { folderName } from '../lib/format';
import type { Failure, Folder, Format, Report } from '../lib/types';
import type { Comparison } from './comparison.svelte';
import { Job } from './job.svelte';

/** The logs that are open, the issue, and what was found in them. */
export class Incident {
  folder = $state.raw<Folder | null>(null);
  report = $state.raw<Report | null>(null);
  /** The issue as the user writes it; the report holds the one that it was made with. */
  issue = $state('');
  /** The folder at work, once it was looked at. */
  pending = $state.raw<Folder | null>(null);
  /** Where the report was saved last, or why it could not be. */
  saved = $state.raw<{ path: string } | { failure: Failure } | null>(null);
  /** The good period that the work at hand compares with; none where it is the model. */
  good = $state.raw<string[]>([]);
  /** The comparison that the report was made with. */
  compared = $state('');
  readonly job: Job<Report>;

  readonly #api: Api;
  readonly #comparison: Comparison;
  /** The work done last. */
  #last: (() => Promise<boolean>) | null = null;

  constructor(api: Api, comparison: Comparison) {
    this.#api = api;
    this.#comparison = comparison;
    this.job = new Job((id) => api.cancel(id));
  }

  /** Whether the good period is at work, and the incident is not yet. */
  get learning(): boolean {
    return this.job.running && this.good.length > 0 && this.job.learned === null;
  }

  /** Whether the logs at work are those of the report. */
  get sameLogs(): boolean {
    return this.pending !== null && this.pending.path === this.folder?.path;
  }

  /** Whether there are logs to look into, be it before their report is done. */
  get hasLogs(): boolean {
    return this.folder !== null || this.awaited !== null;
  }

  /** The folder that is analyzed for the first time: nothing is known of it yet but how it begins. */
  get awaited(): Folder | null {
    const other = this.pending?.path !== this.folder?.path;
    return this.job.running && other ? this.pending : null;
  }

  /** Opens a folder and analyzes it. Gives whether a report came of it; otherwise the one before stays. */
  async open(path: string): Promise<boolean> {
    return this.#analyze('', () => this.#api.ingest(path));
  }

  /** Opens a sample incident and analyzes it. */
  async openSample(id: string): Promise<boolean> {
    return this.#analyze('', async () => this.#api.ingest(await this.#api.samples.open(id)));
  }

  /** Analyzes the open folder once more, with the issue as it is now. */
  async again(): Promise<boolean> {
    const folder = this.folder;
    return folder !== null && this.#analyze(this.issue.trim(), () => Promise.resolve(folder));
  }

  /** Does once more what was done last, compared with what is chosen now. */
  async retry(): Promise<boolean> {
    return this.sameLogs ? this.again() : ((await this.#last?.()) ?? false);
  }

  /** Shows one of the incidents alone, or all of them. Gives whether that came of it. */
  async choose(incident: number | null): Promise<boolean> {
    if (this.job.running || this.report === null || this.report.incident === incident) return false;
    const before = this.report;
    try {
      const report = await this.#api.chooseIncident(incident);
      // Meanwhile the logs may have been analyzed again.
      if (this.report !== before) return false;
      this.report = report;
      this.saved = null;
      return true;
    } catch (thrown) {
      this.saved = { failure: asFailure(thrown) };
      return false;
    }
  }

  /** Saves the report where the user chooses. */
  async save(format: Format): Promise<void> {
    const number = this.report?.incident == null ? '' : `-incident-${this.report.incident}`;
    const name = `rca-${folderName(this.folder?.path ?? '').replace('/', '-')}${number}`;
    try {
      const path = await this.#api.exportReport(format, name);
      this.saved = path === null ? null : { path };
    } catch (thrown) {
      this.saved = { failure: asFailure(thrown) };
    }
  }

  /** Shows the report ready for paper, and asks for a printer. */
  async print(): Promise<void> {
    try {
      await this.#api.print();
    } catch (thrown) {
      this.saved = { failure: asFailure(thrown) };
    }
  }

  async #analyze(issue: string, open: () => Promise<Folder>): Promise<boolean> {
    let folder: Folder | null = null;
    const { good, key } = this.#comparison;
    this.#last = () => this.#analyze(issue, open);
    this.pending = null;
    this.good = good;
    const work = async (id: string, listen: Listener) => {
      folder = await open();
      this.pending = folder;
      return this.#api.analyze(id, folder.path, issue || null, good, listen);
    };
    const report = await this.job.run(work);
    if (!report) return false;
    this.folder = folder;
    this.report = report;
    this.compared = key;
    this.saved = null;
    this.issue = issue;
    return true;
  }
}
