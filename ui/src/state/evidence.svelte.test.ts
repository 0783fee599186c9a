import { describe, expect, it } from 'vitest';

import { fakeApi } from '../fixtures/api';
import { report } from '../fixtures/report';
import { EvidenceList } from './evidence.svelte';
import { Scope } from './scope.svelte';

const ids = (list: EvidenceList) => list.shown.map((piece) => piece.id);

describe('the evidence', () => {
  it('is all shown at first', () => {
    const list = new EvidenceList(() => report, new Scope(fakeApi()));
    expect(ids(list)).toEqual(['E1', 'E2', 'E3']);
    expect(list.filtered).toBe(false);
  });

  it('is filtered by cause and by every word, wherever it stands', () => {
    const list = new EvidenceList(() => report, new Scope(fakeApi()));
    list.cause = 2;
    expect(ids(list)).toEqual(['E2']);
    list.cause = null;
    list.query = 'COMPUTE resource';
    expect(ids(list)).toEqual(['E3']);
    list.query = 'nova-conductor.log:812';
    expect(ids(list)).toEqual(['E2']);
    list.query = 'nowhere';
    expect(ids(list)).toEqual([]);
  });

  it('opens what a citation leads to, whatever was filtered', () => {
    const list = new EvidenceList(() => report, new Scope(fakeApi()));
    list.query = 'nowhere';
    list.jump('E2');
    expect(ids(list)).toContain('E2');
    expect(list.open).toEqual(['E2']);
    expect(list.target).toBe('E2');
    list.toggle('E2');
    expect(list.open).toEqual([]);
  });

  it('knows the causes that rest on it', () => {
    expect(new EvidenceList(() => report, new Scope(fakeApi())).causesOf('E2')).toEqual([1, 2]);
  });

  it('is empty without a report', () => {
    expect(new EvidenceList(() => null, new Scope(fakeApi())).shown).toEqual([]);
  });
});
