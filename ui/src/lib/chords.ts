/**
 * Keys that are pressed together. A chord is written `Mod+K`: `Mod` is Ctrl, and on macOS the command key; the last part is the key's
 * name in the browser, or the sign that it writes.
 */

const mac = typeof navigator !== 'undefined' && /^Mac/.test(navigator.platform);

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether these are the keys that are pressed. */
export function isPressed(chord: string, event: Pressed): boolean {
  const { mod, alt, shift, key } = parts(chord);
  if (mod !== (event.ctrlKey || event.metaKey) || alt !== event.altKey) return false;
  if (event.key.toLowerCase() === key.toLowerCase()) return shift === event.shiftKey || isSign(key);
  // Some keyboards write a digit with Shift alone.
  return mod && !event.shiftKey && /^\d$/.test(key) && event.code === `Digit${key}`;
}

/** Whether a chord writes a sign where something can be written. */
export function writes(chord: string): boolean {
  const { mod, alt, key } = parts(chord);
  return !mod && !alt && key !== 'Escape';
}

const names: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page up',
  PageDown: 'Page down',
};

/** A chord as it is shown. */
export function written(chord: string, onMac = mac): string {
  const { mod, alt, shift, key } = parts(chord);
  const name = names[key] ?? key;
  if (onMac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`;
  return [mod && 'Ctrl', alt && 'Alt', shift && 'Shift', name].filter(Boolean).join('+');
}

/** A chord as assistive technology is told of it. */
export function announced(chord: string, onMac = mac): string {
  const { mod, alt, shift, key } = parts(chord);
  return [mod && (onMac ? 'Meta' : 'Control'), alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

function parts(chord: string) {
  const all = chord.split('+');
  return { mod: all.includes('Mod'), alt: all.includes('Alt'), shift: all.includes('Shift'), key: all.at(-1) ?? '' };
}

/** Signs that some keyboards write with Shift, and others without. */
function isSign(key: string): boolean {
  return key.length === 1 && !/[a-z]/i.test(key);
}
