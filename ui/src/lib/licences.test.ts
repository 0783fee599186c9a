import { describe, expect, it } from 'vitest';

import { licenceText, matching, readLicences, type Package } from './licences';

const serde: Package = { from: 'crate', name: 'serde', version: '1.0.1', licence: 'MIT OR Apache-2.0', systems: ['linux', 'macos'], holders: ['© A'], texts: [1, 0] };
const windows: Package = { ...serde, name: 'windows', licence: 'MIT', systems: ['windows'] };
const svelte: Package = { ...serde, from: 'npm', name: 'svelte', licence: 'MIT', systems: [], holders: [] };
const all = [serde, windows, svelte];

describe('licences', () => {
  it('are those of what is shipped for the system', () => {
    expect(matching(all, 'linux', '')).toEqual([serde, svelte]);
    expect(matching(all, 'windows', '')).toEqual([windows, svelte]);
  });

  it('are found by all words of a name and a licence', () => {
    expect(matching(all, 'linux', 'apache SER')).toEqual([serde]);
    expect(matching(all, 'linux', 'mit gpl')).toEqual([]);
  });

  it('are read with their holders first', () => {
    const texts = ['Apache', 'MIT'];
    expect(licenceText({ packages: all, texts }, serde)).toBe('© A\n\nMIT\n\nApache');
    expect(licenceText({ packages: all, texts }, svelte)).toBe('MIT\n\nApache');
  });

  it('are listed with a text for everything that is shipped', async () => {
    const licences = await readLicences();
    const names = new Set(licences.packages.map((one) => one.name));
    for (const name of ['tauri', 'burn', 'serde', 'svelte', 'plotly.js-cartesian-dist-min', '@fontsource-variable/inter']) expect(names).toContain(name);
    for (const one of licences.packages) {
      expect(one.licence, one.name).not.toBe('');
      expect(one.texts.length, one.name).toBeGreaterThan(0);
      expect(one.texts.every((place) => (licences.texts[place] ?? '').length > 100), one.name).toBe(true);
    }
  });
});
