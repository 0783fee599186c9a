import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Contrast, Failure, Limits, Settings, Theme } from '../lib/types';

/** Changes that can be taken back. */
const most = 50;

type Change = { what: string; before: Settings };

/** The user's settings, kept as soon as they change. */
export class Preferences {
  settings = $state<Settings | null>(null);
  /** The ranges of the settings, and their defaults. */
  limits = $state.raw<Limits | null>(null);
  failure = $state.raw<Failure | null>(null);
  saved = $state(false);
  /** What was changed, the last change at the end. */
  history = $state.raw<Change[]>([]);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  get theme(): Theme {
    return this.settings?.appearance.theme ?? 'system';
  }

  /** The change that would be taken back. */
  get last(): Change | null {
    return this.history.at(-1) ?? null;
  }

  get contrast(): Contrast {
    return this.settings?.appearance.contrast ?? 'system';
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.settings = await this.#api.settings.load();
      // What was changed before is no longer what these would go back to.
      this.history = [];
      this.limits ??= await this.#api.settings.limits();
    });
  }

  /** Changes settings and keeps them; where that fails, the settings are as before. `what` says it to whoever takes it back. */
  async change(edit: (settings: Settings) => void, what = ''): Promise<void> {
    if (!this.settings) return;
    const before = $state.snapshot(this.settings);
    edit(this.settings);
    if (JSON.stringify(before) === JSON.stringify(this.settings)) return;
    this.saved = await this.#attempt(() => this.#api.settings.save($state.snapshot(this.settings) as Settings));
    if (!this.saved) this.settings = before;
    else if (what) this.history = [...this.history, { what, before }].slice(-most);
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const { last } = this;
    if (!last) return;
    await this.change((settings) => Object.assign(settings, structuredClone(last.before)));
    if (this.saved) this.history = this.history.filter((change) => change !== last);
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.failure = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return false;
    }
  }
}

/** The colours to show for a theme on a desktop that is dark or not. */
export function colours(theme: Theme, desktopIsDark: boolean): 'light' | 'dark' {
  if (theme === 'system') return desktopIsDark ? 'dark' : 'light';
  return theme;
}

/** How far colours are to be apart, on a desktop that asks for more contrast or not. */
export function apart(contrast: Contrast, desktopWantsMore: boolean): 'standard' | 'high' {
  if (contrast === 'system') return desktopWantsMore ? 'high' : 'standard';
  return contrast;
}
