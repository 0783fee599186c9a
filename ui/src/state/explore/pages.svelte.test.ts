import { describe, expect, it, vi } from 'vitest';

import { Pages } from './pages.svelte';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Pages of ten over numbers; `limit` is how many rows there are to fetch. */
function numbers(most = 8) {
  const source = { limit: 10_000, add: 0 };
  const fetch = vi.fn((start: number, count: number) =>
    Promise.resolve(Array.from({ length: Math.max(0, Math.min(count, source.limit - start)) }, (_, at) => start + at + source.add)),
  );
  return { source, fetch, pages: new Pages(fetch, 10, most) };
}

describe('pages', () => {
  it('fetch what is in sight first, then what is beside it, each once', async () => {
    const { pages, fetch } = numbers();
    pages.reset(1000);
    fetch.mockClear();
    pages.see(105, 118);
    await settled();
    pages.see(106, 119);
    await settled();
    expect(fetch.mock.calls.map(([start]) => start)).toEqual([100, 110, 120, 90]);
    expect([pages.at(105), pages.at(119), pages.at(500)]).toEqual([105, 119, undefined]);
  });

  it('keep a bounded number, those in sight among them', async () => {
    const { pages, fetch } = numbers();
    pages.reset(10_000);
    for (let at = 0; at < 500; at += 10) {
      pages.see(at, at + 10);
      await settled();
    }
    expect(pages.at(495)).toBe(495);
    expect(pages.at(5)).toBeUndefined();
    fetch.mockClear();
    pages.see(0, 10);
    await settled();
    expect(pages.at(5)).toBe(5);
    expect(fetch).toHaveBeenCalled();
  });

  it('show the rows before until those of another list are there', async () => {
    const { pages, source } = numbers();
    pages.reset(100);
    pages.see(0, 10);
    await settled();
    source.add = 1000;
    pages.reset(50);
    expect(pages.at(3)).toBe(3);
    await settled();
    expect(pages.at(3)).toBe(1003);
    expect(pages.at(60)).toBeUndefined();
  });

  it('drop what was fetched for the list before', async () => {
    let answer: (rows: number[]) => void = () => undefined;
    const pages = new Pages<number>(() => new Promise((resolve) => (answer = resolve)), 10);
    pages.reset(5);
    pages.see(0, 5);
    const late = answer;
    pages.reset(5);
    answer([7, 7, 7, 7, 7]);
    late([1, 1, 1, 1, 1]);
    await settled();
    expect(pages.at(0)).toBe(7);
  });

  it('fetch the last page again when the list grows, and no other', async () => {
    const { pages, source, fetch } = numbers();
    source.limit = 15;
    pages.reset(15);
    pages.see(0, 15);
    await settled();
    source.limit = 25;
    fetch.mockClear();
    pages.grow(25);
    pages.see(0, 15);
    await settled();
    expect(fetch.mock.calls.map(([start]) => start)).toEqual([10, 20]);
    expect(pages.at(18)).toBe(18);
  });

  it('try again what could not be fetched', async () => {
    const { pages, fetch } = numbers();
    fetch.mockRejectedValueOnce(new Error('no'));
    pages.reset(10);
    pages.see(0, 10);
    await settled();
    pages.see(0, 10);
    await settled();
    expect(pages.at(0)).toBe(0);
    expect(await pages.get(5)).toBe(5);
  });
});
