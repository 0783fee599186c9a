import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { Library } from './library.svelte';

describe('the library', () => {
  it('says that it knows what there is only when it does', async () => {
    const api = fakeApi();
    const library = new Library(api);
    const loading = library.load();
    expect(library.ready).toBe(false);
    await loading;
    expect(library.ready).toBe(true);
  });

  it('shows the rest where one list cannot be read', async () => {
    const api = fakeApi();
    const library = new Library(api);
    api.recent.list.mockRejectedValueOnce(failure);
    await library.load();
    expect(library.failure).toEqual(failure);
    expect(library.samples.map((sample) => sample.id)).toEqual(['disk_full']);
  });

  it('reads the known failures anew whenever they are to be shown', async () => {
    const api = fakeApi();
    const library = new Library(api);
    await library.loadKnown();
    expect(library.known?.own).toBe(0);
    const problem = { file: '/data/own.toml', signature: 'x', reason: 'confidence is 9', remedy: 'correct this entry' };
    api.knownFailures.mockResolvedValueOnce({ all: 291, own: 1, folder: '/data', problems: [problem] });
    await library.loadKnown();
    expect(library.known).toEqual({ all: 291, own: 1, folder: '/data', problems: [problem] });
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
