import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { one, soon } from '../../fixtures/page';
import { kinds } from '../../fixtures/templates';

afterEach(cleanup);

/** The window with the templates of its logs in sight. */
async function opened() {
  const api = fakeApi();
  api.opening.mockResolvedValueOnce('/cases/4711');
  const { container } = render(App, { api });
  await waitFor(() => expect(container.querySelector('[data-verdict]')).not.toBeNull());
  await fireEvent.click(one(container, '[data-go="patterns"]'));
  await waitFor(() => expect(container.querySelectorAll('[data-template]')).toHaveLength(4));
  return { api, container };
}

describe('the table of templates', () => {
  it('names, splits and mutes one, and takes that back', async () => {
    const { api, container } = await opened();
    const [first] = kinds;
    await fireEvent.click(one(container, '[data-template="0"] input'));
    await fireEvent.input(one(container, '[data-do="name"]'), { target: { value: 'Memory' } });
    await fireEvent.click(one(container, '[data-do="keep-name"]'));
    await fireEvent.click(one(container, '[data-split="3"]'));
    await fireEvent.click(one(container, '[data-template="0"] [data-do="mute"]'));
    const template = first?.template;
    await waitFor(() => expect(api.templates.edit.mock.calls.map(([edit]) => edit)).toEqual([
      { kind: 'name', template, name: 'Memory' },
      { kind: 'split', template, place: 3 },
      { kind: 'mute', template, muted: true },
    ]));
    await waitFor(() => expect(container.querySelector('[data-changes="3"]')).not.toBeNull());
    await fireEvent.click(one(container, '[data-do="undo"]'));
    expect(api.templates.undo).toHaveBeenCalledWith(2);
    expect(one(container, '[data-do="analyze-templates"]')).toBeTruthy();
  });

  it('merges those of one logger alone', async () => {
    const { api, container } = await opened();
    for (const number of [0, 3]) await fireEvent.click(one(container, `[data-template="${number}"] input`));
    expect((one(container, '[data-do="merge"]') as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText('Only templates of one logger can be merged.')).toBeTruthy();
    await fireEvent.click(one(container, '[data-template="3"] input'));
    await fireEvent.click(one(container, '[data-template="1"] input'));
    await fireEvent.click(one(container, '[data-do="merge"]'));
    expect(api.templates.edit.mock.lastCall?.[0]).toMatchObject({ kind: 'merge', into: { text: 'Filter <*> returned <*> hosts' } });
  });

  it('is where an event leads, which can mute its template itself; what is muted says so', async () => {
    const { api, container } = await opened();
    await fireEvent.click(one(container, '[data-go="explorer"]'));
    expect((await soon(container, '[data-facet="template"] li.muted')).textContent).toContain('Muted');
    await fireEvent.click(await soon(container, '[data-event="1"]'));
    await fireEvent.click(await soon(container, '[data-do="mute-template"]'));
    expect(api.templates.edit.mock.lastCall?.[0]).toMatchObject({ kind: 'mute', template: { origin: 'nova.filters' }, muted: true });
    await fireEvent.click(await soon(container, '[data-do="edit-template"]'));
    expect(container.querySelector('main')?.dataset.screen).toBe('patterns');
    await waitFor(() => expect(container.querySelector('[data-chosen="1"]')).not.toBeNull());
  });
});
