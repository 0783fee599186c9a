import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';

import { alike, differences, small, written } from './approve.js';

/** A window of 1280 by 800 with a side bar, a card and lines of text in it. */
function screen({ card = 300, top = 120, text = 7, dark = false, height = 800 } = {}) {
  const image = new PNG({ width: 1280, height });
  const paint = (left, upper, right, lower, grey) => {
    const shade = dark ? 255 - grey : grey;
    for (let y = upper; y < Math.min(lower, height); y += 1) {
      for (let x = left; x < right; x += 1) image.data.set([shade, shade, shade, 255], (y * 1280 + x) * 4);
    }
  };
  paint(0, 0, 1280, height, 255);
  paint(0, 0, 208, height, 225);
  paint(card, top, card + 600, top + 240, 235);
  // Letters: thin strokes, `text` pixels from one to the next.
  for (let line = 0; line < 8; line += 1) {
    for (let x = card + 20; x < card + 500; x += text) paint(x, top + 20 + line * 26, x + 1, top + 30 + line * 26, 30);
  }
  return PNG.sync.write(image);
}

describe('screenshots', () => {
  const before = small(screen());

  it('are alike where only letters are others', () => {
    expect(alike(before, small(screen({ text: 6 })))).toBe(true);
    expect(alike(before, small(screen({ text: 9 })))).toBe(true);
  });

  it.each([
    ['moved to the side', { card: 330 }],
    ['moved down', { top: 160 }],
    ['turned dark', { dark: true }],
  ])('differ where something %s', (_, change) => {
    const now = small(screen(change));
    expect(alike(before, now)).toBe(false);
    expect(differences(before, now)?.[0]?.by).toBeGreaterThan(8);
  });

  it('differ where they have other sizes', () => {
    expect(alike(before, small(screen({ height: 600 })))).toBe(false);
  });

  it('are kept small, and read back as they were', () => {
    const kept = written(before);
    expect(kept.length).toBeLessThan(8_000);
    expect(small(kept)).toEqual(before);
  });
});
