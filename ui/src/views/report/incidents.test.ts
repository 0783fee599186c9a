import { cleanup, fireEvent, render, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';
import { twoIncidents } from '../../fixtures/report';

afterEach(cleanup);

/** The window with a report of two incidents open. */
async function opened(api = fakeApi()) {
  api.opening.mockResolvedValueOnce('/cases/4711');
  api.analyze.mockResolvedValueOnce(twoIncidents);
  const { container } = render(App, { api });
  await soon(container, '[data-incident]');
  return container;
}

const chosen = (container: HTMLElement, incident: string) =>
  waitFor(() => expect(one(container, '[data-incident][aria-checked="true"]').dataset['incident']).toBe(incident));

describe('the choice of incidents', () => {
  it('is not there where there is only one', async () => {
    const api = fakeApi();
    api.opening.mockResolvedValueOnce('/cases/4711');
    const { container } = render(App, { api });
    await soon(container, '[data-verdict]');
    expect(container.querySelector('[data-incident]')).toBeNull();
  });

  it('begins with all, and names time, service and title of each', async () => {
    const container = await opened();
    await chosen(container, 'all');
    const second = one(container, '[data-incident="2"]').textContent;
    for (const part of ['2. neutron-server', 'A network agent has stopped reporting', '2026-03-02 04:10:00 – 04:31:00']) {
      expect(second).toContain(part);
    }
  });

  it('shows the report of the one that is clicked, and all again', async () => {
    const api = fakeApi();
    const container = await opened(api);
    await fireEvent.click(one(container, '[data-incident="2"]'));
    await chosen(container, '2');
    expect(api.chooseIncident).toHaveBeenLastCalledWith(2);
    await fireEvent.click(one(container, '[data-incident="all"]'));
    await chosen(container, 'all');
    expect(api.analyze).toHaveBeenCalledOnce();
  });

  it('goes by arrow keys, and the focus with it', async () => {
    const container = await opened();
    await fireEvent.keyDown(one(container, '[data-incident="all"]'), { key: 'ArrowLeft' });
    await chosen(container, '2');
    await waitFor(() => expect(document.activeElement).toBe(one(container, '[data-incident="2"]')));
  });
});
