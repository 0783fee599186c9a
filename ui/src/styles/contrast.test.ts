/** Computes the contrast of all pairs of tokens that meet on the screen, as the Web Content Accessibility Guidelines define it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

type Colour = [red: number, green: number, blue: number, alpha: number];
type Tokens = Record<string, string>;

const css = readFileSync(join(process.cwd(), 'src/styles/tokens.css'), 'utf8');

/** The tokens of one rule. */
function rule(selector: string): Tokens {
  const from = css.indexOf(`${selector} {`);
  if (from < 0) throw new Error(`${selector} is not in tokens.css`);
  const body = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

const light = rule(':root');
const dark = { ...light, ...rule(":root[data-theme='dark']") };
const themes: Record<string, Tokens> = {
  light,
  dark,
  'light, high contrast': { ...light, ...rule(":root[data-theme='light'][data-contrast='high']") },
  'dark, high contrast': { ...dark, ...rule(":root[data-theme='dark'][data-contrast='high']") },
};

function colour(hex: string): Colour {
  const [red = 0, green = 0, blue = 0, alpha = 255] = (/^#(\w+)$/.exec(hex)?.[1]?.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  return [red, green, blue, alpha / 255];
}

/** One colour over another. */
function over([red, green, blue, alpha]: Colour, below: Colour): Colour {
  const mix = (top: number, under: number) => top * alpha + under * (1 - alpha);
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
}

function luminance([red, green, blue]: Colour): number {
  const linear = (part: number) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(one: Colour, other: Colour): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** A ground, such as `panel` or `hover on panel`. */
function ground(tokens: Tokens, name: string): Colour {
  const layers = name.split(' on ').map((layer) => colour(tokens[layer] ?? ''));
  return layers.reduceRight((below, top) => over(top, below));
}

/** The pairs that are too close, with their contrast. */
function tooClose(tokens: Tokens, pairs: [front: string, grounds: string[]][], least: number): string[] {
  const all = pairs.flatMap(([front, grounds]) => grounds.map((on) => ({ front, on, is: contrast(colour(tokens[front] ?? ''), ground(tokens, on)) })));
  return all.filter(({ is }) => is < least).map(({ front, on, is }) => `${front} on ${on}: ${is.toFixed(2)}`);
}

const still = ['ground', 'side', 'panel', 'raised', 'sunken'];
const touched = ['hover on ground', 'hover on side', 'hover on panel', 'hover on raised'];
const surfaces = [...still, ...touched];

const texts: [string, string[]][] = [
  ['text', [...surfaces, 'pressed on side', 'pressed on raised', 'accent-soft', 'mark', 'grey-soft']],
  ['text-soft', [...surfaces, 'grey-soft', 'accent-soft', 'mark']],
  ['text-faint', [...surfaces, 'accent-soft', 'mark']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-brand', ['brand']],
  ['accent', [...surfaces, 'accent-soft']],
  ['red', [...surfaces, 'red-soft', 'accent-soft']],
  ['amber', [...surfaces, 'amber-soft', 'accent-soft']],
  ['green', [...still, 'green-soft']],
  ['violet', [...still, 'violet-soft']],
];

const marks: [string, string[]][] = [
  ['accent', [...surfaces, 'grey-soft']],
  ['line-field', ['ground', 'panel', 'raised']],
  ['brand', ['panel', 'grey-soft']],
  ['red', ['panel']],
  ['amber', ['panel']],
  ['green', ['panel']],
  ...['error', 'warning', 'info', 'debug', 'departing'].map((name): [string, string[]] => [`chart-${name}`, ['panel', 'ground']]),
];

const lines: [string, string[]][] = ['line', 'line-strong'].map((name) => [name, still]);

describe('the ratio itself', () => {
  it('is that of the guidelines', () => {
    expect(contrast(colour('#000000'), colour('#ffffff'))).toBe(21);
    expect(contrast(colour('#777777'), colour('#ffffff'))).toBeCloseTo(4.48, 2);
    expect(over(colour('#00000080'), colour('#ffffff'))[0]).toBeCloseTo(127, 0);
  });
});

describe.each(Object.entries(themes))('%s', (name, tokens) => {
  const high = name.includes('high');

  it(`has text at ${high ? 7 : 4.5} to 1 and more`, () => {
    expect(tooClose(tokens, texts, high ? 7 : 4.5)).toEqual([]);
  });

  it('has marks at 3 to 1 and more', () => {
    expect(tooClose(tokens, marks, 3)).toEqual([]);
  });

  it.runIf(high)('has lines in sight', () => {
    expect(tooClose(tokens, lines, 3)).toEqual([]);
  });
});
