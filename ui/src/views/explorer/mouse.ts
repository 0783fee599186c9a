import type { Explorer } from '../../state/explore/explorer.svelte';

/** Follows the keys of the explorer; `page` is how many rows fit. */
export function keys(explorer: Explorer, event: KeyboardEvent, page: number): void {
  if (event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.altKey ? travel(explorer, event.key) : !isWriting(event.target) && (act(explorer, event) || walk(explorer, event, page))) {
    event.preventDefault();
  }
}

/** Follows the buttons of a mouse that lead back and forward. */
export function mouse(explorer: Explorer, event: MouseEvent): void {
  if (event.button !== 3 && event.button !== 4) return;
  event.preventDefault();
  if (event.type === 'mouseup') travel(explorer, event.button === 3 ? 'ArrowLeft' : 'ArrowRight');
}

function travel(explorer: Explorer, key: string): boolean {
  if (key === 'ArrowLeft') void explorer.back();
  else if (key === 'ArrowRight') void explorer.forward();
  else return false;
  return true;
}

function act(explorer: Explorer, event: KeyboardEvent): boolean {
  const row = explorer.detail?.row;
  if (event.key === '/') explorer.searching += 1;
  else if (event.key === 'f' && row?.request && row.event === explorer.address.event) void explorer.follow('request', row.request);
  else return false;
  return true;
}

/** Walks through the list, where it or nothing at all has the focus. */
function walk(explorer: Explorer, event: KeyboardEvent, page: number): boolean {
  const { target } = event;
  if (target instanceof Element && target !== document.body && !target.closest('[data-list]')) return false;
  if (explorer.address.file) return false;
  const all = explorer.rows.total;
  const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -all, End: all };
  const by = steps[event.key];
  if (by !== undefined) void explorer.move(by);
  else if (event.key === 'Enter' && explorer.position !== null) void explorer.choose(explorer.position, true);
  else return false;
  return true;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
