import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';

afterEach(cleanup);

describe('a training that was interrupted', () => {
  it('is told under its name, and can be thrown away or gone on with', async () => {
    const api = fakeApi();
    api.interrupted.mockImplementation((name) => Promise.resolve(name === 'mine' ? { kept: Date.parse('2026-01-31T09:41:00') } : null));
    const { container } = render(App, { api });
    await screen.findByText('A disk is full');
    await fireEvent.click(one(container, '[data-go="train"]'));
    await fireEvent.click(screen.getByRole('radio', { name: 'Train' }));
    await fireEvent.input(one(container, '#training-folder'), { target: { value: '/normal' } });
    const name = await soon(container, '[data-field="name"] input');
    await fireEvent.input(name, { target: { value: 'other' } });
    await waitFor(() => expect(api.interrupted).toHaveBeenLastCalledWith('other'));
    expect(container.querySelector('[data-interrupted]')).toBeNull();
    await fireEvent.input(name, { target: { value: 'mine' } });
    const told = await soon(container, '[data-interrupted="on"]');
    expect(told.textContent).toContain('from 2026-01-31 09:41 will go on');
    await fireEvent.click(screen.getByText('Start over'));
    expect(one(container, '[data-interrupted="over"]').textContent).toContain('will be thrown away');
    await fireEvent.click(screen.getByText('Go on with it'));
    await fireEvent.click(screen.getByText('Start over'));
    await fireEvent.click(one(container, '[data-do="train"]'));
    await waitFor(() => expect(api.train.mock.lastCall?.[1].fresh).toBe(true));
  });
});
