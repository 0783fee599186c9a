import type { Histogram } from '../../lib/types';

/** Height of a row of the table and of a line of a file, in pixels. */
export const rowHeight = 24;

/** Whether the events found are of several days, so that a time of day alone would not do. */
export function spansDays(histogram: Histogram | null): boolean {
  if (!histogram || histogram.buckets.length === 0) return false;
  const day = (time: number) => Math.floor(time / 86_400_000);
  return day(histogram.start) !== day(histogram.start + histogram.width * histogram.buckets.length - 1);
}
