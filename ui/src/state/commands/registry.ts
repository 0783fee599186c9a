/** The one list of all that can be done: the palette shows it, keys follow it, and the sheet of keys is made of it. */
import { isPressed, writes } from '../../lib/chords';
import { texts } from '../../lib/texts';
import type { App } from '../app.svelte';
import type { Command, Group } from './command';
import { explorerCommands } from './explorer';
import { reportCommands } from './report';
import { windowCommands } from './window';

/** All commands, in the order in which they are listed. What a part of the screen uses itself goes before what is done everywhere. */
export function commands(app: App): Command[] {
  return [...windowCommands(app), ...explorerCommands(app), ...reportCommands(app)];
}

/** Where the keys were pressed: on which screen, in a field to write in, in the list of events. */
export type At = { explorer: boolean; writing: boolean; list: boolean };

/** The command that keys mean; null where they mean none. */
export function meant(all: Command[], event: KeyboardEvent, at: At): Command | null {
  const inPlace = { window: true, explorer: at.explorer, list: at.list, own: false };
  const means = (command: Command) =>
    command.able !== false &&
    inPlace[command.scope ?? 'window'] &&
    (command.held === true || !event.repeat) &&
    (command.keys ?? []).some((chord) => isPressed(chord, event) && !(at.writing && writes(chord)));
  const found = all.filter(means);
  return found.find((command) => command.scope !== undefined) ?? found[0] ?? null;
}

/** The chord of a command that is shown, by its id. */
export function chords(all: Command[]): Record<string, string> {
  return Object.fromEntries(all.flatMap(({ id, keys = [] }) => keys.slice(0, 1).map((chord) => [id, chord])));
}

/** The commands that have keys, by group. */
export function bound(all: Command[]): { title: string; commands: Command[] }[] {
  const groups = Object.entries(texts.commands.groups) as [Group, string][];
  const of = (group: Group) => all.filter((command) => command.group === group && (command.keys ?? []).length > 0);
  return groups.map(([group, title]) => ({ title, commands: of(group) })).filter((one) => one.commands.length > 0);
}
