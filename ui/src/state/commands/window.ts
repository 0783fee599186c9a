/** The commands that work on every screen. */
import { folderName } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { Contrast, Theme } from '../../lib/types';
import type { App } from '../app.svelte';
import { screens } from '../navigation.svelte';
import type { Command } from './command';

const words = texts.commands;

/** Screens that have a digit of their own. */
const digits = 9;

export function windowCommands(app: App): Command[] {
  return [...going(app), ...opening(app), ...look(app), ...own(app)];
}

function going({ navigation }: App): Command[] {
  const screen = screens.map<Command>((name, at) => ({
    id: `go.${name}`,
    group: 'go',
    text: texts.shell[name],
    ...(at < digits && { keys: [`Mod+${at + 1}`] }),
    able: navigation.allows(name),
    act: () => navigation.go(name),
  }));
  const ask: Command = { id: 'go.ask', group: 'go', text: words.ask, keys: ['Mod+J'], act: () => (navigation.asking = !navigation.asking) };
  return [...screen, ask];
}

function opening(app: App): Command[] {
  const recent = app.library.recent.filter((folder) => folder.exists);
  return [
    { id: 'open.folder', group: 'open', text: words.openFolder, keys: ['Mod+O'], act: () => void app.chooseFolder() },
    ...recent.map<Command>(({ path }) => ({
      id: `open.recent:${path}`,
      group: 'open',
      text: `${words.recentFolder}: ${folderName(path)}`,
      hint: path,
      act: () => void app.open(path),
    })),
    ...app.library.samples.map<Command>(({ id, title, description }) => ({
      id: `open.sample:${id}`,
      group: 'open',
      text: `${words.sample}: ${title}`,
      hint: description,
      kind: 'many',
      act: () => void app.openSample(id),
    })),
  ];
}

function look({ preferences }: App): Command[] {
  const able = preferences.settings !== null;
  const themes = (Object.keys(texts.themes) as Theme[]).map<Command>((theme) => ({
    id: `look.theme.${theme}`,
    group: 'look',
    text: `${words.theme}: ${texts.themes[theme]}`,
    chosen: preferences.theme === theme,
    able,
    act: () => void preferences.change((settings) => (settings.appearance.theme = theme)),
  }));
  const contrasts = (Object.keys(texts.contrasts) as Contrast[]).map<Command>((contrast) => ({
    id: `look.contrast.${contrast}`,
    group: 'look',
    text: `${words.contrast}: ${texts.contrasts[contrast]}`,
    chosen: preferences.contrast === contrast,
    able,
    act: () => void preferences.change((settings) => (settings.appearance.contrast = contrast)),
  }));
  return [...themes, ...contrasts];
}

function own(app: App): Command[] {
  const { palette } = app;
  return [
    { id: 'window.palette', group: 'window', text: words.palette, keys: ['Mod+K'], kind: 'key', act: () => palette.open() },
    { id: 'window.keys', group: 'window', text: words.keys, keys: ['?', 'Mod+/'], act: () => palette.tell() },
    { id: 'window.close', group: 'window', text: words.cancel, keys: ['Escape'], kind: 'key', act: () => close(app) },
  ];
}

/** Cancels the work in sight, or closes what was opened last. */
function close({ incident, training, models, navigation, explorer }: App): void {
  if (incident.job.running && navigation.ofIncident) incident.job.cancel();
  else if (training.job.running && navigation.screen === 'train' && models.part === 'train') training.job.cancel();
  else if (navigation.screen !== 'explorer' || !explorer.close()) navigation.asking = false;
}
