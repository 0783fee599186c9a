import { describe, expect, it } from 'vitest';

import { Track } from './track';

const short = new Track(1000, 24, 480);
const long = new Track(10_000_000, 24, 480);

describe('the track of a list', () => {
  it('is as long as the list, where a browser can draw that', () => {
    expect(short.height).toBe(24_000);
    expect(short.toTop(4_800)).toBe(4_800);
    expect(short.range(4_810)).toEqual([200, 221]);
  });

  it('never exceeds what a browser draws, and leads to every row all the same', () => {
    expect(long.height).toBeLessThan(33_000_000);
    expect(long.exact).toBe(false);
    expect(long.toTop(0)).toBe(0);
    expect(long.range(long.toTop(long.height - long.view))).toEqual([9_999_980, 10_000_000]);
  });

  it('comes back to where it was from the bar', () => {
    for (const top of [0, 1, 24_000, 120_000_000, long.end]) expect(long.toTop(long.toScroll(top))).toBeCloseTo(top, 3);
    const pixel = long.toTop(101) - long.toTop(100);
    expect(pixel).toBeLessThan(24);
  });

  it('stays within a list that is shorter than the view, or empty', () => {
    const few = new Track(3, 24, 480);
    expect([few.end, few.toTop(99), few.toScroll(99)]).toEqual([0, 0, 0]);
    expect(few.range(0)).toEqual([0, 3]);
    expect(new Track(0, 24, 480).range(0)).toEqual([0, 0]);
  });

  it('reveals a row: not at all where it is in sight, at the edge beside it, else in the middle', () => {
    expect(short.reveal(205, 4_800)).toBe(4_800);
    expect(short.reveal(220, 4_800)).toBe(4_824);
    expect(short.reveal(199, 4_800)).toBe(4_776);
    expect(short.reveal(600, 4_800)).toBe(600 * 24 - 228);
    expect(short.reveal(999, 0)).toBe(short.end);
  });
});
