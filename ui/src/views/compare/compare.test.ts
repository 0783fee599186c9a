import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';
import { report } from '../../fixtures/report';

afterEach(cleanup);

const model = (name: string, problem: string | null = null) => ({
  name,
  trainedOn: '',
  date: '2026-01-31',
  templates: 900,
  events: 99,
  epochs: 3,
  validationLoss: 1,
  version: 1,
  path: null,
  builtIn: name === 'default',
  bytes: 1,
  problem,
});

/** The window at its start, with models and a recent folder to choose from. */
async function started(api = fakeApi()) {
  api.models.list.mockResolvedValue([model('broken', 'its weights are damaged'), model('default'), model('mine')]);
  const { container } = render(App, { api });
  await screen.findByText('A disk is full');
  return container;
}

const picker = (container: HTMLElement) => one(container, '[data-do="compare"]');

async function choose(container: HTMLElement, name: RegExp) {
  await fireEvent.click(picker(container));
  const item = [...container.querySelectorAll<HTMLElement>('[role^="menuitem"]')].find((each) => name.test(each.textContent.trim()));
  await fireEvent.click(item as HTMLElement);
}

describe('what an incident is compared with', () => {
  it('is the model of the settings, and another one where that is chosen', async () => {
    const api = fakeApi();
    const container = await started(api);
    expect(picker(container).textContent).toContain('default');
    expect(one(container, '[data-compared]').textContent).toContain('900 templates');
    await choose(container, /^mine/);
    await waitFor(() => expect(api.settings.save.mock.lastCall?.[0].model).toBe('mine'));
    expect(picker(container).textContent).toContain('mine');
    await fireEvent.click(picker(container));
    expect((screen.getByText('broken').closest('button') as HTMLButtonElement).disabled).toBe(true);
  });

  it('is a good period from the dialog or among recent folders, for every incident until it is undone', async () => {
    const api = fakeApi();
    const container = await started(api);
    await choose(container, /Choose logs/);
    await waitFor(() => expect(picker(container).textContent).toContain('Good period: chosen'));
    await fireEvent.click(screen.getByText('A disk is full'));
    await soon(container, '[data-verdict]');
    expect(api.analyze.mock.lastCall?.[3]).toEqual(['/chosen']);
    await choose(container, /^logs/);
    expect(one(container, '[data-do="again"]').textContent.trim()).toBe('Analyze with this');
    await fireEvent.click(one(container, '[data-do="again"]'));
    await waitFor(() => expect(api.analyze.mock.lastCall?.[3]).toEqual(['/logs']));
    await soon(container, '[data-do="undo-compare"]');
    await fireEvent.click(one(container, '[data-do="undo-compare"]'));
    expect(one(container, '[data-compared]').dataset.compared).toBe('model');
  });

  it('says where there is no model', async () => {
    const { container } = render(App, { api: fakeApi() });
    await screen.findByText('A disk is full');
    expect(picker(container).textContent).toContain('no model');
    await fireEvent.click(picker(container));
    expect(screen.getByText('No models yet')).toBeTruthy();
  });

  it('is chosen with keys alone', async () => {
    const container = await started();
    picker(container).focus();
    await fireEvent.keyDown(picker(container), { key: 'ArrowDown' });
    await waitFor(() => expect(document.activeElement?.textContent).toContain('default'));
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toContain('mine');
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'End' });
    expect(document.activeElement?.textContent).toContain('/logs');
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'Escape' });
    expect(container.querySelector('[role="menu"]')).toBeNull();
    expect(document.activeElement).toBe(picker(container));
  });

  it('is named by the report, and doubted with words of its own', async () => {
    const api = fakeApi();
    const drift = { degree: 0.8, unknownShare: 0.7, surprise: 0.9, why: 'it never saw these', remedy: 'Choose a good period of this cloud' };
    const baseline = { name: '/cases/april/logs', trainedOn: '9 files', version: 1, baseline: true, drift };
    api.analyze.mockResolvedValueOnce({ ...report, model: baseline });
    const container = await started(api);
    await choose(container, /Choose logs/);
    await fireEvent.click(screen.getByText('A disk is full'));
    const banner = await soon(container, '[data-drift]');
    expect(one(container, '[data-model]').textContent).toBe('compared with april/logs');
    expect(banner.textContent).toContain('The good period “april/logs” does not fit these logs');
    expect(banner.textContent).toContain('Choose a good period of this cloud.');
    await fireEvent.click(screen.getByText('Choose another good period…'));
    await waitFor(() => expect(api.analyze).toHaveBeenCalledTimes(2));
    expect(api.ingest).toHaveBeenCalledOnce();
  });

  it('is told to be wrong, and can be changed or left out on the spot', async () => {
    const api = fakeApi();
    const wrong = { code: 'good_period', message: '/chosen holds too few events', hint: 'add more logs', detail: null };
    api.analyze.mockRejectedValueOnce(wrong).mockRejectedValueOnce(wrong);
    const container = await started(api);
    await choose(container, /Choose logs/);
    await fireEvent.click(screen.getByText('A disk is full'));
    expect((await screen.findByRole('alert')).textContent).toContain('too few events');
    api.chooseFolders.mockResolvedValueOnce(['/other']);
    await fireEvent.click(screen.getByText('Choose another good period…'));
    await waitFor(() => expect(api.analyze.mock.lastCall?.[3]).toEqual(['/other']));
    await fireEvent.click(await soon(container, '[data-do="with-model"]'));
    await soon(container, '[data-verdict]');
    expect(api.analyze.mock.lastCall?.slice(1, 4)).toEqual(['/samples/disk_full/logs', null, []]);
  });

  it('is learned before the incident is analyzed, and both steps are told', async () => {
    const api = fakeApi();
    let listen: Parameters<typeof api.analyze>[4] = () => undefined;
    api.analyze.mockImplementationOnce((_job, _logs, _issue, _good, listener) => {
      listen = listener;
      return new Promise(() => undefined);
    });
    const container = await started(api);
    await choose(container, /Choose logs/);
    await fireEvent.click(screen.getByText('A disk is full'));
    await soon(container, '[data-learning="true"]');
    expect(await screen.findByText('Learning from chosen')).toBeTruthy();
    expect(screen.getByText('Training')).toBeTruthy();
    listen([{ kind: 'learned', kept: true }]);
    await soon(container, '[data-learning="false"]');
    expect(screen.getByText('Step 2 of 2 · compared with chosen, which was learned before')).toBeTruthy();
    expect(screen.queryByText('Training')).toBeNull();
    await fireEvent.click(one(container, '[data-do="cancel"]'));
    expect(api.cancel).toHaveBeenCalledOnce();
  });

  it('is told beside the models in the settings', async () => {
    const container = await started();
    await choose(container, /Choose logs/);
    await fireEvent.click(one(container, '[data-go="settings"]'));
    expect((await soon(container, '[data-instead]')).textContent).toContain('the good period “chosen”');
    await fireEvent.click(screen.getByRole('radio', { name: /mine/ }));
    await waitFor(() => expect(container.querySelector('[data-instead]')).toBeNull());
  });
});
