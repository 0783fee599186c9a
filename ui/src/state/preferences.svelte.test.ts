import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { apart, colours, Preferences } from './preferences.svelte';

describe('preferences', () => {
  it('follow the desktop until they are loaded', () => {
    expect(new Preferences(fakeApi()).theme).toBe('system');
  });

  it('are kept as soon as they change', async () => {
    const api = fakeApi();
    const preferences = new Preferences(api);
    await preferences.load();
    await preferences.change((settings) => (settings.appearance.theme = 'dark'));
    expect(preferences.theme).toBe('dark');
    expect(api.settings.save.mock.lastCall?.[0].appearance.theme).toBe('dark');
  });

  it('are as before where they cannot be kept, and say why', async () => {
    const api = fakeApi();
    const preferences = new Preferences(api);
    await preferences.load();
    api.settings.save.mockRejectedValueOnce(failure);
    await preferences.change((settings) => (settings.model = 'other'));
    expect(preferences.settings?.model).toBe('default');
    expect(preferences.failure).toEqual(failure);
  });

  it('are taken back change by change, and only those that were named', async () => {
    const api = fakeApi();
    const preferences = new Preferences(api);
    await preferences.load();
    await preferences.change((settings) => (settings.analysis.max_causes = 3), 'Most causes');
    await preferences.change((settings) => (settings.analysis.max_causes = 3), 'nothing');
    await preferences.change((settings) => (settings.appearance.theme = 'dark'), 'Theme');
    expect(preferences.history.map((change) => change.what)).toEqual(['Most causes', 'Theme']);
    await preferences.undo();
    expect([preferences.theme, preferences.settings?.analysis.max_causes]).toEqual(['system', 3]);
    await preferences.undo();
    expect(api.settings.save.mock.lastCall?.[0].analysis.max_causes).toBe(10);
    expect(preferences.last).toBeNull();
    api.settings.save.mockRejectedValueOnce(failure);
    await preferences.change((settings) => (settings.model = 'other'), 'Model');
    expect(preferences.last).toBeNull();
  });

  it('say why they could not be loaded, and change nothing then', async () => {
    const api = fakeApi();
    const preferences = new Preferences(api);
    api.settings.load.mockRejectedValueOnce(failure);
    await preferences.load();
    await preferences.change((settings) => (settings.model = 'other'));
    expect(preferences.failure).toEqual(failure);
    expect(api.settings.save).not.toHaveBeenCalled();
  });
});

describe('colours', () => {
  it('follow the desktop only where the theme says so', () => {
    expect([colours('system', true), colours('system', false)]).toEqual(['dark', 'light']);
    expect([colours('light', true), colours('dark', false)]).toEqual(['light', 'dark']);
  });
});

describe('contrast', () => {
  it('follows the desktop only where the setting says so', () => {
    expect([apart('system', true), apart('system', false)]).toEqual(['high', 'standard']);
    expect([apart('standard', true), apart('high', false)]).toEqual(['standard', 'high']);
  });
});
