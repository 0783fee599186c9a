/** What is shipped with the program, and what it may be used under. */
export type Package = {
  from: 'crate' | 'npm';
  name: string;
  version: string;
  licence: string;
  /** The systems that it is shipped for, by Rust's names; none: all of them. */
  systems: string[];
  /** Who holds the rights, in the words of its licence. */
  holders: string[];
  /** The places of its texts. */
  texts: number[];
};

/** All packages, and their texts, each once. */
export type Licences = { packages: Package[]; texts: string[] };

/** Reads the list; it is large, so it is a file of its own that is read when it is needed. */
export async function readLicences(): Promise<Licences> {
  const file = await import('./licences.json?raw');
  return JSON.parse(file.default) as Licences;
}

/** The packages that are shipped for a system and have all words in their name or licence. */
export function matching(packages: Package[], system: string, query: string): Package[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (one: Package) => {
    const text = `${one.name} ${one.version} ${one.licence}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return packages.filter((one) => (one.systems.length === 0 || one.systems.includes(system)) && holds(one));
}

/** All that a package's licence says: the holders, then its texts. */
export function licenceText({ texts }: Licences, one: Package): string {
  return [one.holders.join('\n'), ...one.texts.map((place) => texts[place] ?? '')].filter(Boolean).join('\n\n');
}
