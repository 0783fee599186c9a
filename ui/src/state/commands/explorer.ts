/** The commands of the explorer, with the keys that walk through it. */
import { folderName } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { App } from '../app.svelte';
import type { Command } from './command';

const words = texts.commands;

export function explorerCommands(app: App): Command[] {
  return [...searching(app), ...walking(app), ...chart()];
}

function searching(app: App): Command[] {
  const { explorer, incident, navigation } = app;
  const logs = navigation.allows('explorer');
  const name = `events-${folderName(incident.folder?.path ?? '').replace('/', '-')}`;
  const found = incident.folder !== null && explorer.search.query !== null && explorer.search.found.found > 0;
  const request = explorer.chosen?.request ?? null;
  return [
    { id: 'explorer.search', group: 'explorer', text: words.search, keys: ['/', 'Mod+F'], scope: 'explorer', able: logs, act: () => app.searchEvents() },
    { id: 'explorer.all', group: 'explorer', text: words.everything, able: logs, act: () => app.searchEvents('') },
    { id: 'explorer.back', group: 'explorer', text: words.back, keys: ['Alt+ArrowLeft'], scope: 'explorer', able: explorer.history.canBack, act: () => void explorer.back() },
    { id: 'explorer.forward', group: 'explorer', text: words.forward, keys: ['Alt+ArrowRight'], scope: 'explorer', able: explorer.history.canForward, act: () => void explorer.forward() },
    {
      id: 'explorer.follow',
      group: 'explorer',
      text: words.followChosen,
      keys: ['F'],
      scope: 'explorer',
      able: request !== null,
      act: () => app.followRequest(request ?? ''),
    },
    { id: 'explorer.csv', group: 'explorer', text: words.csv, able: found, act: () => void explorer.save('csv', name) },
    { id: 'explorer.jsonl', group: 'explorer', text: words.lines, able: found, act: () => void explorer.save('jsonl', name) },
  ];
}

function walking({ explorer }: App): Command[] {
  const [page, all] = [explorer.page, explorer.rows.total];
  const steps: [id: string, key: string, text: string, by: number][] = [
    ['next', 'ArrowDown', words.next, 1],
    ['previous', 'ArrowUp', words.previous, -1],
    ['down', 'PageDown', words.pageDown, page],
    ['up', 'PageUp', words.pageUp, -page],
    ['first', 'Home', words.first, -all],
    ['last', 'End', words.last, all],
  ];
  const list = { group: 'explorer', scope: 'list', kind: 'key' } as const;
  const { position } = explorer;
  return [
    ...steps.map<Command>(([id, key, text, by]) => ({ ...list, id: `list.${id}`, text, keys: [key], held: true, act: () => void explorer.move(by) })),
    { ...list, id: 'list.open', text: words.whole, keys: ['Enter'], able: position !== null, act: () => void explorer.choose(position ?? 0, true) },
  ];
}

/** What the chart over the events follows itself. */
function chart(): Command[] {
  const own = { group: 'chart', scope: 'own', kind: 'key', act: () => undefined } as const;
  return [
    { ...own, id: 'chart.bars', text: words.bars, keys: ['ArrowLeft', 'ArrowRight'] },
    { ...own, id: 'chart.span', text: words.span, keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
    { ...own, id: 'chart.within', text: words.within, keys: ['Enter'] },
    { ...own, id: 'chart.all', text: words.allTimes, keys: ['Backspace', 'Delete'] },
  ];
}
