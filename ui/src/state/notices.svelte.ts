import type { Api } from '../lib/api';
import { texts } from '../lib/texts';
import type { Failure, LstmSummary, Report } from '../lib/types';

/** Work that is done sooner is still waited for, in milliseconds. */
const LONG = 10_000;

const words = texts.desktop;

/** Tells the desktop what came of long work. Whether the user sees it in the window anyway, the program knows. */
export class Notices {
  readonly #api: Api;
  readonly #wanted: () => boolean;
  readonly #now: () => number;

  constructor(api: Api, wanted: () => boolean, now = () => performance.now()) {
    this.#api = api;
    this.#wanted = wanted;
    this.#now = now;
  }

  /** When work begins: what to call with its outcome. */
  begin(): Outcomes {
    const began = this.#now();
    const tell = (title: string, text: string) => {
      // A desktop that cannot be told is no reason to stop.
      if (this.#wanted() && this.#now() - began >= LONG) void this.#api.desktop.notify(title, text).catch(() => undefined);
    };
    return {
      analyzed: (logs, report) => tell(words.analyzed(logs), verdict(report)),
      notAnalyzed: (logs, failure) => tell(words.notAnalyzed(logs), failure.message),
      trained: (model) => tell(words.trained(model.name), words.loss(model.validationLoss.toFixed(3), model.epochs)),
      notTrained: (name, failure) => tell(words.notTrained(name), failure.message),
    };
  }
}

/** How long work can end. Work that was cancelled has no outcome. */
export type Outcomes = {
  analyzed: (logs: string, report: Report) => void;
  notAnalyzed: (logs: string, failure: Failure) => void;
  trained: (model: LstmSummary) => void;
  notTrained: (name: string, failure: Failure) => void;
};

/** What a report says first. */
function verdict({ verdict, causes, category }: Report): string {
  if (verdict === 'clear') return texts.report.clearTitle;
  const [first] = causes;
  return first ? words.incident(first.title, category.label) : category.label;
}
