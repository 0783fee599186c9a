import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fakeApi, failure } from '../../fixtures/api';
import { file, request } from '../../fixtures/events';
import type { Found } from '../../lib/types';
import { Explorer } from './explorer.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function begun(api = fakeApi()) {
  const explorer = new Explorer(api);
  await explorer.begin();
  return { api, explorer };
}

const pause = () => vi.advanceTimersByTimeAsync(200);

describe('the explorer', () => {
  it('begins with all events and their counts', async () => {
    const { explorer } = await begun();
    expect(explorer.search.found.found).toBe(1000);
    expect(explorer.rows.total).toBe(1000);
    expect(explorer.search.facets.map(({ field }) => field)).toEqual(['level', 'service', 'template']);
    expect(explorer.search.histogram?.buckets).not.toHaveLength(0);
  });

  it('searches when the user pauses, and keeps what is written in one go as one address', async () => {
    const { api, explorer } = await begun();
    api.explore.search.mockClear();
    for (const text of ['v', 'va', 'val']) explorer.type(text);
    await pause();
    explorer.type('valid');
    await pause();
    expect(api.explore.search.mock.calls.map(([, , query]) => query)).toEqual(['val', 'valid']);
    expect(explorer.rows.total).toBe(20);
    await explorer.back();
    expect([explorer.text, explorer.rows.total, explorer.history.canBack]).toEqual(['', 1000, false]);
    await explorer.forward();
    expect([explorer.text, explorer.rows.total]).toEqual(['valid', 20]);
  });

  it('does not wait for a pause when told to go on', async () => {
    const { api, explorer } = await begun();
    explorer.type('valid');
    explorer.hurry();
    expect(api.explore.search).toHaveBeenLastCalledWith(expect.any(String), expect.any(String), 'valid', expect.any(Function));
    await pause();
    expect(api.explore.search).toHaveBeenCalledTimes(2);
  });

  it('cancels a search that another one overtakes, and takes nothing more from it', async () => {
    const { api, explorer } = await begun();
    let answer: (found: Found) => void = () => undefined;
    api.explore.search.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    void explorer.ask('slow');
    const job = api.explore.search.mock.lastCall?.[1];
    await explorer.ask('valid');
    expect(api.cancel).toHaveBeenCalledWith(job);
    answer({ found: 3, searched: 1000, events: 1000 });
    await pause();
    expect([explorer.search.query, explorer.rows.total]).toEqual(['valid', 20]);
  });

  it('says what is wrong with a query, and keeps what was found', async () => {
    const { api, explorer } = await begun();
    api.explore.search.mockRejectedValueOnce({ ...failure, code: 'query', message: 'an unclosed quote' });
    await explorer.ask('"a');
    expect(explorer.search.failure?.message).toBe('an unclosed quote');
    expect(explorer.rows.total).toBe(1000);
    await explorer.ask('valid');
    expect(explorer.search.failure).toBeNull();
  });

  it('keeps the chosen event in a search that finds it, and hides it in one that does not', async () => {
    const { explorer } = await begun();
    await explorer.choose(107, true);
    await explorer.ask('valid');
    expect(explorer.position).toBe(2);
    expect(explorer.shown?.row.event).toBe(107);
    await explorer.ask('RamFilter');
    expect([explorer.position, explorer.shown]).toEqual([null, null]);
    await explorer.back();
    expect([explorer.position, explorer.shown?.row.event]).toEqual([2, 107]);
  });

  it('walks through the events, and stays among them', async () => {
    const { explorer } = await begun();
    await explorer.move(1);
    expect(explorer.position).toBe(0);
    await explorer.move(1);
    await explorer.move(1000);
    expect([explorer.position, explorer.address.event]).toEqual([999, 999]);
    await explorer.move(-2000);
    expect([explorer.position, explorer.reveal]).toEqual([0, { index: 0 }]);
    expect(explorer.shown).toBeNull();
  });

  it('follows a request from the event that has it, and comes back', async () => {
    const { explorer } = await begun();
    await explorer.ask('RamFilter');
    await explorer.choose(2, true);
    await explorer.follow('request', request);
    expect(explorer.text).toBe(`request:${request}`);
    expect([explorer.position, explorer.address.event]).toEqual([1, 2]);
    await explorer.back();
    expect(explorer.text).toBe('RamFilter');
  });

  it('takes a value in, and takes that back', async () => {
    const { explorer } = await begun();
    await explorer.narrow('service', 'nova-api');
    expect(explorer.text).toBe('service:nova-api');
    await explorer.narrow('service', 'nova-api', true);
    expect(explorer.text).toBe('-service:nova-api');
    await explorer.narrow('service', 'nova-api', true);
    expect(explorer.text).toBe('');
  });

  it('shows the line of a piece of evidence among all events', async () => {
    const { explorer } = await begun();
    await explorer.ask('valid');
    await explorer.showLine(file, 201);
    expect([explorer.text, explorer.position, explorer.shown?.row.event]).toEqual(['', 200, 200]);
  });

  it('shows a file as it is now, anew each time', async () => {
    const { api, explorer } = await begun();
    await explorer.showFile(file, 1020, true);
    await pause();
    expect([explorer.raw.lines.total, explorer.raw.now, explorer.raw.reveal]).toEqual([1050, true, { index: 1019 }]);
    explorer.raw.lines.see(1010, 1030);
    await pause();
    expect(explorer.raw.lines.at(1019)?.text).toBe('now 1020');
    api.explore.now.mockClear();
    await explorer.showFile(file, 1021, true);
    await pause();
    expect(api.explore.now).toHaveBeenCalled();
    await explorer.showFile(file, 8);
    await pause();
    expect([explorer.raw.lines.total, explorer.raw.now]).toEqual([1000, false]);
  });

  it('shows the file around a line, closes it, and comes back to it', async () => {
    const { explorer } = await begun();
    await explorer.choose(107, true);
    await explorer.showFile(file, 108);
    await pause();
    explorer.raw.lines.see(100, 120);
    await pause();
    expect([explorer.raw.lines.total, explorer.raw.reveal, explorer.raw.lines.at(107)?.text]).toEqual([1000, { index: 107 }, 'line 108']);
    expect(explorer.shown).toBeNull();
    await explorer.chooseLine(110);
    expect(explorer.shown?.row.event).toBe(110);
    for (const file of [true, false]) {
      expect(explorer.close()).toBe(true);
      expect(explorer.address.file !== null).toBe(file);
    }
    await pause();
    await explorer.back();
    expect(explorer.address.file).toMatchObject({ path: file, line: 108 });
  });

  it('says where it saved the events, or why not', async () => {
    const { api, explorer } = await begun();
    await explorer.save('csv', 'events');
    expect(explorer.saved).toEqual({ path: '/home/op/events.csv' });
    api.explore.export.mockRejectedValueOnce(failure);
    await explorer.save('csv', 'events');
    expect(explorer.saved).toEqual({ failure });
  });

  it('forgets everything with the logs, and asks again where they were read again', async () => {
    const { api, explorer } = await begun();
    await explorer.ask('valid');
    await explorer.choose(2, true);
    api.explore.search.mockClear();
    await explorer.refresh();
    expect([api.explore.search.mock.lastCall?.[2], explorer.shown?.row.event]).toEqual(['valid', 107]);
    explorer.reset();
    expect([explorer.text, explorer.rows.total, explorer.history.canBack, explorer.shown]).toEqual(['', 0, false, null]);
  });
});
