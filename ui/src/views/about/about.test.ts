import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';

import App from '../../App.svelte';
import { failure, fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';

afterEach(cleanup);

async function opened(api = fakeApi()) {
  const { container } = render(App, { api });
  await fireEvent.click(one(container, '[data-go="about"]'));
  return container;
}

const shown = (container: HTMLElement) => Number(one(container, '[data-shown]').dataset.shown);

describe('the screen about the program', () => {
  it('tells the version and how it was built', async () => {
    const container = await opened();
    expect((await soon(container, '[data-version]')).textContent).toBe('1.2.3');
    expect(screen.getByText('0123456789ab')).toBeTruthy();
  });

  it('copies the path of a folder that is clicked', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    const container = await opened();
    await fireEvent.click(await soon(container, '[data-path="/home/op/models"]'));
    expect(writeText).toHaveBeenCalledWith('/home/op/models');
    expect(await screen.findByText('Copied')).toBeTruthy();
  });

  it('lists what is shipped, finds it, and shows its licence', async () => {
    const container = await opened();
    await soon(container, '[data-package]');
    const all = shown(container);
    expect(all).toBeGreaterThan(100);
    expect(container.querySelectorAll('[data-package]').length).toBeLessThan(60);
    await fireEvent.input(one(container, 'input[type="search"]'), { target: { value: 'svelte' } });
    await waitFor(() => expect(shown(container)).toBe(1));
    await fireEvent.click(one(container, '[data-package="svelte"]'));
    expect((await soon(container, '[data-licence="svelte"]')).textContent).toContain('Permission is hereby granted, free of charge');
    await fireEvent.input(one(container, 'input[type="search"]'), { target: { value: 'no such package' } });
    expect(await screen.findByText('Nothing matches')).toBeTruthy();
  });

  it('says what went wrong', async () => {
    const api = fakeApi();
    api.about.mockRejectedValueOnce(failure);
    await opened(api);
    expect((await screen.findByRole('alert')).textContent).toContain(failure.message);
  });
});
