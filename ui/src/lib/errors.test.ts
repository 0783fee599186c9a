import { describe, expect, it } from 'vitest';

import { asFailure, present } from './errors';

describe('failures', () => {
  it('are silent when the user cancelled', () => {
    expect(present({ code: 'cancelled', message: '', hint: '', detail: null }).severity).toBe('silent');
  });

  it('offer to choose another folder when there were no logs', () => {
    expect(present({ code: 'no_logs', message: '', hint: '', detail: null }).remedy).toBe('choose');
  });

  it('are shown as errors when their code is unknown', () => {
    expect(present({ code: 'odd', message: '', hint: '', detail: null }).severity).toBe('error');
  });

  it('pass through as a command threw them, and wrap what else was thrown', () => {
    const failure = { code: 'empty', message: '/logs is empty', hint: 'choose', detail: null };
    expect(asFailure(failure)).toBe(failure);
    expect(asFailure(new Error('boom'))).toMatchObject({ code: 'internal', message: 'boom' });
  });
});
