import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { cancelled, fakeApi, failure } from '../../fixtures/api';
import { file } from '../../fixtures/events';
import { anomaly, pulse } from '../../fixtures/live';
import { one, soon } from '../../fixtures/page';
import type { Pulse } from '../../lib/types';

afterEach(cleanup);

/** The window with a report open, whose logs are followed at the user's word. */
async function opened() {
  const api = fakeApi();
  const line: { tell: (pulse: Pulse) => void; end: (thrown: unknown) => void } = { tell: () => undefined, end: () => undefined };
  api.live.follow.mockImplementation((_job, listener) => {
    line.tell = listener;
    return new Promise((_, reject) => (line.end = reject));
  });
  api.opening.mockResolvedValueOnce('/cases/4711');
  const { container } = render(App, { api });
  await waitFor(() => expect(container.querySelector('[data-verdict]')).not.toBeNull());
  return { api, container, line };
}

describe('the live screen', () => {
  it('needs logs', async () => {
    const api = fakeApi();
    const { container } = render(App, { api });
    await screen.findByText('A disk is full');
    expect((one(container, '[data-go="live"]') as HTMLButtonElement).disabled).toBe(true);
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    expect(api.live.follow).not.toHaveBeenCalled();
  });

  it('follows, counts, tells what is out of the ordinary, and stops', async () => {
    const { api, container, line } = await opened();
    await fireEvent.click(one(container, '[data-go="live"]'));
    await fireEvent.click(one(container, '[data-do="start-live"]'));
    line.tell(pulse({ anomalies: [anomaly(1, { count: 3 })] }));
    await waitFor(() => expect(one(container, '[data-live="following"]').dataset).toMatchObject({ events: '8', anomalies: '3' }));
    expect(one(container, '[data-seen="1"]').textContent).toMatch(/ERROR.*nova-compute.*cmp-1.*reason 1.*New here.*nova-compute.log:1001.*× 3/s);
    expect(one(container, '[data-growth]').dataset).toMatchObject({ growth: '1', marks: '1' });
    await fireEvent.click(one(container, '[data-do="stop-live"]'));
    line.end(cancelled);
    await waitFor(() => expect(container.querySelector('[data-live="off"]')).not.toBeNull());
    expect(api.cancel).toHaveBeenCalled();
    expect(container.querySelector('[role="alert"]')).toBeNull();
  });

  it('begins with a key, and leads to lines that the report does not know, and back', async () => {
    const { container, line } = await opened();
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    expect(container.querySelector('main')?.dataset.screen).toBe('live');
    line.tell(pulse({ anomalies: [anomaly(1, { file, line: 1020 }), anomaly(2, { file, line: 8 })] }));
    await fireEvent.click(await soon(container, '[data-seen="1"]'));
    await waitFor(() => expect(container.querySelector('[data-line="1020"].here')?.textContent).toContain('now 1020'));
    await fireEvent.click(screen.getByText('Back to Live'));
    await fireEvent.click(one(container, '[data-seen="2"]'));
    await waitFor(() => expect(container.querySelector('[data-detail="7"]')).not.toBeNull());
  });

  it('shows what stands in a log now, where it was rotated since', async () => {
    const { api, container, line } = await opened();
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    line.tell(pulse({ anomalies: [anomaly(1, { file, line: 8 })] }));
    api.explore.now.mockResolvedValueOnce({ file, total: 8, lines: [{ line: 8, text: 'after the rotation', event: null }] });
    await fireEvent.click(await soon(container, '[data-seen="1"]'));
    await waitFor(() => expect(container.querySelector('[data-line="8"].here')).not.toBeNull());
    expect(container.querySelector('[data-detail]')).toBeNull();
  });

  it('says which logs are gone, and offers a new report while it goes on', async () => {
    const { api, container, line } = await opened();
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    line.tell(pulse());
    await fireEvent.click(await soon(container, '[data-do="analyze-live"]'));
    await waitFor(() => expect(container.querySelector('[data-verdict]')).not.toBeNull());
    expect(api.analyze).toHaveBeenCalledTimes(2);
    expect(api.cancel).not.toHaveBeenCalled();
    await fireEvent.click(one(container, '[data-go="live"]'));
    expect(container.querySelector('[data-do="analyze-live"]')).toBeNull();
    line.end({ ...failure, code: 'not_found', message: '/cases/4711 does not exist' });
    expect((await screen.findByRole('alert')).textContent).toContain('/cases/4711 does not exist.');
    expect(one(container, '[data-live="stopped"]')).toBeTruthy();
  });

  it('says that an archive cannot be followed', async () => {
    const { container, line } = await opened();
    await fireEvent.keyDown(window, { key: 'l', ctrlKey: true });
    line.end({ ...failure, code: 'packed', message: '/cases/4711.tgz is packed' });
    expect((await screen.findByRole('alert')).textContent).toContain('An archive cannot be followed');
    expect(one(container, '[data-do="start-live"]')).toBeTruthy();
  });
});
