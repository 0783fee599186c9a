import { describe, expect, it } from 'vitest';

import { inverted, isWithin, narrowed, parse, quoted, stance, widened, within, without } from './query';

describe('a query', () => {
  it('is taken apart into words, phrases, expressions and fields', () => {
    const terms = parse('disk "no valid host" /time[d ]?out/ level:>=warning -service:nova-*,"x y" /var/log http://a:1');
    expect(terms.map(({ text }) => text)).toEqual([
      'disk',
      '"no valid host"',
      '/time[d ]?out/',
      'level:>=warning',
      '-service:nova-*,"x y"',
      '/var/log',
      'http://a:1',
    ]);
    expect(terms[1]?.values).toEqual(['no valid host']);
    expect(terms[2]).toMatchObject({ form: 'regex', values: ['time[d ]?out'] });
    expect(terms[4]).toMatchObject({ negated: true, field: 'service', values: ['nova-*', '"x y"'] });
    expect(terms[5]).toMatchObject({ form: 'words', field: null });
  });

  it('is taken apart as it is written, half a word at a time', () => {
    for (const text of ['-', '"', '"a', 'host:', 'host:"a', '/', '/a', ',', 'a:b,', '\\']) {
      expect(parse(text).map((term) => term.text).join(' ')).toBe(text);
    }
    expect(parse('  ')).toEqual([]);
  });

  it('takes a value of a field in, beside others of the field, and out again', () => {
    const one = narrowed('disk', 'host', 'ctl-1');
    expect(one).toBe('disk host:ctl-1');
    expect(narrowed(one, 'host', 'ctl-2')).toBe('disk host:ctl-1,ctl-2');
    expect(widened('disk host:ctl-1,ctl-2', 'host', 'ctl-1')).toBe('disk host:ctl-2');
    expect(widened(one, 'host', 'CTL-1')).toBe('disk');
  });

  it('rules a value out that it asked for, and the other way round', () => {
    expect(narrowed('host:ctl-1,ctl-2 disk', 'host', 'ctl-1', true)).toBe('host:ctl-2 disk -host:ctl-1');
    expect(narrowed('-host:ctl-1', 'host', 'ctl-1')).toBe('host:ctl-1');
    expect(stance('host:a -host:b', 'host', 'a')).toBe('included');
    expect(stance('host:a -host:b', 'host', 'b')).toBe('excluded');
    expect(stance('host:a service:c', 'host', 'c')).toBeNull();
  });

  it('quotes what would mean something else, so that it is read back', () => {
    for (const value of ['a b', 'say "no"', 'a,b', 'back\\slash', '*', '', '>=error', 'nova/nova-api.log', 'ünïcode:1']) {
      const query = narrowed('', 'file', value);
      expect(parse(query)).toHaveLength(1);
      expect(stance(query, 'file', value)).toBe('included');
      expect(widened(query, 'file', value)).toBe('');
    }
    expect(quoted('nova-compute')).toBe('nova-compute');
  });

  it('has one span of time at most', () => {
    const first = within('disk time:2026-01-01', [Date.UTC(2026, 2, 2, 9, 40), Date.UTC(2026, 2, 2, 9, 45, 0, 120)]);
    expect(first).toBe('disk time:2026-03-02T09:40:00..2026-03-02T09:45:00.120');
    expect(isWithin(first)).toBe(true);
    expect(within(first, null)).toBe('disk');
  });

  it('loses a term, and turns one into its opposite', () => {
    expect(without('a "b c" d', 1)).toBe('a d');
    expect(inverted('a -b', 0)).toBe('-a -b');
    expect(inverted('a -b', 1)).toBe('a b');
  });
});
