import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { detail, entry } from '../../fixtures/models';
import { one, soon } from '../../fixtures/page';

afterEach(cleanup);

/** The library with three models. */
async function library(api = fakeApi()) {
  api.models.list.mockImplementation(() => Promise.resolve([entry('broken', { problem: 'its weights are damaged' }), entry('default'), entry('mine')]));
  api.models.detail.mockImplementation((name) =>
    Promise.resolve(name === 'broken' ? { ...detail(name), entry: entry(name, { problem: 'its weights are damaged' }), profile: null, card: null } : detail(name)),
  );
  const { container } = render(App, { api });
  await screen.findByText('A disk is full');
  await fireEvent.click(one(container, '[data-go="train"]'));
  await soon(container, '[data-model-detail="default"]');
  return { api, container };
}

async function show(container: HTMLElement, name: string) {
  await fireEvent.click(one(container, `[data-model-row="${name}"]`));
  await soon(container, `[data-model-detail="${name}"]`);
}

describe('the library of models', () => {
  it('lists them, and shows the one in use with its card and what was measured', async () => {
    const { container } = await library();
    expect(container.querySelectorAll('[data-model-row]').length).toBe(3);
    expect(one(container, '[data-card] td').textContent).toBe('units');
    expect(container.querySelectorAll('[data-chart]').length).toBe(3);
    // The one that ships stays.
    expect(container.querySelector('[data-do="remove-model"]')).toBeNull();
    expect(container.querySelector('[data-do="rename-model"]')).toBeNull();
    expect(container.querySelector('[data-do="export-model"]')).not.toBeNull();
  });

  it('puts another to use', async () => {
    const { api, container } = await library();
    await show(container, 'mine');
    await fireEvent.click(one(container, '[data-do="use-model"]'));
    await waitFor(() => expect(api.settings.save.mock.lastCall?.[0].model).toBe('mine'));
    await waitFor(() => expect(one(container, '[data-do="use-model"]').hasAttribute('disabled')).toBe(true));
  });

  it('names what goes before a model is deleted', async () => {
    const { api, container } = await library();
    await show(container, 'mine');
    await fireEvent.click(one(container, '[data-do="remove-model"]'));
    expect(one(container, '[data-ask="remove"]').textContent).toContain('1.3 MB in /data/models/mine');
    expect(api.models.remove).not.toHaveBeenCalled();
    await fireEvent.click(one(container, '[data-do="remove-now"]'));
    await soon(container, '[data-said]');
    expect(api.models.remove).toHaveBeenCalledWith('mine');
  });

  it('renames a model, and keeps asking where the name is taken', async () => {
    const { api, container } = await library();
    await show(container, 'mine');
    await fireEvent.click(one(container, '[data-do="rename-model"]'));
    const input = await soon(container, 'form input');
    api.models.rename.mockRejectedValueOnce({ code: 'model_exists', message: 'there is a model named "broken" already', hint: '', detail: null });
    await fireEvent.input(input, { target: { value: 'broken' } });
    await fireEvent.submit(one(container, 'form'));
    expect((await screen.findByRole('alert')).textContent).toContain('That name is taken');
    await fireEvent.input(one(container, 'form input'), { target: { value: 'cloud' } });
    await fireEvent.submit(one(container, 'form'));
    await waitFor(() => expect(api.models.rename).toHaveBeenLastCalledWith('mine', 'cloud'));
  });

  it('says what is wrong with one that cannot be used, which can only be deleted', async () => {
    const { container } = await library();
    await show(container, 'broken');
    expect((await screen.findByRole('alert')).textContent).toContain('its weights are damaged');
    expect(container.querySelector('[data-do="use-model"]')).toBeNull();
    expect(container.querySelector('[data-do="remove-model"]')).not.toBeNull();
  });

  it('measures both on the logs that are open', async () => {
    const { container } = await library();
    await fireEvent.click(one(container, '[data-go="start"]'));
    await fireEvent.click(await screen.findByText('A disk is full'));
    await soon(container, '[data-screen="overview"]');
    await fireEvent.click(one(container, '[data-go="train"]'));
    await fireEvent.click(await soon(container, '[data-do="compare-model"]'));
    await fireEvent.click(screen.getByRole('menuitem', { name: 'mine' }));
    await fireEvent.click(await soon(container, '[data-do="measure-models"]'));
    const table = await soon(container, '[data-coverage="default mine"]');
    expect(table.textContent).toContain('90 % · 900 of 1,000');
    expect(table.textContent).toContain('Strange thing <*>');
  });

  it('compares two, with what differs, what one only knows, and how they know the open logs', async () => {
    const { api, container } = await library();
    await fireEvent.click(one(container, '[data-do="compare-model"]'));
    await fireEvent.click(screen.getByRole('menuitem', { name: 'mine' }));
    await soon(container, '[data-comparing="mine"]');
    const differing = [...container.querySelectorAll('tr.differs th')].map((row) => row.textContent);
    expect(differing).toEqual(['Sequence length']);
    expect(one(container, '[data-only="default"]').textContent).toContain('Known to one <*>');
    expect(container.textContent).toContain('Open logs of the cloud in question');
    await fireEvent.click(one(container, '[data-do="end-compare"]'));
    await soon(container, '[data-model-detail="default"]');
    expect(api.models.compare).toHaveBeenCalledWith('default', 'mine');
  });
});
