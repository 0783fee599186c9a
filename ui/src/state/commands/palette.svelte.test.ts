import { describe, expect, it, vi } from 'vitest';

import type { Command } from './command';
import { Palette, type Memory } from './palette.svelte';

const act = () => undefined;
const all: Command[] = [
  { id: 'look.dark', group: 'look', text: 'Theme: Dark', act },
  { id: 'go.evidence', group: 'go', text: 'Evidence', act },
  { id: 'go.live', group: 'go', text: 'Live', able: false, act },
  { id: 'open.logs', group: 'open', text: 'Open recent: logs', hint: '/var/log/kolla', act },
  { id: 'evidence.E1', group: 'evidence', text: 'Evidence E1', hint: 'nova-compute · No valid host', kind: 'many', act },
  { id: 'window.close', group: 'window', text: 'Cancel', keys: ['Escape'], kind: 'key', act },
];

const typed = (text: string): Command[] => [{ id: 'typed.ask', group: 'typed', text: `Ask “${text}”`, act }];

function memory(text: string | null = null): Memory & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_: string, value: string) {
      this.text = value;
    },
  };
}

function palette(kept: Memory | null = null): Palette {
  const one = new Palette(() => all, typed, kept);
  one.open();
  return one;
}

const listed = (one: Palette) => one.sections.map(({ title, entries }) => [title, ...entries.map(({ command }) => command.id)]);

describe('the palette', () => {
  it('lists what can be done, by group, without what is many and what is keys alone', () => {
    expect(listed(palette())).toEqual([
      ['Go to', 'go.evidence'],
      ['Open', 'open.logs'],
      ['Appearance', 'look.dark'],
    ]);
  });

  it('lists what is asked for, what fits best first, and what can be done with the words last', () => {
    const one = palette();
    one.text = 'evid';
    expect(listed(one)).toEqual([
      ['Go to', 'go.evidence'],
      ['Evidence', 'evidence.E1'],
      ['With what is written', 'typed.ask'],
    ]);
    one.text = 'valid';
    expect(listed(one)[0]).toEqual(['Evidence', 'evidence.E1']);
  });

  it('marks the letters in text and hint', () => {
    const one = palette();
    one.text = 'recent kolla';
    const [entry] = one.sections.flatMap((section) => section.entries);
    expect(entry?.text.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['recent']);
    expect(entry?.hint.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['kolla']);
  });

  it('puts first what was used last, also after a new start, and not what was typed', () => {
    const kept = memory();
    const one = palette(kept);
    for (const id of ['go.evidence', 'look.dark', 'go.evidence']) one.use(all.find((command) => command.id === id) as Command);
    one.use(typed('why')[0] as Command);
    const again = palette(kept);
    expect(again.used).toEqual(['go.evidence', 'look.dark']);
    expect(listed(again)).toEqual([
      ['Used last', 'go.evidence', 'look.dark'],
      ['Open', 'open.logs'],
    ]);
  });

  it('does without a memory that is damaged, forbidden or full', () => {
    for (const text of ['{', '7', '[1, 2]', null]) expect(palette(memory(text)).used).toEqual([]);
    const full = { getItem: vi.fn(() => { throw new Error('forbidden'); }), setItem: vi.fn(() => { throw new Error('full'); }) };
    const one = palette(full);
    one.use(all[0] as Command);
    expect(one.used).toEqual(['look.dark']);
  });
});
