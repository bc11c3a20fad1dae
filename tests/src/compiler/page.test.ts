import { describe, expect, test } from 'vitest';
import { textContent, type TreeNode } from '../../../src/compiler/tree.ts';
import { all, buildFrom, carried } from './build-page.ts';

const SAMPLES = {
  'samples/pony/secure/a.py': 'print("s")\n',
  'samples/pony/insecure/a.py': 'print("i")\n',
  'samples/pony/shared/both.py': 'pass\n',
};

/** Returns the accessible name of each button. */
const namesOf = (nodes: TreeNode[]): unknown[] =>
  all(nodes, 'button').map((button) => button.properties?.['aria-label'] ?? textContent(button));

describe('a page', () => {
  test('turns a runnable fence into a step and its figure', () => {
    const page = buildFrom('## Step 1. Install it\n\n```shell run\n$ pip install \\\n    pony\n```\n');
    expect(page.steps).toEqual([
      {
        step: { id: 'install-it-1', kind: 'shell', command: 'pip install \\\n    pony' },
        mode: null,
        source: { file: 'content/tutorials/page.mdx', line: 3 },
      },
    ]);
    const [figure] = all(page.children, 'figure');
    expect(figure?.properties?.['id']).toBe('step-block-install-it-1');
    expect(carried(figure!)).toEqual(page.steps[0]);
    expect(namesOf([figure!])).toEqual(['Copy', 'Edit', 'Run', 'What else to run']);
    expect(all([figure!], '.actions').map(({ properties }) => properties)).toMatchObject([
      { 'data-pagefind-ignore': '' },
    ]);
    expect(
      all([figure!], 'figcaption')[0]?.children?.map((part) => [
        textContent(part),
        part.properties?.['data-pagefind-ignore'],
      ]),
    ).toEqual([
      ['1', ''],
      ['Shell', ''],
    ]);
    expect(all([figure!], '.prompt').map(textContent)).toEqual(['$ ']);
    expect(textContent(all([figure!], 'pre')[0]!)).toBe('$ pip install \\\n    pony');
    expect(all([figure!], '.result')[0]?.properties?.['hidden']).toBe(true);
  });

  test('has a link next to each heading, not in it, which names the mode if only one shows it', () => {
    const page = buildFrom('## Both of `them`\n\n<Mode is="secure">\n\n### One\n\n</Mode>\n');
    expect(
      all(page.children, '.heading').map(({ children = [] }) => [
        children[0]?.tagName,
        textContent(children[0]!),
        children[1]?.properties?.['href'],
      ]),
    ).toEqual([
      ['h2', 'Both of them', '#both-of-them'],
      ['h3', 'One', '?filters=secure#one'],
    ]);
    expect(all(page.children, '.heading-link').map(({ properties }) => properties)).toMatchObject([
      { 'aria-label': 'Copy the link to “Both of them”', 'data-pagefind-ignore': '' },
      { 'aria-label': 'Copy the link to “One”' },
    ]);
  });

  test('names user and database of a sql step, and marks a background step', () => {
    const page = buildFrom(
      '```sql run user=root database=bank\n> SELECT 1;\n```\n\n```shell run background\n$ python -m http.server\n```\n',
    );
    expect(page.steps).toMatchObject([
      { step: { kind: 'sql', user: 'root', database: 'bank' } },
      { step: { kind: 'shell', background: true } },
    ]);
    expect(all(page.children, 'figure').map(carried)).toEqual(page.steps);
  });

  test('shows a sample in each mode, identical to its file', () => {
    const page = buildFrom('<Sample driver="pony" file="a.py" />', SAMPLES);
    expect(page.steps).toMatchObject([
      { mode: 'secure', step: { kind: 'file', path: 'a.py', text: 'print("s")\n' } },
      { mode: 'insecure', step: { kind: 'file', path: 'a.py', text: 'print("i")\n' } },
    ]);
    expect(all(page.children, 'a').map((link) => link.properties?.['href'])).toEqual([
      '/samples/pony/secure/a.py',
      '/samples/pony/insecure/a.py',
    ]);
    expect(all(page.children, 'section').map((section) => section.properties?.['data-show'])).toEqual([
      'secure',
      'insecure',
    ]);
    expect(namesOf(page.children)).toEqual([
      'Copy',
      'Edit',
      'Run',
      'What else to run',
      'Copy',
      'Edit',
      'Run',
      'What else to run',
    ]);
  });

  test('says on Run, from the first paint on, what a press does when no step is done', () => {
    const page = buildFrom(
      [
        '```shell run',
        'ls',
        '```',
        '',
        '<Mode is="secure">',
        '',
        '```shell run',
        'pwd',
        '```',
        '',
        '</Mode>',
        '',
        '<Sample driver="pony" file="both.py" />',
        '',
        '```shell run',
        'python both.py',
        '```',
        '',
      ].join('\n'),
      SAMPLES,
    );
    const runs = all(page.children, 'button').filter(({ properties }) => properties?.['data-action'] === 'run');
    expect(
      runs.map(({ children = [] }) =>
        children.map((part) => [textContent(part), part.properties?.['data-show'], part.properties?.['data-count']]),
      ),
    ).toEqual([
      [['Run', undefined, undefined]],
      [
        ['Run', undefined, undefined],
        [' with 1 earlier step', undefined, '1'],
      ],
      // The file's own block runs the step that uses the file.
      [
        ['Run', undefined, undefined],
        [' with 2 earlier steps', 'secure', '2'],
        [' with 1 earlier step', 'insecure', '1'],
      ],
      [
        ['Run', undefined, undefined],
        [' with 3 earlier steps', 'secure', '3'],
        [' with 2 earlier steps', 'insecure', '2'],
      ],
    ]);
  });

  test('shows a sample that both modes share only once', () => {
    expect(buildFrom('<Sample driver="pony" file="both.py" />', SAMPLES).steps).toMatchObject([
      { mode: null, step: { path: 'both.py' } },
    ]);
  });

  test('knows the mode of headings and steps in sections, partials and nested sections', () => {
    const page = buildFrom(
      [
        '<Mode is="secure">',
        '',
        '## Go',
        '',
        '<Partial file="p.mdx" />',
        '',
        '</Mode>',
        '',
        '<Mode is="insecure">',
        '',
        '## Go',
        '',
        '</Mode>',
        '',
        '## End',
        '',
      ].join('\n'),
      { 'partials/p.mdx': '<Mode is="secure">\n\n```shell run\nls\n```\n\n</Mode>\n' },
    );
    expect(page.contents).toEqual([
      { depth: 2, id: 'go', text: 'Go', mode: 'secure' },
      { depth: 2, id: 'go-1', text: 'Go', mode: 'insecure' },
      { depth: 2, id: 'end', text: 'End', mode: null },
    ]);
    expect(page.steps).toMatchObject([
      { step: { id: 'go-secure-1' }, mode: 'secure', source: { file: 'content/partials/p.mdx', line: 3 } },
    ]);
    expect([...page.uses]).toEqual(['partials/p.mdx']);
    expect(all(page.children, '.mode-label').map(textContent)).toEqual(['Secure', 'Insecure']);
  });

  test('only shows a fence without `run`, with a Copy button', () => {
    const page = buildFrom('```sql\n> \\q\n```\n');
    expect(page.steps).toEqual([]);
    expect(all(page.children, 'figure')[0]?.properties).toMatchObject({ 'data-text': '\\q' });
    expect(all(page.children, 'button').map(textContent)).toEqual(['Copy']);
  });
});
