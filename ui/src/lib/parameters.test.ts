import { describe, expect, it } from 'vitest';

import { settings } from '../fixtures/api';
import { ranges } from '../fixtures/models';
import { about, bounds, matches, names, problem, read, write } from './parameters';

const limits = { defaults: settings, ranges };

describe('parameters', () => {
  it('are all told what they do and when to change them, and none is left out', () => {
    const all = [...names('analysis'), ...names('training')];
    const { analysis, tfidf, lstm } = settings;
    const held = Object.entries({ analysis, tfidf, lstm }).flatMap(([group, values]) => Object.keys(values).map((key) => `${group}.${key}`));
    expect([...all].sort()).toEqual([...held].sort());
    for (const name of all) expect(about(name).what.length * about(name).when.length, name).toBeGreaterThan(0);
  });

  it('are read and written by name', () => {
    const copy = structuredClone(settings);
    write(copy, 'lstm.units', 7);
    write(copy, 'tfidf.stop_words', false);
    expect([read(copy, 'lstm.units'), copy.tfidf.stop_words, read(copy, 'analysis.max_causes')]).toEqual([7, false, 10]);
  });

  it('are judged while they are typed', () => {
    const causes = bounds(limits, 'analysis.max_causes');
    for (const [typed, fine] of [['1', true], ['10', true], ['11', false], ['0', false], ['2.5', false], ['', false], ['x', false]] as const) {
      expect(problem(typed, causes) === null, typed).toBe(fine);
    }
    expect(problem('11', causes)).toBe('This must be a whole number between 1 and 10.');
    expect(problem('1.5', bounds(limits, 'lstm.dropout'))).toBe('This must be between 0 and 0.9.');
    const seed = bounds(limits, 'lstm.seed');
    expect([problem('0', seed), problem('-1', seed)]).toEqual([null, 'This must be a number of 0 or more.']);
  });
});

describe('a search', () => {
  it('wants all its words somewhere', () => {
    expect(matches('cause most', 'Most causes', 'in a report')).toBe(true);
    expect(matches('cause light', 'Most causes', 'in a report')).toBe(false);
    expect(matches('', 'anything')).toBe(true);
  });
});
