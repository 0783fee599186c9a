import type { IconName } from '../../components/icons';
import type { Command, Group } from '../../state/commands/command';
import type { Screen } from '../../state/navigation.svelte';

/** The sign of each screen. */
export const screenIcons: Record<Screen, IconName> = {
  start: 'home',
  overview: 'overview',
  evidence: 'list',
  timeline: 'timeline',
  patterns: 'patterns',
  explorer: 'explorer',
  live: 'live',
  train: 'train',
  settings: 'settings',
  about: 'info',
};

const groupIcons: Record<Group, IconName> = {
  go: 'arrow',
  open: 'folder',
  report: 'overview',
  incident: 'warning',
  evidence: 'list',
  request: 'follow',
  explorer: 'explorer',
  chart: 'patterns',
  train: 'train',
  look: 'settings',
  window: 'help',
  typed: 'search',
};

const own: Record<string, IconName> = {
  'go.ask': 'ask',
  'report.again': 'again',
  'report.live': 'live',
  'report.all': 'filter',
  'report.html': 'save',
  'report.print': 'save',
  'report.draft': 'edit',
  'report.markdown': 'save',
  'report.json': 'save',
  'evidence.filter': 'filter',
  'explorer.csv': 'save',
  'explorer.jsonl': 'save',
  'explorer.back': 'back',
  'explorer.forward': 'arrow',
  'explorer.follow': 'follow',
  'typed.ask': 'ask',
  'typed.filter': 'filter',
};

/** The sign of a command: that of its screen, its own, or its group's. */
export function commandIcon({ id, group }: Command): IconName {
  const screen = group === 'go' ? screenIcons[id.slice('go.'.length) as Screen] : undefined;
  return screen ?? own[id] ?? groupIcons[group];
}
