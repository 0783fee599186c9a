/** Whether something that a report tells is among the events that a query asks for, as far as the report knows. */
import { parse, type Term } from './query';
import type { FacetValue } from './types';

/** What a report knows of an event. */
export type Known = {
  timestamp?: string | null;
  level?: string | null;
  service?: string | null;
  host?: string | null;
  instanceId?: string | null;
};

/** Levels that logs name in several ways, by how the query names them. */
const levels: [RegExp, string][] = [
  [/^(CRIT|FATAL|EMERG|ALERT)/, 'critical'],
  [/^(ERR|TRACE$)/, 'error'],
  [/^WARN/, 'warning'],
  [/^(INFO|NOTICE|NOTE)/, 'info'],
  [/^DEBUG/, 'debug'],
];

/** Milliseconds since 1970 on the clock of the log: its zone is left out, as the explorer does. */
export function logged(iso: string): number {
  return Date.parse(`${iso.slice(0, 23).replace(' ', 'T').replace(',', '.')}Z`);
}

/** How often each template occurs, by its number. */
export function byNumber(templates: FacetValue[]): ReadonlyMap<number, number> {
  return new Map(templates.map(({ value, count }) => [Number(value), count]));
}

/** Whether all conditions hold; one about what is not known does not. */
export function holds(query: string, one: Known): boolean {
  return parse(query).every((term) => isMet(term, one) !== term.negated);
}

function isMet({ field, values }: Term, one: Known): boolean {
  if (field === 'time') return values.some((value) => isWithin(value, one.timestamp));
  const known = valueOf(field, one)?.toLowerCase();
  return known !== undefined && values.some((value) => value.replace(/^"|"$/g, '').toLowerCase() === known);
}

function valueOf(field: string | null, one: Known): string | undefined {
  if (field === 'service') return one.service ?? undefined;
  if (field === 'host') return one.host ?? undefined;
  if (field === 'instance') return one.instanceId ?? undefined;
  if (field === 'level' && one.level) return levelName(one.level);
  return undefined;
}

function levelName(level: string): string {
  return levels.find(([form]) => form.test(level.toUpperCase()))?.[1] ?? level;
}

function isWithin(span: string, timestamp: string | null | undefined): boolean {
  const [from, to] = span.split('..').map((end) => Date.parse(`${end}Z`));
  const time = timestamp ? logged(timestamp) : Number.NaN;
  return from !== undefined && to !== undefined && time >= from && time <= to;
}
