/** The sections of the settings, in their order. A new one is a line here and a component. */
import type { Component } from 'svelte';

import { about, matches, names, type Group } from '../../lib/parameters';
import { texts } from '../../lib/texts';
import About from './About.svelte';
import Appearance from './Appearance.svelte';
import Folders from './Folders.svelte';
import Keyboard from './Keyboard.svelte';
import KnownFailures from './KnownFailures.svelte';
import Language from './Language.svelte';
import Model from './Model.svelte';
import NotificationField from './NotificationField.svelte';

const words = texts.preferences;

export type Section = {
  id: string;
  title: string;
  hint?: string;
  /** What a search finds it by, beside its title. */
  words: string;
} & ({ view: Component } | { group: Group });

function group(id: Group, hint: string): Section {
  return { id, title: words[id], hint, words: names(id).map((name) => [name, ...Object.values(about(name))].join(' ')).join('\n'), group: id };
}

export const sections: Section[] = [
  { id: 'appearance', title: words.appearance, words: `${words.appearanceWords} ${words.themeWhat}\n${words.contrast} ${words.contrastWhat}`, view: Appearance },
  { id: 'model', title: words.model, hint: words.modelHint, words: words.modelWords, view: Model },
  group('analysis', words.analysisHint),
  group('training', words.trainingHint),
  { id: 'known', title: words.known, hint: texts.settings.knownHint, words: words.knownWords, view: KnownFailures },
  { id: 'notifications', title: texts.desktop.notifications, words: `${texts.desktop.notify} ${texts.desktop.notifyHint}`, view: NotificationField },
  { id: 'folders', title: words.folders, hint: words.foldersHint, words: `${words.foldersWords} ${Object.values(words.kept).flat().join(' ')}`, view: Folders },
  { id: 'language', title: words.language, words: `${words.languageWords} ${words.languageText}`, view: Language },
  { id: 'keyboard', title: words.keyboard, words: `${words.keyboardWords}`, view: Keyboard },
  { id: 'about', title: words.about, words: words.aboutWords, view: About },
];

/** The sections that a query finds: by their titles, or by a setting in them. */
export function found(query: string): Section[] {
  // All words must be in one setting, not spread over several.
  return sections.filter((section) => section.words.split('\n').some((setting) => matches(query, section.title, setting)));
}
