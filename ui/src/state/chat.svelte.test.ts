import { describe, expect, it } from 'vitest';

import { failure, fakeApi } from '../fixtures/api';
import { Chat } from './chat.svelte';

describe('a chat', () => {
  it('proposes what to ask first', async () => {
    const chat = new Chat(fakeApi());
    await chat.begin();
    expect(chat.suggestions).toEqual(['What is the root cause?']);
  });

  it('keeps question and answer, and proposes what to ask next', async () => {
    const chat = new Chat(fakeApi());
    chat.draft = ' what broke? ';
    await chat.ask(chat.draft);
    expect(chat.turns).toMatchObject([{ question: 'what broke?', answer: { citations: ['E1'] }, failure: null }]);
    expect(chat.suggestions).toEqual(['Why?']);
    expect(chat.draft).toBe('');
  });

  it('asks nothing where nothing was written', async () => {
    const api = fakeApi();
    await new Chat(api).ask('  ');
    expect(api.chat.ask).not.toHaveBeenCalled();
  });

  it('shows a failure in place of the answer', async () => {
    const api = fakeApi();
    const chat = new Chat(api);
    api.chat.ask.mockRejectedValueOnce(failure);
    await chat.ask('what broke?');
    expect(chat.turns[0]?.failure).toEqual(failure);
  });

  it('drops an answer that comes when there is another report', async () => {
    const chat = new Chat(fakeApi());
    const asking = chat.ask('what broke?');
    chat.reset();
    await asking;
    expect(chat.turns).toEqual([]);
    expect(chat.suggestions).toEqual([]);
  });
});
