/** What the bars of the overview show: all events, or those that the screens are narrowed to. */
import { logged } from '../../lib/asked';
import type { Histogram, Report } from '../../lib/types';
import { byKind } from './charts';

/** Bars over time, each with its errors, warnings, info and others. */
export type Bars = {
  /** Where the first bar begins, in milliseconds since 1970 on the clock of the logs. */
  start: number;
  /** Width of a bar, in milliseconds. */
  width: number;
  bars: number[][];
  /** Events that depart from normal, where that is known. */
  departing: number[] | null;
};

/** Those of the report, with the empty ones between them. */
export function barsOf({ patterns }: Report): Bars {
  const width = patterns.bucketSeconds * 1000;
  const start = logged(patterns.times[0]?.start ?? '');
  const bars: number[][] = [];
  const departing: number[] = [];
  for (const time of patterns.times) {
    const at = Math.round((logged(time.start) - start) / width);
    while (bars.length < at) [bars[bars.length], departing[departing.length]] = [[0, 0, 0, 0], 0];
    const kinds = byKind(time.levels);
    const of = (name: string) => kinds[name] ?? 0;
    bars.push([of('Error'), of('Warning'), of('Info'), of('Debug') + of('Other')]);
    departing.push(time.departing);
  }
  return { start, width, bars, departing };
}

/** Those of a search; which of them departs from normal is known of the whole only. */
export function barsWithin({ start, width, buckets }: Histogram): Bars {
  return { start, width, bars: buckets.map((b) => [b.errors, b.warnings, b.infos, b.others]), departing: null };
}

/** From the first event that tells of the incident to the last, and its first sign; in milliseconds. */
export function impact(report: Report): { from: number; to: number; first: number } | null {
  const told = report.incidents.filter((one) => report.incident === null || one.number === report.incident);
  const from = told.map((one) => (one.start === null ? Number.NaN : logged(one.start))).filter(Number.isFinite);
  const to = told.map((one) => (one.end === null ? Number.NaN : logged(one.end))).filter(Number.isFinite);
  if (from.length === 0 || to.length === 0) return null;
  const signs = (report.causes[0]?.evidence ?? []).map((id) => report.evidence.find((e) => e.id === id)?.timestamp);
  const times = signs.map((time) => (time ? logged(time) : Number.NaN)).filter(Number.isFinite);
  return { from: Math.min(...from), to: Math.max(...to), first: times.length > 0 ? Math.min(...times) : Math.min(...from) };
}
