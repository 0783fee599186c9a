import { beforeEach, describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { report } from '../fixtures/report';
import type { Report } from '../lib/types';
import { Marks, type On } from './marks.svelte';

const cause = (rank: number): On => ({ kind: 'causes', rank });
const piece = (id: string): On => ({ kind: 'evidence', id });

let api = fakeApi();
let shown: Report | null = report;
let marks = new Marks(api, () => shown);

const ids = () => marks.evidence([...report.evidence, ...marks.own]).shown.map((one) => one.id);
const ranks = () => marks.causes(report.causes).shown.map((one) => one.rank);

beforeEach(async () => {
  api = fakeApi();
  shown = report;
  marks = new Marks(api, () => shown);
  await marks.load();
});

describe('the marks', () => {
  it('leave a report as it is until something is marked', () => {
    expect(ids()).toEqual(['E1', 'E2', 'E3']);
    expect(ranks()).toEqual([1, 2]);
    expect(marks.undoable).toBe(false);
  });

  it('put what is pinned first, in the order of pinning and then of moving', async () => {
    await marks.pin(piece('E3'));
    await marks.pin(piece('E2'));
    expect(ids()).toEqual(['E3', 'E2', 'E1']);
    await marks.move(piece('E2'), -1);
    expect(ids()).toEqual(['E2', 'E3', 'E1']);
    await marks.move(piece('E2'), -1);
    await marks.move(piece('E1'), -1);
    expect(ids()).toEqual(['E2', 'E3', 'E1']);
    await marks.pin(piece('E2'));
    expect(ids()).toEqual(['E3', 'E1', 'E2']);
  });

  it('put aside what is dismissed, and take it back', async () => {
    await marks.dismiss(piece('E1'));
    expect(ids()).toEqual(['E2', 'E3']);
    expect(marks.evidence(report.evidence).dismissed.map((one) => one.id)).toEqual(['E1']);
    expect(marks.done?.text).toBe('Dismissed E1');
    await marks.dismiss(piece('E1'));
    expect(ids()).toEqual(['E1', 'E2', 'E3']);
  });

  it('put causes in order, by keys and by dragging', async () => {
    await marks.move(cause(2), -1);
    expect(ranks()).toEqual([2, 1]);
    await marks.place(cause(2), 'cause 1');
    expect(ranks()).toEqual([1, 2]);
    await marks.place(cause(2), 'record E1');
    expect(ranks()).toEqual([1, 2]);
    expect(api.marks.save).toHaveBeenCalledTimes(2);
  });

  it('keep a note as typed, with all that is typed in one go as one change', async () => {
    await marks.write(piece('E2'), 'look');
    await marks.write(piece('E2'), 'look\n  here ');
    expect(marks.note(piece('E2'))).toBe('look\n  here ');
    marks.leave();
    await marks.write(piece('E2'), 'or there');
    await marks.undo();
    expect(marks.note(piece('E2'))).toBe('look\n  here ');
    await marks.undo();
    expect(marks.note(piece('E2'))).toBe('');
    expect(marks.undoable).toBe(false);
  });

  it('take back everything, the last first', async () => {
    await marks.pin(piece('E3'));
    await marks.dismiss(cause(1));
    await marks.add(5);
    expect(ids()).toEqual(['E3', 'U1', 'E1', 'E2']);
    await marks.undo();
    expect(ids()).toEqual(['E3', 'E1', 'E2']);
    await marks.undo();
    expect(ranks()).toEqual([1, 2]);
    await marks.undo();
    expect(ids()).toEqual(['E1', 'E2', 'E3']);
    expect(api.marks.save).toHaveBeenLastCalledWith({ order: [], causes: [], evidence: [], own: [] });
  });

  it('add an event once, and remove it again', async () => {
    await marks.add(5);
    await marks.add(5);
    expect(ids()).toEqual(['U1', 'E1', 'E2', 'E3']);
    await marks.pin(piece('U1'));
    expect(ids()).toEqual(['E1', 'E2', 'E3', 'U1']);
    await marks.dismiss(piece('U1'));
    expect(ids()).toEqual(['E1', 'E2', 'E3']);
  });

  it('tell what could not be kept, and change nothing then', async () => {
    api.marks.save.mockRejectedValueOnce(failure);
    await marks.pin(piece('E3'));
    expect(marks.failure).toEqual(failure);
    expect(ids()).toEqual(['E1', 'E2', 'E3']);
    await marks.pin(piece('E2'));
    expect(api.marks.save.mock.lastCall?.[0].evidence.map((mark) => mark.key)).toEqual(['record E2']);
  });

  it('write nothing over marks that could not be read', async () => {
    api.marks.load.mockRejectedValueOnce(failure);
    await marks.load();
    await marks.pin(piece('E1'));
    expect(marks.failure).toEqual(failure);
    expect(api.marks.save).not.toHaveBeenCalled();
    expect(ids()).toEqual(['E1', 'E2', 'E3']);
  });

  it('forget how to take back what was done to other logs, but not where the same are analyzed again', async () => {
    await marks.pin(piece('E3'));
    shown = { ...report };
    await marks.load(true);
    expect(ids()).toEqual(['E3', 'E1', 'E2']);
    expect(marks.undoable).toBe(true);
    await marks.load();
    expect(marks.undoable).toBe(false);
  });
});
