import { describe, expect, it } from 'vitest';

import { blocks, spans } from './markdown';

describe('spans', () => {
  it('find marks and citations', () => {
    expect(spans('**No** host had `4096` MB [E1, E3].')).toEqual([
      { kind: 'strong', text: 'No' },
      { kind: 'text', text: ' host had ' },
      { kind: 'code', text: '4096' },
      { kind: 'text', text: ' MB ' },
      { kind: 'citation', id: 'E1' },
      { kind: 'citation', id: 'E3' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('leave what looks like markup as text', () => {
    expect(spans('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }]);
  });

  it('show what is escaped as it is', () => {
    const text = spans(String.raw`\<class 'x'\> \[E1\] said \*no\*`).map((span) => ('text' in span ? span.text : '?'));
    expect(text.join('')).toBe("<class 'x'> [E1] said *no*");
  });

  it('leave a lone star alone', () => {
    expect(spans('2 * 3 * 4')).toEqual([{ kind: 'text', text: '2 * 3 * 4' }]);
  });
});

describe('blocks', () => {
  it('join the lines of a paragraph and tell the kinds apart', () => {
    const kinds = blocks('# Title\nOne\ntwo\n\n- a\n- b\n\n1. c\n\n```\nx = 1\n\ny\n```').map((b) => b.kind);
    expect(kinds).toEqual(['heading', 'paragraph', 'list', 'list', 'code']);
  });

  it('keep the text of code as it is', () => {
    expect(blocks('```sh\na **b**\n```')).toEqual([{ kind: 'code', text: 'a **b**' }]);
  });

  it('end with the text, even where a fence is not closed', () => {
    expect(blocks('```\nopen')).toEqual([{ kind: 'code', text: 'open' }]);
  });

  it('read a table with its columns of figures, and take a bar alone for text', () => {
    const [table, after] = blocks('| a | b |\n| --- | ---: |\n| `x` | 1 |\n| y \\| z | 2 |\n\nend');
    expect(table).toEqual({
      kind: 'table',
      head: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]],
      rows: [
        [[{ kind: 'code', text: 'x' }], [{ kind: 'text', text: '1' }]],
        [[{ kind: 'text', text: 'y ' }, { kind: 'text', text: '|' }, { kind: 'text', text: ' z' }], [{ kind: 'text', text: '2' }]],
      ],
      figures: [false, true],
    });
    expect(after?.kind).toBe('paragraph');
    expect(blocks('| no table').map((block) => block.kind)).toEqual(['paragraph']);
  });
});
