import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';

afterEach(cleanup);

async function settings(api = fakeApi()) {
  const { container } = render(App, { api });
  await screen.findByText('A disk is full');
  await fireEvent.click(one(container, '[data-go="settings"]'));
  await soon(container, '[data-setting="analysis.max_causes"]');
  return { api, container };
}

const input = (container: HTMLElement, name: string) => one(container, `[data-setting="${name}"] input`) as HTMLInputElement;

/** Types a number, and leaves the field. */
async function type(container: HTMLElement, name: string, text: string) {
  await fireEvent.input(input(container, name), { target: { value: text } });
  await fireEvent.change(input(container, name));
}

describe('the settings', () => {
  it('are judged while typed, and kept only where they are in their range', async () => {
    const { api, container } = await settings();
    await fireEvent.input(input(container, 'analysis.max_causes'), { target: { value: '11' } });
    expect((await screen.findByRole('alert')).textContent).toBe('This must be a whole number between 1 and 10.');
    await fireEvent.change(input(container, 'analysis.max_causes'));
    expect(api.settings.save).not.toHaveBeenCalled();
    await fireEvent.keyDown(input(container, 'analysis.max_causes'), { key: 'Escape' });
    expect(input(container, 'analysis.max_causes').value).toBe('10');
    await type(container, 'analysis.max_causes', '4');
    await waitFor(() => expect(api.settings.save.mock.lastCall?.[0].analysis.max_causes).toBe(4));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('go back one by one, each to its default, and all at once', async () => {
    const { api, container } = await settings();
    await type(container, 'analysis.max_causes', '4');
    await type(container, 'lstm.units', '8');
    await waitFor(() => expect(screen.getByText('Changed: LSTM units')).toBeTruthy());
    await fireEvent.click(one(container, '[data-do="undo-setting"]'));
    await waitFor(() => expect(input(container, 'lstm.units').value).toBe('64'));
    const row = one(container, '[data-setting="analysis.max_causes"]');
    expect(row.textContent).toContain('Default 10');
    await fireEvent.click(one(row, 'button'));
    await waitFor(() => expect(api.settings.save.mock.lastCall?.[0].analysis.max_causes).toBe(10));
    expect(row.querySelector('button')).toBeNull();
    await type(container, 'tfidf.ngrams', '3');
    await fireEvent.click(one(container, '[data-do="reset-settings"]'));
    await waitFor(() => expect(api.settings.save.mock.lastCall?.[0].tfidf.ngrams).toBe(2));
    expect(one(container, '[data-do="reset-settings"]').hasAttribute('disabled')).toBe(true);
  });

  it('are found by their words, with the sections that hold them alone', async () => {
    const { container } = await settings();
    const search = one(container, '#settings-search');
    const sections = () => [...container.querySelectorAll('[data-section]')].map((section) => section.getAttribute('data-section'));
    expect(sections()).toEqual(['appearance', 'model', 'analysis', 'training', 'known', 'notifications', 'folders', 'language', 'keyboard', 'about']);
    await fireEvent.input(search, { target: { value: 'hidden units' } });
    expect(sections()).toEqual(['training']);
    expect([...container.querySelectorAll('[data-setting]')].map((row) => row.getAttribute('data-setting'))).toEqual(['lstm.units']);
    await fireEvent.input(search, { target: { value: 'no such thing' } });
    expect(sections()).toEqual([]);
    await fireEvent.click(screen.getByText('Show all settings'));
    expect(sections().length).toBe(10);
  });

  it('clear what can be made again once that is confirmed', async () => {
    const { api, container } = await settings();
    const row = await soon(container, '[data-kept="index"]');
    expect(container.querySelector('[data-kept="models"] [data-do="clear"]')).toBeNull();
    await fireEvent.click(one(row, '[data-do="clear"]'));
    expect(row.textContent).toContain('48 MB go.');
    expect(api.storage.clear).not.toHaveBeenCalled();
    await fireEvent.click(one(row, '[data-do="clear-now"]'));
    await waitFor(() => expect(api.storage.clear).toHaveBeenCalledWith('index'));
    expect((await screen.findByText('1 B cleared')).getAttribute('role')).toBe('status');
  });
});
