import { describe, expect, it } from 'vitest';

import { cancelled, fakeApi, failure } from '../fixtures/api';
import { anomaly, pulse } from '../fixtures/live';
import type { Pulse } from '../lib/types';
import { Live } from './live.svelte';

/** Logs that are followed, what they tell, and how it ends. */
function following() {
  const api = fakeApi();
  let tell: (pulse: Pulse) => void = () => undefined;
  let end: (thrown: unknown) => void = () => undefined;
  api.live.follow.mockImplementation((_job, listener) => {
    tell = listener;
    return new Promise((_, reject) => (end = reject));
  });
  let now = 1000;
  const live = new Live(api, () => now);
  const ended = live.start();
  const hear = (...pulses: Pulse[]) => pulses.forEach((one) => { tell(one); now += 1000; });
  return { api, live, hear, finish: async (thrown: unknown) => { end(thrown); await ended; } };
}

describe('logs that are followed', () => {
  it('are counted, and drawn over the time at which they came', () => {
    const { live, hear } = following();
    expect(live.status).toBe('starting');
    hear(pulse(), pulse(), pulse({ anomalies: [anomaly(1, { count: 2 })] }));
    expect([live.status, live.events, live.anomalies, live.files]).toEqual(['following', 17, 2, 9]);
    expect(live.growth.bars.map((bar) => [bar.infos, bar.unusual])).toEqual([[5, 0], [5, 0], [5, 2]]);
  });

  it('tell alike events once, where they came last, the newest first', () => {
    const { live, hear } = following();
    hear(pulse({ anomalies: [anomaly(1), anomaly(2)] }));
    hear(pulse({ again: [{ kind: 2, count: 40, timestamp: '2026-03-02T09:51:00.000', file: 'b.log', line: 7 }] }));
    expect(live.seen.map(({ anomaly: { kind }, count, line }) => [kind, count, line])).toEqual([[2, 41, 7], [1, 1, 1001]]);
    expect([live.anomalies, live.seen[0]?.file, live.seen[0]?.anomaly.line]).toEqual([42, 'b.log', 1002]);
    hear(pulse({ anomalies: [anomaly(1, { line: 2000 })] }));
    expect(live.seen.map(({ count, line }) => [count, line])).toEqual([[2, 2000], [41, 7]]);
  });

  it('do not fill the memory', () => {
    const { live, hear } = following();
    for (let round = 0; round < 10; round += 1) hear(pulse({ anomalies: Array.from({ length: 50 }, (_, n) => anomaly(round * 50 + n)), more: 1 }));
    expect([live.seen.length, live.left, live.anomalies]).toEqual([200, 310, 500]);
    hear(pulse({ again: [{ kind: 0, count: 1, timestamp: null, file: 'a.log', line: 1 }] }));
    expect([live.seen.length, live.anomalies]).toEqual([200, 501]);
  });

  it('pause, go on and stop at the user’s word, which is no failure', async () => {
    const { api, live, hear, finish } = following();
    hear(pulse());
    live.pause(true);
    const job = api.live.follow.mock.lastCall?.[0];
    expect([live.status, api.live.pause.mock.lastCall]).toEqual(['paused', [job, true]]);
    live.pause(false);
    expect(live.status).toBe('following');
    live.stop();
    expect(api.cancel).toHaveBeenCalledWith(job);
    hear(pulse());
    await finish(cancelled);
    expect([live.status, live.failure, live.events]).toEqual(['off', null, 5]);
  });

  it('that are gone are told, and what came stays until it is followed again', async () => {
    const { live, hear, finish } = following();
    hear(pulse({ anomalies: [anomaly(1)] }));
    await finish({ ...failure, code: 'not_found' });
    expect([live.status, live.running, live.begun, live.seen.length]).toEqual(['stopped', false, true, 1]);
    void live.start();
    expect([live.status, live.failure, live.seen.length]).toEqual(['starting', null, 0]);
  });

  it('are taken by a new report, and forgotten with the logs', () => {
    const { api, live, hear } = following();
    hear(pulse({ cut: true }));
    expect([live.unread, live.cut]).toEqual([5, true]);
    live.caughtUp();
    hear(pulse());
    expect([live.unread, live.cut, live.events, live.status]).toEqual([5, false, 10, 'following']);
    live.reset();
    expect([live.status, live.events, live.begun]).toEqual(['off', 0, false]);
    expect(api.cancel).toHaveBeenCalled();
  });
});
