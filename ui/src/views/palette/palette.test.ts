import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';

beforeEach(() => window.localStorage.clear());
afterEach(cleanup);

async function opened() {
  const api = fakeApi();
  api.opening.mockResolvedValueOnce('/cases/4711');
  const { container } = render(App, { api });
  await soon(container, '[data-verdict]');
  return container;
}

const key = (target: Window | HTMLElement, name: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(target, { key: name, ...more });

async function palette(container: HTMLElement) {
  await key(window, 'k', { ctrlKey: true });
  await soon(container, '[data-dialog="palette"]');
  return screen.getByRole('combobox');
}

/** The command that the keys are at, as assistive technology is told of it. */
function active(container: HTMLElement): string | undefined {
  const id = screen.getByRole('combobox').getAttribute('aria-activedescendant');
  return one(container, `#${id}`).dataset.command;
}

describe('the palette', () => {
  it('goes to a screen by a few letters', async () => {
    const container = await opened();
    const field = await palette(container);
    await fireEvent.input(field, { target: { value: 'timel' } });
    expect(one(container, '[data-command] mark').textContent).toBe('Timel');
    await key(field, 'Enter');
    await waitFor(() => expect(container.querySelector('main')?.dataset.screen).toBe('timeline'));
    expect(container.querySelector('dialog')).toBeNull();
    await palette(container);
    expect(active(container)).toBe('go.timeline');
  });

  it('is walked through with keys, round its ends', async () => {
    const container = await opened();
    const field = await palette(container);
    const all = [...container.querySelectorAll<HTMLElement>('[role="option"]')].map((row) => row.dataset.command);
    expect(active(container)).toBe(all[0]);
    await key(field, 'ArrowDown');
    expect(active(container)).toBe(all[1]);
    await key(field, 'End');
    expect(active(container)).toBe(all.at(-1));
    await key(field, 'ArrowDown');
    expect(active(container)).toBe(all[0]);
    await key(field, 'ArrowUp');
    expect(active(container)).toBe(all.at(-1));
    await key(field, 'Home');
    expect(active(container)).toBe(all[0]);
    expect(container.querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
  });

  it('follows a pointer that moves, and not one under which the list moves', async () => {
    const container = await opened();
    await palette(container);
    const rows = [...container.querySelectorAll<HTMLElement>('[role="option"]')];
    const point = (at: number, screenY: number) => fireEvent(rows[at] as HTMLElement, new MouseEvent('pointermove', { bubbles: true, screenX: 5, screenY }));
    await point(3, 40);
    await point(4, 40);
    expect(active(container)).toBe(rows[0]?.dataset.command);
    await point(3, 41);
    expect(active(container)).toBe(rows[3]?.dataset.command);
  });

  it('gives the focus back when it is closed, and lets no key through', async () => {
    const container = await opened();
    const before = one(container, '[data-go="start"]');
    before.focus();
    const field = await palette(container);
    expect(document.activeElement).toBe(field);
    await key(field, 'j', { ctrlKey: true });
    expect(screen.queryByRole('complementary')).toBeNull();
    await key(field, 'Escape');
    expect(container.querySelector('dialog')).toBeNull();
    expect(document.activeElement).toBe(before);
  });

  it('does something with words that name no command', async () => {
    const container = await opened();
    const field = await palette(container);
    await fireEvent.input(field, { target: { value: 'hypervisor lost' } });
    expect(active(container)).toBe('typed.search');
    await fireEvent.click(one(container, '[data-command="typed.filter"]'));
    await waitFor(() => expect(container.querySelector('main')?.dataset.screen).toBe('evidence'));
    expect((one(container, 'input[type="search"]') as HTMLInputElement).value).toBe('hypervisor lost');
  });
});

describe('the sheet of keys', () => {
  it('opens with a question mark, but not where that is written', async () => {
    const container = await opened();
    await key(one(container, '#issue'), '?', { shiftKey: true });
    expect(container.querySelector('dialog')).toBeNull();
    await key(document.body, '?', { shiftKey: true });
    const sheet = await soon(container, '[data-dialog="keys"]');
    for (const text of ['Evidence', 'Ctrl+3', 'Next event', '↓', 'Cancel or close', 'Esc']) expect(sheet.textContent).toContain(text);
    await key(sheet, 'Escape');
    expect(container.querySelector('dialog')).toBeNull();
  });
});
