import { describe, expect, it } from 'vitest';

import { fakeApi } from '../fixtures/api';
import { App } from './app.svelte';

/** The window while an analysis of `/first` goes on, which ends when `finish` is called. */
function busy() {
  const api = fakeApi();
  const app = new App(api);
  let finish: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (finish = resolve));
  const analyze = api.analyze.getMockImplementation();
  if (!analyze) throw new Error('the fixture analyzes');
  api.analyze.mockImplementationOnce(async (...args) => {
    await promise;
    return analyze(...args);
  });
  const first = app.open('/first');
  return { api, app, first, finish: () => finish() };
}

describe('what arrives from outside', () => {
  it('is opened as from inside, wherever the user is', async () => {
    const api = fakeApi();
    const app = new App(api);
    app.navigation.go('settings');
    api.opening.mockResolvedValueOnce('/second');
    await app.arrivals.look();
    expect([app.incident.folder?.path, app.navigation.screen, app.arrivals.stopped]).toEqual(['/second', 'overview', null]);
  });

  it('tells which analysis it stopped, which can be opened again', async () => {
    const { api, app, first, finish } = busy();
    await Promise.resolve();
    api.opening.mockResolvedValueOnce('/second');
    await app.arrivals.look();
    finish();
    await first;
    expect(api.cancel).toHaveBeenCalledOnce();
    expect([app.incident.folder?.path, app.arrivals.stopped]).toEqual(['/second', '/first']);
    await app.arrivals.openStopped();
    expect([app.incident.folder?.path, app.arrivals.stopped]).toEqual(['/first', null]);
  });

  it('leaves alone what is at work on the same logs', async () => {
    const { api, app, first, finish } = busy();
    await Promise.resolve();
    api.opening.mockResolvedValueOnce('/first');
    await app.arrivals.look();
    expect(api.cancel).not.toHaveBeenCalled();
    finish();
    await first;
    expect([app.incident.folder?.path, app.arrivals.stopped]).toEqual(['/first', null]);
  });

  it('is nothing where the program was started again without a folder', async () => {
    const { api, app, first, finish } = busy();
    await Promise.resolve();
    await app.arrivals.look();
    expect(api.cancel).not.toHaveBeenCalled();
    finish();
    await first;
  });
});
