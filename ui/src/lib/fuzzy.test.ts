import { describe, expect, it } from 'vitest';

import { fuzzy, partsAt } from './fuzzy';

/** The texts that match, the best first. */
function ranked(query: string, texts: string[]): string[] {
  const found = texts.flatMap((text) => fuzzy(query, text) ?? []).length;
  const score = (text: string) => fuzzy(query, text)?.score ?? -Infinity;
  return texts.toSorted((a, b) => score(b) - score(a)).slice(0, found);
}

/** The text with the matching letters in brackets. */
function shown(query: string, text: string): string {
  return partsAt(text, fuzzy(query, text)?.places ?? []).map((part) => (part.hit ? `[${part.text}]` : part.text)).join('');
}

describe('a fuzzy match', () => {
  it.each([
    ['evid', 'Go to Evidence', 'Go to [Evid]ence'],
    ['gte', 'Go to Evidence', '[G]o [t]o [E]vidence'],
    ['idence', 'Go to Evidence', 'Go to Ev[idence]'],
    ['theme dark', 'Theme: Dark', '[Theme]: [Dark]'],
    ['dark th', 'Theme: Dark', '[Th]eme: [Dark]'],
    ['exp', 'Filters of the Explorer', 'Filters of the [Exp]lorer'],
    ['nvh', 'NoValidHost', '[N]o[V]alid[H]ost'],
  ])('marks %s in %s', (query, text, expected) => {
    expect(shown(query, text)).toBe(expected);
  });

  it('needs every word, and letters that are not strewn about from the middle of a word', () => {
    expect(fuzzy('dark moon', 'Theme: Dark')).toBeNull();
    expect(fuzzy('hk', 'Theme: Dark')).toBeNull();
    expect(fuzzy('krad', 'Theme: Dark')).toBeNull();
  });

  it('prefers letters in a row, then beginnings of words, then short texts', () => {
    expect(ranked('set', ['Reset all', 'Sort events by time', 'Settings'])).toEqual(['Settings', 'Sort events by time', 'Reset all']);
    expect(ranked('e1', ['Evidence E12', 'Evidence E1'])).toEqual(['Evidence E1', 'Evidence E12']);
  });

  it('takes everything where nothing is asked, and places letters that are longer in lower case', () => {
    expect(fuzzy('  ', 'Home')?.places).toEqual([]);
    expect(shown('logs', 'İİ/logs')).toBe('İİ/[logs]');
  });
});
