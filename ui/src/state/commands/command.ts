/** What can be done in the window, and by which keys. */
import type { texts } from '../../lib/texts';

export type Group = keyof typeof texts.commands.groups;

/**
 * Where the keys of a command work: everywhere; on the explorer's screen; in the explorer's list, where that or nothing at all has
 * the focus; or in a part of a screen that follows its keys itself, and only tells of them here.
 */
export type Scope = 'window' | 'explorer' | 'list' | 'own';

export type Command = {
  /** Stays the same from one start of the program to the next. */
  id: string;
  group: Group;
  text: string;
  /** More to find it by, shown in grey. */
  hint?: string;
  /** Chords (`lib/chords`), the one that is shown first. */
  keys?: readonly string[];
  scope?: Scope;
  /** `many`: one of many alike, listed only where it is asked for; `key`: followed by its keys alone, and never listed. */
  kind?: 'many' | 'key';
  /** Whether it is chosen already, where it is a choice. */
  chosen?: boolean;
  /** Whether its keys may be held. */
  held?: boolean;
  /** Whether it can be done now; as long as nothing else is said, it can. */
  able?: boolean;
  act: () => void;
};
