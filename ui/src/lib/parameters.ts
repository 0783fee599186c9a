/** The parameters of analyses and training by their names in the settings file, and what they may be. */
import { texts } from './texts';
import type { Limits, Settings } from './types';

export type Group = 'analysis' | 'training';

/** What a number may be. */
export type Bounds = { least: number; most: number; whole: boolean; allowed: string };

const words = texts.preferences;

/** The names of a group's parameters, in the order in which they are shown. */
export function names(group: Group): string[] {
  return Object.keys(words.rows[group]);
}

/** What a parameter is called, does, and when to change it. */
export function about(name: string): { label: string; what: string; when: string } {
  return words.rows.analysis[name] ?? words.rows.training[name] ?? { label: name, what: '', when: '' };
}

type Values = Record<string, Record<string, number | boolean>>;

function place(settings: Settings, name: string): [values: Record<string, number | boolean>, key: string] {
  const [group = '', key = ''] = name.split('.');
  return [(settings as unknown as Values)[group] ?? {}, key];
}

export function read(settings: Settings, name: string): number | boolean {
  const [values, key] = place(settings, name);
  return values[key] ?? 0;
}

export function write(settings: Settings, name: string, value: number | boolean): void {
  const [values, key] = place(settings, name);
  values[key] = value;
}

/** What a parameter may be, as the engine checks it too; those without a range are whole numbers of 0 or more. */
export function bounds(limits: Limits | null, name: string): Bounds {
  const range = limits?.ranges.find((one) => one.name === name);
  return range ?? { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true, allowed: words.least };
}

/** What is wrong with what was typed for a number; none where it can be kept. */
export function problem(typed: string, { least, most, whole, allowed }: Bounds): string | null {
  const value = typed.trim() === '' ? NaN : Number(typed);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return null;
  return whole && allowed !== words.least ? words.wrongWhole(allowed) : words.wrong(allowed);
}

/** Whether all words of a query are in some of these texts. */
export function matches(query: string, ...where: string[]): boolean {
  const all = where.join(' ').toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
