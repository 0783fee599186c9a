import { describe, expect, it } from 'vitest';

import { fakeApi } from '../fixtures/api';
import { report } from '../fixtures/report';
import { EvidenceList } from './evidence.svelte';
import { Scope } from './scope.svelte';

const done = () => new Promise((resolve) => setTimeout(resolve));

describe('what the screens are narrowed to', () => {
  it('is everything at first, and nothing is asked of the program', () => {
    const api = fakeApi();
    const scope = new Scope(api);
    expect([scope.active, scope.counted, scope.values('service')]).toEqual([false, false, null]);
    expect(scope.holds({})).toBe(true);
    expect(api.explore.search).not.toHaveBeenCalled();
  });

  it('is put together from values and a time, and taken apart again', async () => {
    const api = fakeApi();
    const scope = new Scope(api, () => [3, 5]);
    scope.toggle('service', 'nova-api');
    scope.limit([Date.UTC(2026, 2, 2, 9, 41), Date.UTC(2026, 2, 2, 9, 42)]);
    expect(scope.query).toBe('service:nova-api time:2026-03-02T09:41:00..2026-03-02T09:42:00');
    await done();
    expect(scope.counted).toBe(true);
    expect(scope.values('service')?.length).toBeGreaterThan(0);
    expect(api.explore.search.mock.calls.map(([, , query]) => query)).toContain(`${scope.query} template:3,5`);
    scope.toggle('service', 'nova-api');
    expect(scope.has('service', 'nova-api')).toBe(false);
    scope.drop(0);
    expect([scope.active, scope.values('service')]).toEqual([false, null]);
  });

  it('stays where a citation lies within it, and gives way to one that does not', () => {
    const scope = new Scope(fakeApi());
    const list = new EvidenceList(() => report, scope);
    scope.toggle('host', 'cmp-3');
    list.jump('E3');
    expect([scope.active, list.shown.map((e) => e.id)]).toEqual([true, ['E3']]);
    list.only(1);
    expect([scope.active, list.shown.map((e) => e.id)]).toEqual([true, ['E3']]);
    list.jump('E1');
    expect([scope.active, list.shown.length]).toEqual([false, 3]);
  });

  it('narrows the evidence, and clearing the filter shows everything', () => {
    const scope = new Scope(fakeApi());
    const list = new EvidenceList(() => report, scope);
    scope.toggle('host', 'cmp-3');
    expect([list.shown.map((e) => e.id), list.filtered]).toEqual([['E3'], true]);
    list.clear();
    expect([list.shown.length, scope.active]).toEqual([3, false]);
  });
});
