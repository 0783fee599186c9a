import { describe, expect, it } from 'vitest';

import { Comparison } from './comparison.svelte';

describe('a comparison', () => {
  it('is with the model until a good period is chosen, and again where that is undone', () => {
    const comparison = new Comparison(() => 'default');
    const before = comparison.key;
    expect(comparison.choose(['/good', '/better'])).toBe(true);
    expect(comparison.good).toEqual(['/good', '/better']);
    expect(comparison.key).not.toBe(before);
    comparison.undo();
    expect([comparison.good, comparison.key]).toEqual([[], before]);
  });

  it('stays as it is where the dialog was closed', () => {
    const comparison = new Comparison(() => 'default');
    comparison.choose(['/good']);
    expect(comparison.choose([])).toBe(false);
    expect(comparison.good).toEqual(['/good']);
  });
});
