/** What can be done with the words that are written in the palette. */
import { texts } from '../../lib/texts';
import type { App } from '../app.svelte';
import type { Command } from './command';

const words = texts.commands;

export function typedCommands(app: App, text: string): Command[] {
  const asked = text.trim();
  if (asked === '') return [];
  const { incident, navigation } = app;
  const ask = () => {
    navigation.asking = true;
    void app.chat.ask(asked);
  };
  const all: Command[] = [
    { id: 'typed.search', group: 'typed', text: words.searchFor(asked), able: navigation.allows('explorer'), act: () => app.searchEvents(asked) },
    { id: 'typed.filter', group: 'typed', text: words.filterFor(asked), able: incident.report !== null, act: () => app.filterEvidence(asked) },
    { id: 'typed.ask', group: 'typed', text: words.askFor(asked), able: incident.report !== null, act: ask },
  ];
  return all.filter((command) => command.able);
}
