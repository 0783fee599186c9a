/**
 * Compares screenshots with approved ones.
 *
 * Both are made small and grey, and compared block by block: what moved, came or went is told, while other times, counts or a font
 * that is drawn otherwise hardly change the mean of a block. APPROVE=1 writes what is seen as approved.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PNG } from 'pngjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'approved');

/** The width of what is kept, in pixels, and the side of a block of it: of a window of 1280 pixels these are 32. */
const [width, block] = [160, 4];

/** By how much the mean of a block may differ, of 255; and what share of all blocks may differ more. */
const [tolerance, share] = [8, 0.01];

/** An image in grey, `width` pixels wide: each pixel is the mean of those that it stands for. */
export function small(png) {
  const image = PNG.sync.read(png);
  const height = Math.round((image.height * width) / image.width);
  const scale = image.width / width;
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) grey[y * width + x] = mean(image, [x, x + 1].map((one) => Math.round(one * scale)), [y, y + 1].map((one) => Math.round(one * scale)));
  }
  return { height, grey };
}

function mean({ width: row, height, data }, [left, right], [top, bottom]) {
  let [sum, count] = [0, 0];
  for (let y = top; y < Math.min(bottom, height); y += 1) {
    for (let x = left; x < Math.min(right, row); x += 1) {
      const at = (y * row + x) * 4;
      sum += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
      count += 1;
    }
  }
  return Math.round(sum / Math.max(1, count));
}

/** A small image as a PNG of one channel. */
export function written({ height, grey }) {
  const image = new PNG({ width, height });
  grey.forEach((value, at) => image.data.set([value, value, value, 255], at * 4));
  return PNG.sync.write(image, { colorType: 0, deflateLevel: 9 });
}

/** The blocks in which two small images differ, as places in an image of `width` pixels; null where they have other sizes. */
export function differences(one, other) {
  if (one.height !== other.height) return null;
  const found = [];
  for (let y = 0; y < one.height; y += block) {
    for (let x = 0; x < width; x += block) {
      const by = Math.abs(blockMean(one, x, y) - blockMean(other, x, y));
      if (by > tolerance) found.push({ x, y, by: Math.round(by) });
    }
  }
  return found;
}

function blockMean({ height, grey }, left, top) {
  let [sum, count] = [0, 0];
  for (let y = top; y < Math.min(top + block, height); y += 1) {
    for (let x = left; x < left + block; x += 1) {
      sum += grey[y * width + x];
      count += 1;
    }
  }
  return sum / count;
}

/** Whether two small images show the same: all but a few blocks are alike. */
export function alike(one, other) {
  const found = differences(one, other);
  return found !== null && found.length <= share * width * one.height / block ** 2;
}

/** Compares a screenshot with the one approved under this name, or approves it. */
export async function approve(name, png, approving = process.env.APPROVE === '1') {
  const [file, seen] = [join(folder, `${name}.png`), small(png)];
  if (approving) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, written(seen));
    return;
  }
  const kept = await readFile(file).catch(() => null);
  assert.ok(kept, `no screenshot is approved as ${name}: look at it, and run the test with APPROVE=1`);
  const before = small(kept);
  assert.ok(alike(before, seen), `the screen ${name} looks other than it was approved: ${told(differences(before, seen))}; if that is meant, run the test with APPROVE=1`);
}

function told(found) {
  if (found === null) return 'it has another size';
  const places = found.slice(0, 5).map(({ x, y, by }) => `by ${by} at ${x}, ${y}`);
  return `${found.length} blocks differ, ${places.join(', ')} of an image ${width} wide`;
}
