import { describe, expect, it } from 'vitest';

import { between, bytes, clip, clock, count, counted, exactBytes, exactSeconds, folderName, percent, place, score, seconds, shortCount, shortPath, moment, span } from './format';

describe('a moment', () => {
  it('is on the incident’s clock, whatever the zone of the desktop, with its day where that matters', () => {
    const time = Date.UTC(2026, 2, 2, 9, 41, 2, 120);
    expect(moment(time)).toBe('09:41:02.120');
    expect(moment(time, true)).toBe('03-02 09:41:02.120');
  });
});

describe('numbers', () => {
  it('are grouped and carry their noun', () => {
    expect(count(1234567)).toBe('1,234,567');
    expect([shortCount(31_230), shortCount(7_340_000)]).toEqual(['31,230', '7.3M']);
    expect(counted(1, 'file')).toBe('1 file');
    expect(counted(0, 'entry', 'entries')).toBe('0 entries');
  });

  it('are sizes, shares and scores', () => {
    expect(bytes(999)).toBe('999 B');
    expect(bytes(250_000_000)).toBe('250 MB');
    expect(bytes(1_540)).toBe('1.5 kB');
    expect([exactBytes(1), exactBytes(3_412_000)]).toEqual(['1 byte', '3,412,000 bytes']);
    expect(percent(0.874)).toBe('87 %');
    expect(score(0.5)).toBe('0.50');
    expect(score(null)).toBe('–');
  });
});

describe('times', () => {
  it('are shown as logged', () => {
    expect(clock('2018-06-26T03:59:21.486')).toBe('03:59:21.486');
    expect(clock('2018-06-26 03:59:21,486+02:00')).toBe('03:59:21.486');
    expect(clock('yesterday')).toBe('yesterday');
  });

  it('say the day once', () => {
    expect(span('2026-01-02T03:00:00.000', '2026-01-02T04:00:00.000')).toBe('2026-01-02 03:00:00 – 04:00:00');
    expect(span('2026-01-02T03:00:00', '2026-01-03T04:00:00')).toBe('2026-01-02 03:00:00 – 2026-01-03 04:00:00');
  });

  it('have distances', () => {
    expect(between('2026-01-02T03:00:00.000', '2026-01-02T03:00:01.500')).toBe(1.5);
    expect(seconds(0.0123)).toBe('12 ms');
    expect(seconds(75)).toBe('1 min 15 s');
    expect(seconds(60)).toBe('1 min');
    expect(seconds(3_700)).toBe('1 h 01 min');
    expect(exactSeconds(3_700.2504)).toBe('3,700.25 s');
  });
});

describe('texts', () => {
  it('keep the end of a path', () => {
    expect(shortPath('/var/log', 20)).toBe('/var/log');
    expect(shortPath('/a/very/long/path/to/some/kolla/logs', 20)).toBe('…/to/some/kolla/logs');
    expect(shortPath('/var/controller-1.example.com/logs', 20)).toBe('…-1.example.com/logs');
  });

  it('name a folder', () => {
    expect(folderName('/home/op/case-4711/')).toBe('case-4711');
    expect(folderName('/var/log')).toBe('var/log');
    expect(folderName('C:\\\\cases\\\\a')).toBe('a');
    expect(folderName('/')).toBe('/');
  });

  it('are clipped', () => {
    expect(clip('abcdef', 4)).toBe('abc…');
  });

  it('name a place in the source', () => {
    expect(place({ file: 'nova/a.py', line: 3, function: 'f' })).toBe('nova/a.py:3 in f');
    expect(place({ file: 'nova/a.py', line: null, function: null })).toBe('nova/a.py');
  });
});
