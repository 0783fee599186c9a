import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi, failure } from '../../fixtures/api';
import { request } from '../../fixtures/events';
import { report } from '../../fixtures/report';

afterEach(cleanup);

const one = (container: HTMLElement, css: string) => container.querySelector(css) as HTMLElement;

/** The window with a report open. */
async function opened(api = fakeApi()) {
  api.opening.mockResolvedValueOnce('/cases/4711');
  const { container } = render(App, { api });
  await waitFor(() => expect(container.querySelector('[data-verdict]')).not.toBeNull());
  return container;
}

/** The window with the explorer open, its events there. */
async function exploring(api = fakeApi()) {
  const container = await opened(api);
  await fireEvent.click(one(container, '[data-go="explorer"]'));
  await waitFor(() => expect(container.querySelector('[data-event="0"]')).not.toBeNull());
  return container;
}

const query = (container: HTMLElement) => one(container, '#query') as HTMLInputElement;
const asked = (container: HTMLElement, text: string) => waitFor(() => expect(query(container).value).toBe(text));
const found = (container: HTMLElement, count: number) => waitFor(() => expect(container.querySelector(`[data-found="${count}"]`)).not.toBeNull());

describe('the explorer', () => {
  it('needs logs', async () => {
    const { container } = render(App, { api: fakeApi() });
    await screen.findByText('A disk is full');
    expect((one(container, '[data-go="explorer"]') as HTMLButtonElement).disabled).toBe(true);
  });

  it('shows the events that fit, and no others', async () => {
    const container = await exploring();
    expect(container.querySelectorAll('[data-event]')).toHaveLength(20);
    expect(one(container, '[role="grid"]').getAttribute('aria-rowcount')).toBe('1000');
  });

  it('searches for what is written, marks it, and takes it back term by term', async () => {
    const container = await exploring();
    await fireEvent.input(query(container), { target: { value: 'valid host' } });
    await found(container, 20);
    await waitFor(() => expect(one(container, '[data-event="7"] mark').textContent).toBe('valid'));
    await fireEvent.click(one(container, '[aria-label="Remove valid"]'));
    await asked(container, 'host');
  });

  it('narrows by a value, leaves one out, and goes back', async () => {
    const container = await exploring();
    const value = one(container, '[data-facet="service"] [data-value="nova-api"]');
    await fireEvent.click(one(value, '.value'));
    await asked(container, 'service:nova-api');
    await fireEvent.click(one(value, '.value'), { altKey: true });
    await asked(container, '-service:nova-api');
    await fireEvent.keyDown(window, { key: 'ArrowLeft', altKey: true });
    await asked(container, 'service:nova-api');
    await fireEvent.mouseUp(window, { button: 3 });
    await asked(container, '');
    await fireEvent.mouseUp(window, { button: 4 });
    await asked(container, 'service:nova-api');
  });

  it('is walked through with the keyboard, opens an event and closes it', async () => {
    const container = await exploring();
    const list = one(container, '[role="grid"]');
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    await waitFor(() => expect(one(container, '[data-event="1"]').getAttribute('aria-selected')).toBe('true'));
    expect(list.getAttribute('aria-activedescendant')).toBe('event-1');
    await fireEvent.keyDown(list, { key: 'Enter' });
    await waitFor(() => expect(container.querySelector('[data-detail="1"] pre')?.textContent).toContain('Traceback'));
    await fireEvent.keyDown(list, { key: 'Escape' });
    expect(container.querySelector('[data-detail]')).toBeNull();
    await fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(query(container));
  });

  it('follows the request of an event, and shows the event in its file', async () => {
    const container = await exploring();
    await fireEvent.click(one(container, '[data-event="4"]'));
    await waitFor(() => expect(container.querySelector('[data-do="show-file"]')).not.toBeNull());
    await fireEvent.click(one(container, '[data-do="show-file"]'));
    await waitFor(() => expect(container.querySelector('[data-line="5"]')?.textContent).toContain('line 5'));
    await fireEvent.keyDown(window, { key: 'Escape' });
    await waitFor(() => expect(container.querySelector('[data-event="4"]')).not.toBeNull());
    await fireEvent.keyDown(document.body, { key: 'f' });
    await asked(container, `request:${request}`);
    await found(container, 500);
  });

  it('says what is wrong with a query, and what to loosen where nothing is found', async () => {
    const api = fakeApi();
    const container = await exploring(api);
    api.explore.search.mockRejectedValueOnce({ ...failure, code: 'query', message: 'an unclosed quote' });
    await fireEvent.input(query(container), { target: { value: '"a' } });
    expect((await screen.findByText(/an unclosed/)).parentElement?.textContent).toContain('an unclosed quote');
    expect(container.querySelectorAll('[data-event]')).toHaveLength(20);
    await fireEvent.input(query(container), { target: { value: 'valid nowhere' } });
    await waitFor(() => expect(container.querySelector('[data-empty]')).not.toBeNull());
    await fireEvent.click(within(one(container, '[data-empty]')).getByText('nowhere'));
    await found(container, 20);
  });

  it('chooses a time with the keyboard, and all of it again', async () => {
    const container = await exploring();
    const bars = await waitFor(() => one(container, '[data-bars="120"]'));
    for (const shiftKey of [false, true]) await fireEvent.keyDown(bars, { key: 'ArrowRight', shiftKey });
    await fireEvent.keyDown(bars, { key: 'Enter' });
    await asked(container, 'time:2026-03-02T09:36:00..2026-03-02T09:36:10');
    await fireEvent.doubleClick(bars);
    await asked(container, '');
  });

  it('is where evidence, requests and templates lead, and leads back', async () => {
    const container = await opened();
    await fireEvent.click(one(container, '[data-go="evidence"]'));
    await fireEvent.click(one(container, '[data-evidence="E1"] .line'));
    await fireEvent.click(one(container, '[data-do="explore"]'));
    await waitFor(() => expect(container.querySelector('[data-detail="100"]')).not.toBeNull());
    await fireEvent.click(one(container, '[data-do="evidence"]'));
    expect(container.querySelector('main')?.dataset.screen).toBe('evidence');
    await fireEvent.click(one(container, '[data-go="timeline"]'));
    await fireEvent.click(one(container, '[data-do="follow"]'));
    await asked(container, `request:${report.requests[0]?.requestId}`);
    await fireEvent.click(screen.getByText('Back to Timeline'));
    expect(container.querySelector('main')?.dataset.screen).toBe('timeline');
    await fireEvent.click(one(container, '[data-go="patterns"]'));
    await fireEvent.click(container.querySelectorAll('[data-do="show-template"]')[1] as HTMLElement);
    await asked(container, 'template:1');
  });

  it('shows how a folder begins while it is analyzed', async () => {
    const api = fakeApi();
    api.analyze.mockImplementationOnce(() => new Promise(() => undefined));
    api.opening.mockResolvedValueOnce('/cases/big');
    const { container } = render(App, { api });
    await waitFor(() => expect((one(container, '[data-go="explorer"]') as HTMLButtonElement).disabled).toBe(false));
    await fireEvent.click(one(container, '[data-go="explorer"]'));
    await waitFor(() => expect(container.querySelectorAll('[data-preview] [data-event]')).toHaveLength(5));
    expect(screen.getByText('The first events of big')).toBeTruthy();
  });

  it('saves what was found', async () => {
    const api = fakeApi();
    const container = await exploring(api);
    await fireEvent.click(one(container, '[data-do="export-events"]'));
    await fireEvent.click(screen.getByText('JSON lines…'));
    expect(await screen.findByText('Saved to /home/op/events-4711.jsonl')).toBeTruthy();
  });

  it('renders what logs say as text, never as markup', async () => {
    const api = fakeApi();
    const attack = '<img src=x onerror="alert(1)">';
    const rows = api.explore.rows.getMockImplementation();
    api.explore.rows.mockImplementation(async (...asked) => (await rows?.(...asked) ?? []).map((row) => ({ ...row, message: attack, service: attack })));
    const container = await exploring(api);
    await fireEvent.input(query(container), { target: { value: 'o' } });
    await waitFor(() => expect(api.explore.search).toHaveBeenCalledTimes(2));
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain(attack);
  });
});
