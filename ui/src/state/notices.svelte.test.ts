import { describe, expect, it } from 'vitest';

import { cancelled, failure, fakeApi } from '../fixtures/api';
import { report } from '../fixtures/report';
import { App } from './app.svelte';
import { Notices } from './notices.svelte';

/** Notices whose clock stands where the test puts it. */
function notices(wanted = true) {
  const api = fakeApi();
  let now = 0;
  const made = new Notices(
    api,
    () => wanted,
    () => now,
  );
  const after = (seconds: number) => {
    now = 0;
    const outcomes = made.begin();
    now = seconds * 1000;
    return outcomes;
  };
  return { api, after };
}

describe('notices', () => {
  it('tell the cause that an analysis found', () => {
    const { api, after } = notices();
    after(60).analyzed('kolla', report);
    const [title, text] = api.desktop.notify.mock.lastCall ?? [];
    expect(title).toBe('Analyzed kolla');
    expect(text).toContain(report.causes[0]?.title);
    expect(text).toContain(report.category.label);
  });

  it('tell that nothing departs from normal, what failed, and what was learned', () => {
    const { api, after } = notices();
    after(60).analyzed('kolla', { ...report, verdict: 'clear' });
    expect(api.desktop.notify).toHaveBeenLastCalledWith('Analyzed kolla', 'Nothing departs from normal work');
    after(60).notAnalyzed('kolla', failure);
    expect(api.desktop.notify).toHaveBeenLastCalledWith('kolla could not be analyzed', failure.message);
    after(60).trained({ name: 'mine', trainedOn: '', date: '', templates: 1, events: 1, epochs: 1, validationLoss: 0.25, version: 1 });
    expect(api.desktop.notify).toHaveBeenLastCalledWith('Trained “mine”', 'Validation loss 0.250 after 1 epoch');
  });

  it('are not made of what took no time, nor where they are not wanted', () => {
    const short = notices();
    short.after(9).analyzed('kolla', report);
    expect(short.api.desktop.notify).not.toHaveBeenCalled();
    const unwanted = notices(false);
    unwanted.after(60).analyzed('kolla', report);
    expect(unwanted.api.desktop.notify).not.toHaveBeenCalled();
  });

  it('say nothing of what was cancelled', async () => {
    const api = fakeApi();
    const app = new App(api);
    await app.preferences.load();
    api.analyze.mockRejectedValueOnce(cancelled);
    await app.open('/logs');
    expect(api.desktop.notify).not.toHaveBeenCalled();
  });
});
