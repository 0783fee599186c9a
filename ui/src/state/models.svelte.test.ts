import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { entry } from '../fixtures/models';
import { App } from './app.svelte';

/** A window with these models beside the one that ships. */
async function started(...names: string[]) {
  const api = fakeApi();
  api.models.list.mockImplementation(() => Promise.resolve(['default', ...names].map((name) => entry(name))));
  const app = new App(api);
  await app.preferences.load();
  await app.models.load();
  return { api, app, models: app.models };
}

describe('the models', () => {
  it('begin with the one in use, and stay with the one that is looked at', async () => {
    const { models } = await started('mine');
    expect(models.detail?.entry.name).toBe('default');
    await models.choose('mine');
    await models.load();
    expect([models.chosen, models.detail?.entry.name]).toEqual(['mine', 'mine']);
  });

  it('go back to the one in use where the one that is looked at is gone', async () => {
    const { api, models } = await started('mine');
    await models.choose('mine');
    api.models.list.mockResolvedValue([entry('default')]);
    await models.load();
    expect(models.chosen).toBe('default');
  });

  it('say that the built-in one takes the place of the one in use that is deleted', async () => {
    const { api, app, models } = await started('mine');
    await models.choose('mine');
    api.models.remove.mockResolvedValueOnce({ name: 'mine', wasInUse: true, uncovers: false });
    api.models.list.mockResolvedValue([entry('default')]);
    expect(await models.remove()).toBe(true);
    expect(models.said).toContain('analyses use the built-in model from now on');
    expect([models.chosen, app.preferences.settings?.model]).toEqual(['default', 'default']);
    expect(api.settings.load).toHaveBeenCalledTimes(2);
  });

  it('show what was imported, and say under which name', async () => {
    const { api, models } = await started('mine', 'mine-2');
    api.models.import.mockResolvedValueOnce({ name: 'mine-2', insteadOf: 'mine' });
    await models.chooseImport('file');
    expect(api.models.import).toHaveBeenCalledWith('/home/op/x.tar.gz');
    expect(models.chosen).toBe('mine-2');
    expect(models.said).toContain('Imported as “mine-2”');
    api.models.chooseFile.mockResolvedValueOnce(null);
    await models.chooseImport('file');
    expect(api.models.import).toHaveBeenCalledOnce();
  });

  it('are as before where something fails, and say why', async () => {
    const { api, models } = await started('mine');
    await models.choose('mine');
    api.models.rename.mockRejectedValueOnce(failure);
    expect(await models.rename('default')).toBe(false);
    expect([models.chosen, models.busy, models.said]).toEqual(['mine', false, null]);
    expect(models.failure).toEqual(failure);
    expect(await models.rename('mine')).toBe(true);
    expect(api.models.rename).toHaveBeenCalledOnce();
  });

  it('are measured on the open logs, both that are compared, until other logs are opened', async () => {
    const { api, app, models } = await started('mine');
    await models.compare('mine');
    expect(models.names).toEqual(['default', 'mine']);
    expect(models.apart?.first.count).toBe(2);
    await models.measure();
    expect(api.models.coverage.mock.calls.map((call) => call[1])).toEqual(['default', 'mine']);
    expect(Object.keys(models.coverage)).toEqual(['default', 'mine']);
    await app.open('/other');
    expect(models.coverage).toEqual({});
  });

  it('stop measuring where that fails or is stopped', async () => {
    const { api, models } = await started('mine');
    await models.compare('mine');
    api.models.coverage.mockRejectedValueOnce(failure);
    await models.measure();
    expect(api.models.coverage).toHaveBeenCalledOnce();
    expect([models.measuring, models.job.failure]).toEqual([null, failure]);
  });

  it('forget a comparison with the model that it began with', async () => {
    const { models } = await started('mine', 'other');
    await models.compare('mine');
    await models.choose('other');
    expect([models.other, models.apart]).toEqual([null, null]);
  });

  it('take a packed model that is dropped on them, and nothing else', async () => {
    const { api, app } = await started();
    app.navigation.go('train');
    await app.drop(['/tmp/mine.tar.gz']);
    expect(api.models.import).toHaveBeenCalledWith('/tmp/mine.tar.gz');
    await app.drop(['/logs']);
    expect([app.models.part, app.training.folder]).toEqual(['train', '/logs']);
  });
});
