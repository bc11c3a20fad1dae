import { describe, expect, test } from 'vitest';
import { pageParts, type PagePart } from '../../../src/compiler/page-parts.ts';
import { parseMdx } from '../../../src/compiler/parse-mdx.ts';
import { h } from '../../../src/compiler/tree.ts';

const parts = (text: string): PagePart[] => pageParts(parseMdx(text, 'page.mdx', () => undefined) ?? []);

describe('the parts of a compiled page', () => {
  test('are one piece of HTML without components', () => {
    expect(parts('## A & B\n\nOne `<two>` ![three](x.png "4")')).toEqual([
      '<h2>A &amp; B</h2>\n<p>One <code>&lt;two></code> <img src="x.png" alt="three" title="4"></p>',
    ]);
  });

  test('align columns without styles, which the Content-Security-Policy forbids', () => {
    expect(JSON.stringify(parts('| a | b |\n|:-:|---|\n| c | d |')).replaceAll(/\\n|\\/g, '')).toBe(
      '["<table><thead><tr><th align="center">a</th><th>b</th></tr></thead>' +
        '<tbody><tr><td align="center">c</td><td>d</td></tr></tbody></table>"]',
    );
  });

  test('write the properties that figures have as HTML does', () => {
    const figure = h('figure', { className: ['a', 'b'], hidden: true, 'data-step': '{"x":"<&\'"}', tabindex: '0' });
    expect(pageParts([figure])).toEqual([
      '<figure class="a b" hidden data-step="{&quot;x&quot;:&quot;<&amp;\'&quot;}" tabindex="0"></figure>',
    ]);
  });

  test('keep components apart, with their attributes and the parts inside them', () => {
    expect(parts('One\n\n<Note title="T" open>\nTwo **three**\n</Note>\n\nFour')).toEqual([
      '<p>One</p>\n',
      { component: 'Note', attributes: { title: 'T', open: true }, parts: ['<p>Two <strong>three</strong></p>'] },
      '\n<p>Four</p>',
    ]);
  });

  test('close what surrounds a component after it', () => {
    expect(parts('Press <Terminal>the **terminal**</Terminal> now')).toEqual([
      '<p>Press ',
      { component: 'Terminal', attributes: {}, parts: ['the <strong>terminal</strong>'] },
      ' now</p>',
    ]);
  });

  test('are HTML where elements are written as JSX', () => {
    expect(parts('<section id="s" class="c">\n\nA<br/>b <kbd>c</kbd>\n\n</section>')).toEqual([
      '<section id="s" class="c"><p>A<br>b <kbd>c</kbd></p></section>',
    ]);
  });

  test('leave out comments', () => {
    expect(parts('A {/* for authors */}\n\n{/* more */}\n\nB')).toEqual(['<p>A </p>\n\n<p>B</p>']);
  });
});
