import { describe, expect, it, vi } from 'vitest';

import { fakeApi, failure } from '../fixtures/api';
import { kinds } from '../fixtures/templates';
import { common, Templates } from './templates.svelte';

async function loaded() {
  const [api, edited] = [fakeApi(), vi.fn(() => Promise.resolve())];
  const templates = new Templates(api, edited);
  await templates.load();
  return { api, edited, templates };
}

describe('templates', () => {
  it('are filtered by the words of text, logger and name', async () => {
    const { templates } = await loaded();
    templates.filter = 'filters DISK';
    expect(templates.shown.map(({ number }) => number)).toEqual([1]);
    templates.filter = '';
    expect(templates.shown).toHaveLength(4);
  });

  it('are merged where they are of one logger, with a wildcard where they differ', async () => {
    const { api, edited, templates } = await loaded();
    for (const number of [0, 1]) templates.toggle(number);
    expect(templates.apart).toBe(false);
    await templates.merge();
    const [first, second] = kinds.map(({ template }) => template);
    expect(api.templates.edit).toHaveBeenCalledWith({ kind: 'merge', into: { origin: 'nova.filters', text: 'Filter <*> returned <*> hosts' }, from: [first, second] });
    expect([edited.mock.calls.length, templates.changed]).toEqual([1, true]);
    templates.toggle(3);
    expect(templates.apart).toBe(true);
  });

  it('are named, split and muted, and each edit is taken back', async () => {
    const { templates } = await loaded();
    const [first] = kinds;
    if (!first) return;
    await templates.name(first, ' memory ');
    await templates.split(first, 3);
    await templates.mute([first], true);
    expect(templates.edits.map((edit) => edit.kind)).toEqual(['name', 'split', 'mute']);
    expect(templates.edits[0]).toMatchObject({ name: 'memory' });
    await templates.undo(1);
    expect(templates.edits.map((edit) => edit.kind)).toEqual(['name', 'mute']);
  });

  it('say why an edit could not be kept', async () => {
    const { api, edited, templates } = await loaded();
    api.templates.edit.mockRejectedValueOnce({ ...failure, code: 'settings_file' });
    await templates.mute(kinds, true);
    expect([templates.failure?.code, templates.changed]).toEqual(['settings_file', false]);
    expect(edited).not.toHaveBeenCalled();
  });

  it('have in common what stands in the same places', () => {
    expect(common(['a b c', 'a x c'])).toBe('a <*> c');
    expect(common(['a b', 'a b c'])).toBe('a b');
    expect(common(['a'])).toBe('a');
  });
});
