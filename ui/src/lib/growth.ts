/** What comes, over the time at which it came: bars that get wider where there would be too many. */
import type { Bucket } from './types';

/** Bars that are kept; where one more comes, each two become one. */
export const mostBars = 240;

const nothing: Bucket = { errors: 0, warnings: 0, infos: 0, others: 0, unusual: 0 };

export type Growth = {
  /** When the first bar begins, in milliseconds since 1970. */
  start: number;
  /** Width of a bar, in milliseconds. */
  width: number;
  bars: Bucket[];
};

/** Begins at a time. */
export function begun(now: number): Growth {
  return { start: now, width: 1000, bars: [] };
}

/** What was there, and what has come now. */
export function grown(growth: Growth, now: number, came: Bucket): Growth {
  const at = Math.max(0, Math.floor((now - growth.start) / growth.width));
  if (at >= mostBars) return grown(coarser(growth), now, came);
  const bars = [...growth.bars];
  while (bars.length <= at) bars.push(nothing);
  bars[at] = sum(bars[at] ?? nothing, came);
  return { ...growth, bars };
}

/** How many events a bar stands for. */
export function size(bar: Bucket): number {
  return bar.errors + bar.warnings + bar.infos + bar.others;
}

function coarser({ start, width, bars }: Growth): Growth {
  const pairs = bars.flatMap((bar, at) => (at % 2 === 0 ? [sum(bar, bars[at + 1] ?? nothing)] : []));
  return { start, width: width * 2, bars: pairs };
}

function sum(a: Bucket, b: Bucket): Bucket {
  return {
    errors: a.errors + b.errors,
    warnings: a.warnings + b.warnings,
    infos: a.infos + b.infos,
    others: a.others + b.others,
    unusual: a.unusual + b.unusual,
  };
}
