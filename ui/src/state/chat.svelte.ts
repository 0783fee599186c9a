import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Answer, Failure } from '../lib/types';

export type Turn = { question: string; answer: Answer | null; failure: Failure | null };

/** The questions asked about the report, and their answers. */
export class Chat {
  turns = $state<Turn[]>([]);
  draft = $state('');
  suggestions = $state.raw<string[]>([]);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Forgets what was asked: a new report has other answers. */
  reset(): void {
    this.turns = [];
    this.suggestions = [];
  }

  /** Proposes what to ask first. */
  async begin(): Promise<void> {
    if (this.turns.length > 0) return;
    const suggestions = await this.#api.chat.suggestions().catch(() => []);
    if (this.turns.length === 0) this.suggestions = suggestions;
  }

  async ask(question: string): Promise<void> {
    const asked = question.trim();
    if (!asked) return;
    this.draft = '';
    const at = this.turns.push({ question: asked, answer: null, failure: null }) - 1;
    const turns = this.turns;
    try {
      const answer = await this.#api.chat.ask(asked);
      Object.assign(turns[at] as Turn, { answer });
      if (this.turns === turns) this.suggestions = answer.suggestions;
    } catch (thrown) {
      Object.assign(turns[at] as Turn, { failure: asFailure(thrown) });
    }
  }
}
