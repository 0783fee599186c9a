import { describe, expect, it } from 'vitest';

import { Navigation } from './navigation.svelte';

describe('navigation', () => {
  it('goes to the screens of a report only where there is one', () => {
    let report = false;
    const navigation = new Navigation(() => report);
    navigation.go('evidence');
    expect(navigation.screen).toBe('start');
    report = true;
    navigation.go('evidence');
    expect(navigation.screen).toBe('evidence');
  });

  it('follows the digits of the shortcuts, and ignores others', () => {
    const navigation = new Navigation(() => true);
    navigation.goNumber(9);
    expect(navigation.screen).toBe('settings');
    navigation.goNumber(0);
    expect(navigation.screen).toBe('settings');
  });

  it('tells whether an incident is in sight', () => {
    const navigation = new Navigation(() => true);
    expect(navigation.ofIncident).toBe(true);
    navigation.go('train');
    expect(navigation.ofIncident).toBe(false);
  });
});
