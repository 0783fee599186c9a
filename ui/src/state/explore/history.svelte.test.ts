import { describe, expect, it } from 'vitest';

import { History } from './history.svelte';

describe('the history of a view', () => {
  it('goes back and forward, and no further than there is', () => {
    const history = new History('a');
    history.push('b');
    history.push('c');
    history.back();
    expect([history.current, history.canBack, history.canForward]).toEqual(['b', true, true]);
    history.back();
    history.back();
    expect([history.current, history.canBack]).toEqual(['a', false]);
    history.forward();
    history.forward();
    history.forward();
    expect([history.current, history.canForward]).toEqual(['c', false]);
  });

  it('forgets what lay ahead when another way is taken', () => {
    const history = new History('a');
    history.push('b');
    history.back();
    history.push('c');
    expect([history.current, history.canForward]).toEqual(['c', false]);
    history.back();
    expect(history.current).toBe('a');
  });

  it('changes an address in its place', () => {
    const history = new History('a');
    history.push('b');
    history.replace('B');
    history.back();
    history.forward();
    expect(history.current).toBe('B');
  });

  it('does not grow without end', () => {
    const history = new History(0);
    for (let n = 1; n <= 500; n += 1) history.push(n);
    expect(history.current).toBe(500);
    for (let n = 0; n < 500; n += 1) history.back();
    expect(history.current).toBe(301);
  });
});
