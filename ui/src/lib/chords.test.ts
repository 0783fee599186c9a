import { describe, expect, it } from 'vitest';

import { announced, isPressed, writes, written } from './chords';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('chords', () => {
  it.each([
    ['Mod+K', press('k', { ctrlKey: true }), true],
    ['Mod+K', press('K', { metaKey: true }), true],
    ['Mod+K', press('k'), false],
    ['Mod+K', press('k', { ctrlKey: true, shiftKey: true }), false],
    ['Mod+K', press('k', { ctrlKey: true, altKey: true }), false],
    ['Mod+/', press('/', { ctrlKey: true, shiftKey: true }), true],
    ['?', press('?', { shiftKey: true }), true],
    ['F', press('f'), true],
    ['F', press('F', { shiftKey: true }), false],
    ['Mod+1', press('&', { code: 'Digit1', ctrlKey: true }), true],
    ['Mod+1', press('!', { code: 'Digit1', ctrlKey: true, shiftKey: true }), false],
    ['Alt+ArrowLeft', press('ArrowLeft', { altKey: true }), true],
    ['ArrowLeft', press('ArrowLeft', { altKey: true }), false],
  ])('%s is pressed or not', (chord, event, expected) => {
    expect(isPressed(chord, event)).toBe(expected);
  });

  it('tell whether they would write', () => {
    expect(['F', '/', 'Enter', 'Mod+F', 'Alt+ArrowLeft', 'Escape'].map(writes)).toEqual([true, true, true, false, false, false]);
  });

  it('are shown as the platform shows them, and told as ARIA has them', () => {
    expect(written('Mod+Shift+K', false)).toBe('Ctrl+Shift+K');
    expect(written('Mod+Shift+K', true)).toBe('⇧⌘K');
    expect(written('Alt+ArrowLeft', false)).toBe('Alt+←');
    expect([announced('Mod+1', false), announced('Mod+1', true), announced('Escape')]).toEqual(['Control+1', 'Meta+1', 'Escape']);
  });
});
