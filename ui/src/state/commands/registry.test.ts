import { describe, expect, it } from 'vitest';

import { fakeApi } from '../../fixtures/api';
import { twoIncidents } from '../../fixtures/report';
import { App } from '../app.svelte';
import type { Command } from './command';
import { bound, chords, commands, meant, type At } from './registry';

const nowhere: At = { explorer: false, writing: false, list: false };

async function opened(): Promise<App> {
  const api = fakeApi();
  api.analyze.mockResolvedValue(twoIncidents);
  const app = new App(api);
  await app.begin();
  await app.open('/cases/4711');
  return app;
}

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more });
const named = (app: App, id: string) => commands(app).find((command) => command.id === id) as Command;

describe('the commands', () => {
  it('have ids of their own, and chords of their own where they work', async () => {
    const all = commands(await opened());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const bindings = all.flatMap(({ scope = 'window', keys = [] }) => keys.map((chord) => `${scope} ${chord}`));
    expect(new Set(bindings).size).toBe(bindings.length);
  });

  it('offer nothing of a report where there is none', () => {
    const able = commands(new App(fakeApi())).filter((command) => command.able !== false);
    for (const id of ['go.evidence', 'report.again', 'report.json', 'evidence.filter', 'explorer.search', 'explorer.csv']) {
      expect(able.map((command) => command.id)).not.toContain(id);
    }
  });

  it('do what they say', async () => {
    const app = await opened();
    named(app, 'evidence.E2').act();
    expect([app.navigation.screen, app.evidence.target]).toEqual(['evidence', 'E2']);
    named(app, 'incident.2').act();
    await expect.poll(() => app.incident.report?.incident).toBe(2);
    expect(named(app, 'incident.2').chosen).toBe(true);
    named(app, 'look.contrast.high').act();
    await expect.poll(() => named(app, 'look.contrast.high').chosen).toBe(true);
    const [request] = twoIncidents.requests;
    named(app, `request.${request?.requestId}`).act();
    expect([app.navigation.screen, app.explorer.address.query]).toEqual(['explorer', `request:${request?.requestId}`]);
    named(app, 'open.sample:disk_full').act();
    await expect.poll(() => app.incident.folder?.path).toBe('/samples/disk_full/logs');
  });
});

describe('keys', () => {
  it('mean what the place makes of them', async () => {
    const app = await opened();
    const all = commands(app);
    const id = (event: KeyboardEvent, at: Partial<At> = {}) => meant(all, event, { ...nowhere, ...at })?.id ?? null;
    const find = press('f', { ctrlKey: true });
    expect([id(find), id(find, { explorer: true }), id(find, { explorer: true, writing: true })]).toEqual(['evidence.filter', 'explorer.search', 'explorer.search']);
    expect([id(press('/')), id(press('/'), { explorer: true }), id(press('/'), { explorer: true, writing: true })]).toEqual([null, 'explorer.search', null]);
    expect([id(press('?')), id(press('?'), { writing: true })]).toEqual(['window.keys', null]);
    expect(id(press('Escape'), { writing: true })).toBe('window.close');
    expect([id(press('ArrowDown')), id(press('ArrowDown'), { list: true })]).toEqual([null, 'list.next']);
    expect(id(press('Backspace'), { explorer: true, list: true })).toBeNull();
  });

  it('that are held walk, and do not open and close in turn', async () => {
    const all = commands(await opened());
    expect(meant(all, press('k', { ctrlKey: true, repeat: true }), nowhere)).toBeNull();
    expect(meant(all, press('ArrowDown', { repeat: true }), { ...nowhere, list: true })?.id).toBe('list.next');
  });

  it('mean nothing that cannot be done', () => {
    const all = commands(new App(fakeApi()));
    expect(meant(all, press('3', { ctrlKey: true }), nowhere)).toBeNull();
    expect(meant(all, press('1', { ctrlKey: true }), nowhere)?.id).toBe('go.start');
  });

  it('are told of by group, each command with keys once', async () => {
    const all = commands(await opened());
    const told = bound(all).flatMap((group) => group.commands);
    expect(told.map(({ id }) => id).sort()).toEqual(all.filter((command) => command.keys).map(({ id }) => id).sort());
    expect(bound(all).map(({ title }) => title)).toEqual(['Go to', 'Open', 'Report', 'Evidence', 'Explorer', 'Chart of times', 'Window']);
    expect(chords(all)['window.keys']).toBe('?');
  });
});
