import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { App } from './app.svelte';

describe('the window', () => {
  it('opens what the command line named', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/var/log');
    const app = new App(api);
    await app.begin();
    expect(app.incident.folder?.path).toBe('/var/log');
    expect(app.navigation.screen).toBe('overview');
  });

  it('leaves the user where he went meanwhile', async () => {
    const app = new App(fakeApi());
    const opening = app.open('/logs');
    app.navigation.go('settings');
    await opening;
    expect(app.navigation.screen).toBe('settings');
    expect(app.incident.report).not.toBeNull();
  });

  it('shows a failure where folders are opened', async () => {
    const api = fakeApi();
    api.ingest.mockRejectedValueOnce(failure);
    const app = new App(api);
    await app.open('/empty');
    expect(app.navigation.screen).toBe('start');
    expect(app.incident.job.failure).toEqual(failure);
  });

  it('does nothing where the dialog was closed', async () => {
    const api = fakeApi();
    api.chooseFolder.mockResolvedValueOnce(null);
    await new App(api).chooseFolder();
    expect(api.ingest).not.toHaveBeenCalled();
  });

  it('proposes a name after the folder that is chosen to learn from, and asks from there the next time', async () => {
    const api = fakeApi();
    const app = new App(api);
    await app.chooseTraining();
    expect([app.training.folder, app.training.name]).toEqual(['/chosen', 'chosen']);
    api.chooseFolders.mockResolvedValueOnce([]);
    await app.chooseTraining();
    expect(api.chooseFolders.mock.lastCall?.[1]).toBe('/chosen');
    expect(app.training.folder).toBe('/chosen');
    api.chooseFolders.mockResolvedValueOnce(['/second', '/third']);
    await app.addTraining();
    expect(app.training.folders).toEqual(['/chosen', '/second', '/third']);
  });

  it('takes dropped folders as logs to learn from while a model is set up, and as an incident elsewhere', async () => {
    const app = new App(fakeApi());
    app.navigation.go('train');
    await app.drop(['/normal', '/quiet']);
    expect(app.training.folders).toEqual(['/normal', '/quiet']);
    app.navigation.go('start');
    await app.drop(['/broken']);
    expect(app.incident.folder?.path).toBe('/broken');
  });

  it('forgets filters and questions with the report that they were about', async () => {
    const app = new App(fakeApi());
    await app.open('/one');
    app.cite('E2');
    await app.chat.ask('why?');
    expect(app.navigation.screen).toBe('evidence');
    await app.open('/two');
    expect(app.evidence.open).toEqual([]);
    expect(app.chat.turns).toEqual([]);
  });
});
