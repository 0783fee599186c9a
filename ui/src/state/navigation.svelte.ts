/** The screens, in the order of their shortcuts: Ctrl+1 to Ctrl+9. Those behind have none. */
export const screens = ['start', 'overview', 'evidence', 'timeline', 'patterns', 'explorer', 'live', 'train', 'settings', 'about'] as const;

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
  /** The screen that led to the explorer. */
  origin = $state<Screen | null>(null);

  readonly #hasReport: () => boolean;
  readonly #hasLogs: () => boolean;

  constructor(hasReport: () => boolean, hasLogs = hasReport) {
    this.#hasReport = hasReport;
    this.#hasLogs = hasLogs;
  }

  /** Whether the screen shows an incident, or where one is opened. */
  get ofIncident(): boolean {
    return this.screen === 'start' || needsReport(this.screen);
  }

  allows(screen: Screen): boolean {
    if (screen === 'explorer') return this.#hasLogs();
    return !(needsReport(screen) || screen === 'live') || this.#hasReport();
  }

  go(screen: Screen): void {
    if (!this.allows(screen)) return;
    this.screen = screen;
    this.origin = null;
  }

  /** Goes to the explorer, from where one comes back to this screen. */
  explore(): void {
    const from = this.screen;
    if (from === 'explorer') return;
    this.go('explorer');
    if (this.screen === 'explorer' && (needsReport(from) || from === 'live')) this.origin = from;
  }

  /** Follows a shortcut: a digit from 1. */
  goNumber(digit: number): void {
    const screen = screens[digit - 1];
    if (screen) this.go(screen);
  }
}
