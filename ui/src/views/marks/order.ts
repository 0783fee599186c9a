/** Putting what is marked in order: by Alt+↑ and Alt+↓ anywhere in it, and by dragging its handle onto another. */
import { tick } from 'svelte';

import type { Marks, On } from '../../state/marks.svelte';

/** The element that a mark is on, known by its key. */
const attribute = 'data-mark';

/** Makes the element around a part the one that is moved, and follows its keys. */
export function hosted(marks: Marks, on: () => On): (part: HTMLElement) => () => void {
  return (part) => {
    const host = part.parentElement;
    if (!host) return () => undefined;
    host.style.position = 'relative';
    host.setAttribute(attribute, marks.key(on()) ?? '');
    const follow = (event: KeyboardEvent) => keys(marks, on(), event);
    host.addEventListener('keydown', follow);
    return () => host.removeEventListener('keydown', follow);
  };
}

function keys(marks: Marks, on: On, event: KeyboardEvent): void {
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
  if (by === null || !event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  event.stopPropagation();
  void moved(() => marks.move(on, by));
}

/** Moves, and gives the focus back to what had it: an element that is put elsewhere loses it. */
async function moved(move: () => Promise<void>): Promise<void> {
  const focused = document.activeElement;
  await move();
  await tick();
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
}

/** The key of what lies under the pointer. */
function under(event: PointerEvent): string | null {
  const hit = document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.closest(`[${attribute}]`));
  return hit.find((element) => element !== null)?.getAttribute(attribute) ?? null;
}

/** What a handle does while it is dragged. */
export function dragging(marks: Marks, on: () => On) {
  let held = false;
  const end = () => {
    held = false;
    marks.over = null;
  };
  return {
    onpointerdown: (event: PointerEvent) => {
      held = true;
      if (event.currentTarget instanceof HTMLElement) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onpointermove: (event: PointerEvent) => {
      if (held) marks.over = under(event);
    },
    onpointerup: () => {
      const to = marks.over;
      end();
      if (to !== null) void marks.place(on(), to);
    },
    onpointercancel: end,
  };
}
