import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { Library } from './library.svelte';

describe('the library', () => {
  it('shows the rest where one list cannot be read', async () => {
    const api = fakeApi();
    const library = new Library(api);
    api.recent.list.mockRejectedValueOnce(failure);
    await library.load();
    expect(library.failure).toEqual(failure);
    expect(library.samples.map((sample) => sample.id)).toEqual(['disk_full']);
  });

  it('forgets a folder', async () => {
    const api = fakeApi();
    const library = new Library(api);
    await library.load();
    api.recent.list.mockResolvedValueOnce([]);
    await library.forget('/logs');
    expect(api.recent.remove).toHaveBeenCalledWith('/logs');
    expect(library.recent).toEqual([]);
  });
});
