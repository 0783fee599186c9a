import { describe, expect, it } from 'vitest';

import { cancelled, fakeApi, settings } from '../fixtures/api';
import { proposal, Training } from './training.svelte';

function ready(api = fakeApi()) {
  const training = new Training(api);
  training.choose(['/data/normal week']);
  training.lstm = structuredClone(settings.lstm);
  return training;
}

describe('a training', () => {
  it('is ready once it has logs, a name and parameters', () => {
    const training = new Training(fakeApi());
    expect(training.ready).toBe(false);
    training.choose(['/data/normal week']);
    expect(training.name).toBe('normal-week');
    expect(training.ready).toBe(false);
    training.lstm = structuredClone(settings.lstm);
    expect(training.ready).toBe(true);
  });

  it('sends its plan and keeps the result', async () => {
    const api = fakeApi();
    const training = ready(api);
    training.name = ' mine ';
    expect(await training.start('2026-01-31')).toBe(true);
    const plan = { logs: ['/data/normal week'], name: 'mine', date: '2026-01-31', lstm: settings.lstm, fresh: false };
    expect(api.train).toHaveBeenCalledWith(expect.any(String), plan, expect.any(Function));
    expect(training.result?.name).toBe('mine');
  });

  it('tells the best epoch and the time left at the speed so far', async () => {
    const api = fakeApi();
    const training = ready(api);
    const epoch = { kind: 'epoch', epochs: 50, loss: 1 } as const;
    api.train.mockImplementationOnce(async (_job, _plan, listen) => {
      listen([{ kind: 'step', stage: 'train', done: 25, total: 100 }]);
      listen([{ ...epoch, epoch: 1, validationLoss: 2, best: true }, { ...epoch, epoch: 2, validationLoss: 3, best: false }]);
      return Promise.reject(cancelled);
    });
    expect(await training.start('2026-01-31')).toBe(false);
    expect(training.best?.epoch).toBe(1);
    expect(training.left(10)).toBe(30);
    expect(training.job.failure).toBeNull();
  });

  it('that goes on tells its epochs, and counts the time from there', async () => {
    const api = fakeApi();
    const training = ready(api);
    api.train.mockImplementationOnce(async (_job, _plan, listen) => {
      listen([
        { kind: 'epoch', epoch: 1, epochs: 4, loss: 1, validationLoss: 2, best: true },
        { kind: 'checkpoint', note: 'resumed', epochs: 1, batches: 30 },
      ]);
      listen([{ kind: 'step', stage: 'train', done: 40, total: 100 }]);
      return Promise.reject(cancelled);
    });
    await training.start('2026-01-31');
    expect(training.job.kept?.note).toBe('resumed');
    expect(training.epochs.length).toBe(1);
    expect(training.left(5)).toBe(30);
  });

  it('does not know the time left before it began', () => {
    expect(ready().left(1)).toBeNull();
  });

  it('learns from several folders, each named once', async () => {
    const api = fakeApi();
    const training = ready(api);
    training.add(['/b', '/b', '/data/normal week', '/c']);
    training.drop('/b');
    await training.start('2026-01-31');
    expect(api.train.mock.lastCall?.[1].logs).toEqual(['/data/normal week', '/c']);
  });

  it('knows of one that was interrupted under its name, goes on with it or begins anew', async () => {
    const api = fakeApi();
    api.interrupted.mockImplementation((name) => Promise.resolve(name === 'normal-week' ? { kept: 5 } : null));
    const training = ready(api);
    await training.look();
    expect(training.interrupted).toEqual({ kept: 5 });
    await training.start('2026-01-31');
    expect(api.train.mock.lastCall?.[1].fresh).toBe(false);
    training.fresh = true;
    api.train.mockRejectedValueOnce(cancelled);
    await training.start('2026-01-31');
    expect(api.train.mock.lastCall?.[1].fresh).toBe(true);
    expect(training.fresh).toBe(false);
    training.fresh = true;
    training.name = 'other';
    await training.look();
    expect([training.interrupted, training.fresh]).toEqual([null, false]);
  });

  it('asks for the name as it is now, whichever answer comes last', async () => {
    const api = fakeApi();
    let late: (found: { kept: number }) => void = () => undefined;
    api.interrupted.mockImplementationOnce(() => new Promise((resolve) => (late = resolve)));
    const training = new Training(api);
    training.name = 'first';
    training.name = 'second';
    late({ kept: 5 });
    await training.look();
    expect(training.interrupted).toBeNull();
  });

  it('keeps the name that the user gave', () => {
    const training = ready();
    training.name = 'mine';
    training.choose(['/other']);
    expect(training.name).toBe('mine');
  });
});

describe('a proposed name', () => {
  it('holds only what a name may hold, and is never that of the model that ships', () => {
    expect(proposal('/var/log')).toBe('var-log');
    expect(proposal('/x/Größe (2)')).toBe('Gr-e-2');
    expect(proposal('/x/default/')).toBe('my-cloud');
    expect(proposal('/')).toBe('my-cloud');
  });
});
