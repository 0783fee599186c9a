import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import { texts } from '../lib/texts';
import type { Draft as Written, Failure } from '../lib/types';

/** The draft of a bug report that is shown. */
export class Draft {
  written = $state.raw<Written | null>(null);
  /** The draft as its reader changed it. */
  text = $state('');
  failure = $state.raw<Failure | null>(null);
  /** Where it was saved. */
  saved = $state<string | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Drafts a bug report on a cause, or on the first one as the reader sees it. */
  async write(cause: number | null): Promise<void> {
    this.failure = null;
    this.saved = null;
    try {
      this.written = await this.#api.draft(cause);
      this.text = this.written.text;
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }

  /** Saves the draft where the user chooses. */
  async save(): Promise<void> {
    const name = `bug-report-${this.written?.project ?? ''}`;
    this.failure = null;
    try {
      this.saved = (await this.#api.saveText(texts.keep.saveTitle, name, this.text)) ?? this.saved;
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }

  close(): void {
    this.written = null;
    this.failure = null;
  }
}
