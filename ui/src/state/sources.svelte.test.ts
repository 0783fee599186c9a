import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { shiftOf, Sources } from './sources.svelte';

describe('the sources', () => {
  it('keep a correction and ask to read again', async () => {
    const api = fakeApi();
    const sources = new Sources(api);
    await sources.load();
    expect([sources.rows.length, sources.changed]).toEqual([1, false]);
    const correction = { path: 'c1/nova-api.log', service: null, host: 'c2', shift: 7_200_000_000 };
    await sources.correct(correction);
    expect(api.sources.correct).toHaveBeenCalledWith(correction);
    expect(sources.changed).toBe(true);
    await sources.load();
    expect(sources.changed).toBe(false);
  });

  it('tell why a correction was not kept', async () => {
    const api = fakeApi();
    const sources = new Sources(api);
    api.sources.reset.mockRejectedValueOnce(failure);
    await sources.reset(null);
    expect([sources.failure, sources.changed]).toEqual([failure, false]);
  });

  it('read shifts as they are written, and nothing else', () => {
    expect(['+02:00', '-03:30', '−00:00:07', '+00:00'].map(shiftOf)).toEqual([7_200_000_000, -12_600_000_000, -7_000_000, 0]);
    expect(['', '2:00', '+2', '+02:60', 'CET'].map(shiftOf)).toEqual([null, null, null, null, null]);
  });
});
