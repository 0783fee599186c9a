/** Which of many texts is meant by a few letters, and where these stand in it. */
import type { Part } from './marks';

/** How well a text matches, the more the better, and the places of the letters that do. */
export type Match = { score: number; places: number[] };

/** What a letter is worth by itself, where it begins a word, and right behind the one before it; and what it costs to pass over one. */
const worth = { letter: 1, begin: 8, next: 9, gap: 0.15 };

/** The place of a letter of the query: what the way there is worth, and where the letter before it stands. */
type Step = { score: number; from: number };

const none: Step = { score: -Infinity, from: -1 };

/**
 * Matches every word of a query with a text, in any order. A word is in it as it stands, or as letters in this order of which the
 * first begins a word. Null where one is not.
 */
export function fuzzy(query: string, text: string): Match | null {
  // Letter by letter, as some texts are longer in lower case.
  const letters = text.split('').map((letter) => letter.toLowerCase().charAt(0));
  const found = words(query).map((word) => locate(word, letters, text));
  if (found.some((one) => one === null)) return null;
  const places = new Set(found.flatMap((one) => one?.places ?? []));
  const score = found.reduce((sum, one) => sum + (one?.score ?? 0), 0);
  // Of texts that match alike the shorter one is meant.
  return { score: score - text.length / 100, places: [...places].sort((a, b) => a - b) };
}

/** A text in parts, those apart that stand at these places. */
export function partsAt(text: string, places: readonly number[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const [hit, last] = [places.includes(at), parts.at(-1)];
    if (last?.hit === hit) last.text += text.charAt(at);
    else parts.push({ text: text.charAt(at), hit });
  }
  return parts;
}

function words(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The best way through the text, letter by letter of the word. */
function locate(word: string, letters: string[], text: string): Match | null {
  const begins = letters.map((_, at) => beginsWord(text, at));
  const whole = letters.map((_, at) => word === letters.slice(at, at + word.length).join(''));
  const rows: Step[][] = [];
  for (const [index, letter] of word.split('').entries()) {
    const before = rows.at(-1);
    let near = none;
    rows.push(
      letters.map((other, at) => {
        const previous = before?.[at - 2];
        near = previous && previous.score > near.score - worth.gap ? { score: previous.score - worth.gap, from: at - 2 } : { ...near, score: near.score - worth.gap };
        if (other !== letter || (index === 0 && !begins[at] && !whole[at])) return none;
        const own = worth.letter + (begins[at] ? worth.begin : 0);
        if (!before) return { score: own, from: -1 };
        const next = { score: (before[at - 1]?.score ?? -Infinity) + worth.next, from: at - 1 };
        const best = next.score >= near.score ? next : near;
        return { score: best.score + own, from: best.from };
      }),
    );
  }
  return traced(rows);
}

/** Goes the best way back from its end. */
function traced(rows: Step[][]): Match | null {
  const ends = rows.at(-1) ?? [];
  const score = Math.max(-Infinity, ...ends.map((step) => step.score));
  if (score === -Infinity) return null;
  const places: number[] = [];
  let at = ends.findIndex((step) => step.score === score);
  for (const row of rows.toReversed()) {
    places.unshift(at);
    at = row[at]?.from ?? -1;
  }
  return { score, places };
}

function beginsWord(text: string, at: number): boolean {
  const [before, here] = [text.charAt(at - 1), text.charAt(at)];
  return /[\p{L}\p{N}]/u.test(here) && (!/[\p{L}\p{N}]/u.test(before) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(here)));
}
