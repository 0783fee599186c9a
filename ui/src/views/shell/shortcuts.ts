import type { App } from '../../state/app.svelte';
import { commands, meant, type At } from '../../state/commands/registry';

/** Follows the keys that are not used up by a part of the screen. */
export function follow(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const command = meant(commands(app), event, place(app, event.target));
  if (command === null) return;
  // Escape leaves what the browser itself clears or closes with it.
  if (event.key !== 'Escape') event.preventDefault();
  command.act();
}

/** Where keys were pressed. */
function place(app: App, target: EventTarget | null): At {
  const explorer = app.navigation.screen === 'explorer' && app.incident.folder !== null && app.incident.awaited === null;
  const free = !(target instanceof Element) || target === document.body || target.closest('[data-list]') !== null;
  return { explorer, writing: isWriting(target), list: explorer && free && app.explorer.address.file === null };
}

function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
