import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { Storage } from './storage.svelte';

describe('what is kept', () => {
  it('is listed anew once something is cleared', async () => {
    const api = fakeApi();
    const storage = new Storage(api);
    await storage.load();
    expect(storage.kept.map((one) => one.what)).toContain('index');
    api.storage.clear.mockResolvedValueOnce(48);
    api.storage.list.mockResolvedValueOnce([]);
    await storage.clear('index');
    expect([storage.kept, storage.cleared]).toEqual([[], { what: 'index', bytes: 48 }]);
  });

  it('stays as it is where clearing fails, and says why', async () => {
    const api = fakeApi();
    const storage = new Storage(api);
    await storage.load();
    api.storage.clear.mockRejectedValueOnce(failure);
    await storage.clear('index');
    expect([storage.kept.length, storage.cleared, storage.failure]).toEqual([4, null, failure]);
  });
});
