import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from './App.svelte';
import { failure, fakeApi } from './fixtures/api';
import { report } from './fixtures/report';

afterEach(cleanup);

/** The window with a report open. */
async function opened(api = fakeApi()) {
  api.opening.mockResolvedValueOnce('/cases/4711');
  const { container } = render(App, { api });
  await waitFor(() => expect(container.querySelector('[data-verdict]')).not.toBeNull());
  return container;
}

const go = (container: HTMLElement, name: string) => fireEvent.click(container.querySelector(`[data-go="${name}"]`) as HTMLElement);

describe('the window', () => {
  it('keeps the places of what is on its way, and claims nothing meanwhile', async () => {
    const api = fakeApi();
    let answer: (samples: Awaited<ReturnType<typeof api.samples.list>>) => void = () => undefined;
    api.samples.list.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    api.recent.list.mockResolvedValue([]);
    const { container } = render(App, { api });
    expect(container.querySelectorAll('[data-skeleton]')).toHaveLength(2);
    expect(screen.queryByText('Folders that you open are listed here.')).toBeNull();
    answer([{ id: 'disk_full', title: 'A disk is full', description: '' }]);
    await screen.findByText('A disk is full');
    expect(container.querySelectorAll('[data-skeleton]')).toHaveLength(0);
    expect(screen.getByText('Folders that you open are listed here.')).toBeTruthy();
  });

  it('leads past the navigation, and tells when a report is ready', async () => {
    const container = await opened();
    await fireEvent.click(screen.getByText('Skip to the content'));
    expect(document.activeElement).toBe(container.querySelector('main'));
    expect(screen.getByText('The report of 4711 is ready').getAttribute('role')).toBe('status');
  });

  it('begins with samples, recent folders, and no report to go to', async () => {
    const { container } = render(App, { api: fakeApi() });
    expect(await screen.findByText('A disk is full')).toBeTruthy();
    expect((container.querySelector('[data-go="evidence"]') as HTMLButtonElement).disabled).toBe(true);
  });

  it('says what is wrong with a folder, and offers another', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/logs');
    api.ingest.mockRejectedValueOnce(failure);
    render(App, { api });
    expect((await screen.findByRole('alert')).textContent).toContain('/logs is empty');
    await fireEvent.click(screen.getByText('Choose another folder…'));
    expect(api.chooseFolder).toHaveBeenCalledOnce();
  });

  it('leads from a citation to the raw record', async () => {
    const container = await opened();
    await fireEvent.click(container.querySelector('[data-cause="1"] [data-cite="E2"]') as HTMLElement);
    expect(container.querySelector('[data-evidence="E2"] pre')?.textContent).toBe(report.evidence[1]?.message);
  });

  it('shows only the evidence of a cause, and all of it again', async () => {
    const container = await opened();
    await go(container, 'evidence');
    await fireEvent.click(screen.getByRole('radio', { name: 'Cause 2' }));
    expect(container.querySelectorAll('[data-evidence]')).toHaveLength(1);
    await fireEvent.click(screen.getByRole('radio', { name: 'All causes' }));
    expect(container.querySelectorAll('[data-evidence]')).toHaveLength(3);
  });

  it('says of clear logs that they are clear, and names no cause', async () => {
    const api = fakeApi();
    api.analyze.mockResolvedValueOnce({ ...report, verdict: 'clear', causes: [], evidence: [], timeline: [], requests: [], model: null });
    const container = await opened(api);
    expect(screen.getByText('Nothing departs from normal work')).toBeTruthy();
    expect(container.querySelector('[data-cause]')).toBeNull();
    await go(container, 'evidence');
    expect(screen.getByText('No evidence')).toBeTruthy();
    await go(container, 'timeline');
    expect(screen.getByText('Nothing to tell')).toBeTruthy();
  });

  it('doubts a model that does not fit the logs, and says what to do', async () => {
    const api = fakeApi();
    const drift = { degree: 0.8, unknownShare: 0.7, surprise: 0.9, why: 'it never saw these', remedy: 'Train a model' };
    const container = await opened(api);
    expect(container.querySelector('[data-drift]')).toBeNull();
    cleanup();
    api.analyze.mockResolvedValueOnce({ ...report, model: { name: 'mine', trainedOn: '', version: 1, baseline: false, drift } });
    const doubted = await opened(api);
    const banner = doubted.querySelector('[data-drift]') as HTMLElement;
    for (const part of ['The model mine does not fit these logs', 'It never saw these.', 'Train a model.']) {
      expect(banner.textContent).toContain(part);
    }
    await fireEvent.click(screen.getByText('Compare with a good period…'));
    await waitFor(() => expect(api.analyze.mock.lastCall?.[3]).toEqual(['/chosen']));
  });

  it('renders what logs say as text, never as markup', async () => {
    const api = fakeApi();
    const attack = '<img src=x onerror="alert(1)">';
    const hostile = { ...report.evidence[0], id: 'E1', message: attack, why: attack, service: attack } as (typeof report.evidence)[0];
    const narrative = { ...report.narrative, text: `${attack} [E1]` };
    api.analyze.mockResolvedValueOnce({ ...report, evidence: [hostile], narrative });
    const container = await opened(api);
    await fireEvent.click(container.querySelector('.prose [data-cite="E1"]') as HTMLElement);
    expect(container.querySelector('pre')?.textContent).toBe(attack);
    expect(container.querySelector('img')).toBeNull();
  });

  it('follows shortcuts', async () => {
    const container = await opened();
    await fireEvent.keyDown(window, { key: '3', ctrlKey: true });
    expect(container.querySelector('main')?.dataset.screen).toBe('evidence');
    await fireEvent.keyDown(window, { key: 'j', ctrlKey: true });
    expect(screen.getByRole('complementary', { name: 'Ask' })).toBeTruthy();
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.queryByRole('complementary', { name: 'Ask' })).toBeNull();
  });

  it('keeps the theme that is chosen', async () => {
    const api = fakeApi();
    const { container } = render(App, { api });
    await screen.findByText('A disk is full');
    await go(container, 'settings');
    await fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    expect(api.settings.save).toHaveBeenCalledOnce();
  });
});
