import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { failure, fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';

afterEach(cleanup);

describe('the window on the desktop', () => {
  it('is shown once its colours are known, also where the settings cannot be read', async () => {
    const api = fakeApi();
    api.settings.load.mockRejectedValueOnce(failure);
    render(App, { api });
    await waitFor(() => expect(api.desktop.drawn).toHaveBeenCalledOnce());
  });

  it('opens what a second launch names, and tells what it stopped', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/first');
    api.analyze.mockImplementationOnce(() => new Promise(() => undefined));
    const { container } = render(App, { api });
    await soon(container, '[data-screen="progress"]');
    await waitFor(() => expect(api.analyze).toHaveBeenCalledOnce());
    api.opening.mockResolvedValueOnce('/second');
    api.desktop.onArrival.mock.lastCall?.[0]();
    await soon(container, '[data-stopped="/first"]');
    await soon(container, '[data-verdict]');
    expect(api.ingest).toHaveBeenLastCalledWith('/second');
    await fireEvent.click(one(container, '[data-do="open-stopped"]'));
    await waitFor(() => expect(api.ingest).toHaveBeenLastCalledWith('/first'));
    expect(container.querySelector('[data-stopped]')).toBeNull();
  });

  it('shows an exported report in its folder, and says where that is impossible', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/logs');
    const { container } = render(App, { api });
    await soon(container, '[data-verdict]');
    await fireEvent.click(await screen.findByText('Export'));
    await fireEvent.click(await screen.findByText('Markdown…'));
    await fireEvent.click(await soon(container, '[data-do="reveal"]'));
    expect(api.desktop.reveal).toHaveBeenCalledWith('/home/op/rca-logs.markdown');
    api.desktop.reveal.mockRejectedValueOnce(failure);
    await fireEvent.click(one(container, '[data-do="reveal"]'));
    expect((await screen.findByRole('alert')).textContent).toContain(failure.hint);
  });

  it('lets an exported report be dragged out', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/logs');
    const { container } = render(App, { api });
    await soon(container, '[data-verdict]');
    await fireEvent.click(await screen.findByText('Export'));
    await fireEvent.click(await screen.findByText('JSON…'));
    let release = () => null as unknown;
    api.desktop.drag.mockImplementationOnce(() => new Promise((resolve) => (release = () => resolve(null))));
    expect(await fireEvent.dragStart(await soon(container, '[data-drag]')), 'the page drags nothing itself').toBe(false);
    expect(api.desktop.drag).toHaveBeenCalledWith('/home/op/rca-logs.json');
    const drop = api.onDrag.mock.lastCall?.[0];
    drop?.({ kind: 'drop', paths: ['/home/op/rca-logs.json'] });
    release();
    await waitFor(() => {
      drop?.({ kind: 'drop', paths: ['/other'] });
      expect(api.ingest).toHaveBeenCalledWith('/other');
    });
    expect(api.ingest).not.toHaveBeenCalledWith('/home/op/rca-logs.json');
  });

  it('keeps whether the user wants to be notified', async () => {
    const api = fakeApi();
    const { container } = render(App, { api });
    await fireEvent.click(one(container, '[data-go="settings"]'));
    await fireEvent.click(await soon(container, '[data-setting="desktop.notify"] input'));
    await waitFor(() => expect(api.settings.save.mock.lastCall?.[0].desktop.notify).toBe(false));
  });
});
