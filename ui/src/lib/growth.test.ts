import { describe, expect, it } from 'vitest';

import { begun, grown, mostBars, size } from './growth';

const came = { errors: 1, warnings: 0, infos: 2, others: 0, unusual: 1 };

describe('what grows', () => {
  it('has a bar for each second, those empty in which nothing came', () => {
    let growth = begun(5000);
    for (const now of [5100, 5900, 8200]) growth = grown(growth, now, came);
    expect(growth.bars.map(size)).toEqual([6, 0, 0, 3]);
    expect(growth.bars[0]?.unusual).toBe(2);
  });

  it('gets coarser and loses nothing, however long it goes on', () => {
    let growth = begun(0);
    for (let hour = 0; hour < 24; hour += 1) for (let second = 0; second < 3600; second += 10) growth = grown(growth, (hour * 3600 + second) * 1000, came);
    expect(growth.bars.length).toBeLessThanOrEqual(mostBars);
    expect(growth.bars.reduce((sum, bar) => sum + size(bar), 0)).toBe(24 * 360 * 3);
    expect(growth.width).toBe(512_000);
  });

  it('takes a clock that was set back', () => {
    expect(grown(grown(begun(5000), 6000, came), 1000, came).bars.map(size)).toEqual([3, 3]);
  });
});
