import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';

import App from '../../App.svelte';
import { failure, fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';

afterEach(cleanup);

/** The window with a report open, at one of its screens. */
async function opened(go: string, api = fakeApi()) {
  api.opening.mockResolvedValueOnce('/cases/4711');
  const { container } = render(App, { api });
  await soon(container, '[data-verdict]');
  await fireEvent.click(one(container, `[data-go="${go}"]`));
  await soon(container, '[data-do="pin"]');
  return { container, api };
}

const rows = (container: HTMLElement) => [...container.querySelectorAll<HTMLElement>('[data-evidence]')].map((row) => row.dataset['evidence']);
const act = (container: HTMLElement, on: string, what: string) => fireEvent.click(one(container, `${on} [data-do="${what}"]`));

describe('marking a report', () => {
  it('pins evidence to the top, and takes it back by Ctrl+Z', async () => {
    const { container } = await opened('evidence');
    await act(container, '[data-evidence="E3"]', 'pin');
    await waitFor(() => expect(rows(container)).toEqual(['E3', 'E1', 'E2']));
    expect(one(container, '[data-evidence="E3"] [data-do="pin"]').getAttribute('aria-pressed')).toBe('true');
    expect((await soon(container, '[data-toast]')).textContent).toContain('Pinned E3');
    await fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(rows(container)).toEqual(['E1', 'E2', 'E3']));
  });

  it('folds away what is dismissed, and shows it again', async () => {
    const { container } = await opened('evidence');
    await act(container, '[data-evidence="E1"]', 'dismiss');
    await waitFor(() => expect(rows(container)).toEqual(['E2', 'E3']));
    expect(one(container, '[data-dismissed]').textContent).toContain('1 dismissed');
    await fireEvent.click(one(container, '[data-do="show-dismissed"]'));
    await waitFor(() => expect(rows(container)).toEqual(['E2', 'E3', 'E1']));
    await act(container, '[data-evidence="E1"]', 'dismiss');
    await waitFor(() => expect(rows(container)).toEqual(['E1', 'E2', 'E3']));
    expect(container.querySelector('[data-dismissed]')).toBeNull();
  });

  it('shows a dismissed record that a citation leads to', async () => {
    const { container } = await opened('evidence');
    await act(container, '[data-evidence="E2"]', 'dismiss');
    await fireEvent.click(one(container, '[data-go="overview"]'));
    await fireEvent.click(await soon(container, '[data-cause="1"] [data-cite="E2"]'));
    expect(rows(container)).toEqual(['E1', 'E3', 'E2']);
  });

  it('keeps a note while it is written, and leaves Ctrl+Z to its field', async () => {
    const { container, api } = await opened('evidence');
    await act(container, '[data-evidence="E2"]', 'note');
    const field = (await soon(container, '[data-evidence="E2"] textarea')) as HTMLTextAreaElement;
    await waitFor(() => expect(document.activeElement).toBe(field));
    await fireEvent.input(field, { target: { value: 'two\nlines' } });
    await waitFor(() => expect(api.marks.save.mock.lastCall?.[0].evidence[0]?.note).toBe('two\nlines'));
    const command = vi.fn(() => true);
    Object.defineProperty(document, 'execCommand', { value: command, configurable: true });
    await fireEvent.keyDown(field, { key: 'z', ctrlKey: true });
    await fireEvent.keyDown(field, { key: 'z', ctrlKey: true, shiftKey: true });
    expect(command.mock.calls).toEqual([['undo'], ['redo']]);
    expect(api.marks.save).toHaveBeenCalledOnce();
    await fireEvent.input(field, { target: { value: 'two\nlines!' } });
    await fireEvent.blur(field);
    await waitFor(() => expect(api.marks.save.mock.lastCall?.[0].evidence[0]?.note).toBe('two\nlines!'));
  });

  it('moves causes by Alt and arrows, and keeps the focus', async () => {
    const { container } = await opened('overview');
    const causes = () => [...container.querySelectorAll<HTMLElement>('[data-cause]')].map((card) => card.dataset['cause']);
    const head = one(container, '[data-cause="2"] .head');
    head.focus();
    await fireEvent.keyDown(head, { key: 'ArrowUp', altKey: true });
    await waitFor(() => expect(causes()).toEqual(['2', '1']));
    await waitFor(() => expect(document.activeElement).toBe(head));
    await fireEvent.keyDown(head, { key: 'ArrowDown', altKey: true });
    await waitFor(() => expect(causes()).toEqual(['1', '2']));
  });

  it('adds an event of the explorer to the evidence', async () => {
    const { container } = await opened('evidence');
    await fireEvent.click(one(container, '[data-go="explorer"]'));
    await fireEvent.click(await soon(container, '[data-event]'));
    await fireEvent.click(await soon(container, '[data-do="add-to-report"]'));
    await fireEvent.click(one(container, '[data-go="evidence"]'));
    await waitFor(() => expect(rows(container)).toEqual(['U1', 'E1', 'E2', 'E3']));
  });

  it('says what is wrong with a file of marks', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/cases/4711');
    api.marks.load.mockRejectedValueOnce(failure);
    const { container } = render(App, { api });
    expect((await screen.findByRole('alert')).textContent).toContain('/logs is empty');
    expect(container.querySelector('[data-do="pin"]')).toBeNull();
  });
});

describe('the exports', () => {
  it('are a page, Markdown, JSON, paper and a draft', async () => {
    const { container, api } = await opened('overview');
    const choose = async (text: string) => {
      await fireEvent.click(one(container, '[data-do="export"]'));
      await fireEvent.click(screen.getByRole('menuitem', { name: text }));
    };
    await choose('Web page (HTML)…');
    expect(api.exportReport).toHaveBeenLastCalledWith('html', 'rca-4711');
    await choose('Print or save as PDF…');
    expect(api.print).toHaveBeenCalledOnce();
    await choose('Bug report draft…');
    const dialog = await soon(container, '[data-draft="nova"]');
    expect(dialog.textContent).toContain('2 secrets were replaced.');
    const copied = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: copied }, configurable: true });
    await fireEvent.input(one(dialog, 'textarea'), { target: { value: 'mine' } });
    await fireEvent.click(one(dialog, '[data-do="copy-draft"]'));
    expect(copied).toHaveBeenCalledWith('mine');
    await fireEvent.click(one(dialog, '[data-do="save-draft"]'));
    await waitFor(() => expect(dialog.textContent).toContain('Saved to /home/op/bug-report-nova.md'));
    expect(api.saveText.mock.lastCall?.[2]).toBe('mine');
    await fireEvent.keyDown(dialog, { key: 'Escape' });
    await waitFor(() => expect(container.querySelector('[data-draft]')).toBeNull());
  });

  it('draft a bug report on the cause that is chosen', async () => {
    const { container, api } = await opened('overview');
    await act(container, '[data-cause="2"]', 'draft');
    expect(api.draft).toHaveBeenLastCalledWith(2);
  });
});
