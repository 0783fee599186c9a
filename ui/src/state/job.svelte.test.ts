import { describe, expect, it, vi } from 'vitest';

import type { Progress } from '../lib/types';
import { Job } from './job.svelte';

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

const cancelled = { code: 'cancelled', message: 'cancelled', hint: '', detail: null };

describe('a job', () => {
  it('gives its result and is idle again', async () => {
    const job = new Job<number>(vi.fn());
    expect(await job.run(() => Promise.resolve(7))).toBe(7);
    expect(job.phase).toEqual({ is: 'idle' });
  });

  it('keeps the last step of each stage and every epoch', async () => {
    const job = new Job<number>(vi.fn());
    const epoch = { kind: 'epoch', epoch: 1, epochs: 9, loss: 2, validationLoss: 3, best: true } as const;
    await job.run((_, listen) => {
      listen([{ kind: 'step', stage: 'read', done: 1, total: 9 }, epoch]);
      listen([{ kind: 'step', stage: 'read', done: 9, total: 9 }, { kind: 'step', stage: 'mine', done: 0, total: 0 }]);
      return Promise.resolve(0);
    });
    expect(job.steps).toEqual([
      { stage: 'read', done: 9, total: 9 },
      { stage: 'mine', done: 0, total: 0 },
    ]);
    expect(job.epochs).toHaveLength(1);
  });

  it('is idle without a failure once it was cancelled', async () => {
    const stop = vi.fn(() => Promise.resolve());
    const job = new Job<null>(stop);
    const work = deferred<null>();
    const running = job.run(() => work.promise);
    job.cancel();
    expect(job.phase).toMatchObject({ is: 'running', stopping: true });
    expect(stop).toHaveBeenCalledOnce();
    work.reject(cancelled);
    expect(await running).toBeNull();
    expect(job.phase).toEqual({ is: 'idle' });
  });

  it('keeps what failed until it is dismissed', async () => {
    const job = new Job<number>(vi.fn());
    await job.run(() => Promise.reject(new Error('boom')));
    expect(job.failure).toMatchObject({ code: 'internal', message: 'boom' });
    job.dismiss();
    expect(job.failure).toBeNull();
  });

  it('ignores what it was overtaken by', async () => {
    const job = new Job<string>(vi.fn(() => Promise.resolve()));
    const slow = deferred<string>();
    let late: (progress: Progress[]) => void = () => undefined;
    const first = job.run((_, listen) => {
      late = listen;
      return slow.promise;
    });
    const second = job.run(() => Promise.resolve('second'));
    late([{ kind: 'step', stage: 'read', done: 1, total: 1 }]);
    slow.resolve('first');
    expect(await first).toBeNull();
    expect(await second).toBe('second');
    expect(job.steps).toEqual([]);
  });
});
