import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import type { Contrast, Failure, Settings, Theme } from '../lib/types';

/** The user's settings, kept as soon as they change. */
export class Preferences {
  settings = $state<Settings | null>(null);
  failure = $state.raw<Failure | null>(null);
  saved = $state(false);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  get theme(): Theme {
    return this.settings?.appearance.theme ?? 'system';
  }

  get contrast(): Contrast {
    return this.settings?.appearance.contrast ?? 'system';
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.settings = await this.#api.settings.load();
    });
  }

  /** Changes settings and keeps them; where that fails, the settings are as before. */
  async change(edit: (settings: Settings) => void): Promise<void> {
    if (!this.settings) return;
    const before = $state.snapshot(this.settings);
    edit(this.settings);
    this.saved = await this.#attempt(() => this.#api.settings.save($state.snapshot(this.settings) as Settings));
    if (!this.saved) this.settings = before;
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
