import { cleanup, render } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import { bytes, exactBytes, exactSeconds, seconds } from '../lib/format';
import Figure from './Figure.svelte';

afterEach(cleanup);

/** What a figure says, and what it says to a pointer. */
function shown(text: string, exact: string): (string | null)[] {
  const { container } = render(Figure, { text, exact });
  const figure = container.querySelector('.figures') as HTMLElement;
  return [figure.textContent, figure.getAttribute('title')];
}

describe('a figure', () => {
  it('has its exact value, where that says more', () => {
    expect(shown(bytes(3_412_000), exactBytes(3_412_000))).toEqual(['3.4 MB', '3,412,000 bytes']);
    expect(shown(seconds(75.25), exactSeconds(75.25))).toEqual(['1 min 15 s', '75.25 s']);
    expect(shown(seconds(12), exactSeconds(12))).toEqual(['12 s', null]);
  });
});
