/** The screens, in the order of their shortcuts: Ctrl+1 to Ctrl+7. */
export const screens = ['start', 'overview', 'evidence', 'timeline', 'patterns', 'train', 'settings'] as const;

export type Screen = (typeof screens)[number];

/** The screens that show a report, and so need one. */
const ofReport: readonly Screen[] = ['overview', 'evidence', 'timeline', 'patterns'];

export function needsReport(screen: Screen): boolean {
  return ofReport.includes(screen);
}

/** Which screen is shown, and whether the panel to ask in is open. */
export class Navigation {
  screen = $state<Screen>('start');
  asking = $state(false);

  readonly #hasReport: () => boolean;

  constructor(hasReport: () => boolean) {
    this.#hasReport = hasReport;
  }

  /** Whether the screen shows an incident, or where one is opened. */
  get ofIncident(): boolean {
    return this.screen === 'start' || needsReport(this.screen);
  }

  allows(screen: Screen): boolean {
    return !needsReport(screen) || this.#hasReport();
  }

  go(screen: Screen): void {
    if (this.allows(screen)) this.screen = screen;
  }

  /** Follows a shortcut: a digit from 1. */
  goNumber(digit: number): void {
    const screen = screens[digit - 1];
    if (screen) this.go(screen);
  }
}
