import { describe, expect, it } from 'vitest';

import { marked, marker } from './marks';

const hits = (text: string, query: string) => marked(text, marker(query)).filter((part) => part.hit).map((part) => part.text);

describe('marks', () => {
  it('are where the words of a query stand, in any case', () => {
    expect(hits('No valid Host was found', 'host "no valid"')).toEqual(['No valid', 'Host']);
    expect(hits('timed out, timeout', '/time(d |)out/')).toEqual(['timed out', 'timeout']);
  });

  it('are not what a query rules out or asks of a field', () => {
    expect(hits('nova host', '-nova service:host')).toEqual([]);
    expect(marker('level:error')).toBeNull();
  });

  it('take signs for what they are, and leave out an expression that is none', () => {
    expect(hits('a.b axb (1*2)', 'a.b (1*2)')).toEqual(['a.b', '(1*2)']);
    expect(hits('a(b', '/a(/ b')).toEqual(['b']);
    expect(hits('aaa', '/x*/')).toEqual([]);
  });

  it('keep every letter of the text', () => {
    const text = `start ${'x'.repeat(30_000)} start`;
    expect(marked(text, marker('start')).map((part) => part.text).join('')).toBe(text);
    expect(marked('', marker('a'))).toEqual([{ text: '', hit: false }]);
  });
});
