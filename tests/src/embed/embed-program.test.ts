import { describe, expect, it } from 'vitest';
import { AuthorError, planOf, programOf, type Authored, type Part } from '../../../src/embed/embed-program.ts';

const part = (kind: string | undefined, text: string, more: Partial<Part> = {}): Part => ({
  kind,
  text,
  path: undefined,
  user: undefined,
  database: undefined,
  unordered: false,
  ...more,
});
const element = (parts: Part[], more: Partial<Authored> = {}): Authored => ({
  mode: null,
  caption: null,
  imports: null,
  parts,
  ...more,
});
const file = (text: string, path = 'x.py'): Part => part('file', text, { path });
const shell = (text: string): Part => part('shell', text);
const sql = (text: string, more: Partial<Part> = {}): Part => part('sql', text, more);

/** Returns the steps without their ids. */
const stepsOf = (parts: Part[]): object[] => programOf(element(parts)).steps.map(({ id: _, ...step }) => step);

describe('an element', () => {
  it('is read as its author wrote it', () => {
    const program = programOf(
      element(
        [
          file('print(1)'),
          shell('python x.py'),
          sql('SELECT 1', { user: 'maxroach', database: 'bank' }),
          part('expected', '1\n', { unordered: true }),
        ],
        { mode: 'insecure', caption: ' Count ', imports: 'psycopg2, pony.orm' },
      ),
    );
    expect(program).toMatchObject({
      mode: 'insecure',
      caption: 'Count',
      imports: ['psycopg2', 'pony.orm'],
      expected: { text: '1', unordered: true },
    });
    expect(program.steps.map(({ id: _, ...step }) => step)).toEqual([
      { kind: 'file', path: 'x.py', text: 'print(1)\n' },
      { kind: 'shell', command: 'python x.py' },
      { kind: 'sql', statements: 'SELECT 1', user: 'maxroach', database: 'bank' },
    ]);
  });

  it('has defaults: secure, as root, named after what it does', () => {
    expect(programOf(element([sql('SELECT 1')]))).toMatchObject({
      mode: 'secure',
      caption: 'SQL as root',
      imports: [],
      expected: undefined,
    });
    expect(programOf(element([sql('SELECT 1', { user: '', database: '' })])).steps[0]).toMatchObject({ user: 'root' });
    expect(programOf(element([sql('SELECT 1', { database: 'bank' })])).caption).toBe('SQL as root in bank');
    expect(programOf(element([shell('ls')])).caption).toBe('Shell');
  });

  it('removes the page’s indentation, and nothing else', () => {
    const [step] = stepsOf([
      file('\n    def f():\n        return """\n    a  \n      b"""\n\n    f()\n  '),
      shell('x'),
    ]);
    expect(step).toEqual({ kind: 'file', path: 'x.py', text: 'def f():\n    return """\na  \n  b"""\n\nf()\n' });
    expect(stepsOf([shell('\tif true; then\r\n\t\techo yes\r\n\tfi')])).toEqual([
      { kind: 'shell', command: 'if true; then\n\techo yes\nfi' },
    ]);
    expect(stepsOf([shell('  a\n\tb')])).toEqual([{ kind: 'shell', command: '  a\n\tb' }]);
  });
});

describe('an author’s mistake is reported in a sentence that says what to write', () => {
  it.each<[string, Authored, RegExp]>([
    ['no step', element([]), /^It has no step: add a <pre data-kind="sql"> or/],
    ['nothing but what is expected', element([part('expected', '1')]), /^It has no step/],
    [
      'a mode that is none',
      element([sql('SELECT 1')], { mode: 'Secure' }),
      /^mode="Secure" is not a mode: write mode="secure" or mode="insecure"\.$/,
    ],
    [
      'a child that does not say what it is',
      element([part(undefined, 'SELECT 1')]),
      /^A child element has no data-kind: write one of file, shell, sql, expected\.$/,
    ],
    [
      'a kind that is none',
      element([part('python', 'x')]),
      /^data-kind="python" is not a kind: write one of file, shell, sql, expected\.$/,
    ],
    ['a file without a name', element([part('file', 'x'), shell('y')]), /^A file has no name: write data-path/],
    ['a file at the end', element([file('x', 'a.py')]), /^Its last step writes a\.py and runs nothing/],
    ['an empty step', element([sql(' \n ')]), /^A step with data-kind="sql" is empty\.$/],
    [
      'expected output before a step',
      element([part('expected', '1'), sql('SELECT 1')]),
      /must come last, and only once/,
    ],
    [
      'expected output twice',
      element([sql('SELECT 1'), part('expected', '1'), part('expected', '2')]),
      /must come last, and only once/,
    ],
    [
      'a capture that is none',
      element([sql('SELECT 1'), part('expected', 'made {integer} rows')]),
      /^In the expected output, found `\{integer\}`; expected a capture such as `\{int\}`, or `\\\{integer\}` if /,
    ],
  ])('%s', (_, authored, sentence) => {
    expect(() => programOf(authored)).toThrow(AuthorError);
    expect(() => programOf(authored)).toThrow(sentence);
  });
});

describe('what a press sends', () => {
  const create = sql('CREATE TABLE t (n INT)');
  const sent = (parts: Part[], done: string[]): string[] =>
    planOf(programOf(element(parts)), done).map((step) =>
      step.kind === 'file' ? step.path : step.kind === 'shell' ? step.command : step.statements,
    );
  const ids = (parts: Part[]): string[] => programOf(element(parts)).steps.map(({ id }) => id);

  it('is everything in a new cluster, and the files and the last step in one that has done it', () => {
    const parts = [create, file('x'), shell('python x.py'), sql('SELECT 1')];
    expect(sent(parts, [])).toEqual(['CREATE TABLE t (n INT)', 'x.py', 'python x.py', 'SELECT 1']);
    expect(sent(parts, ids(parts))).toEqual(['x.py', 'SELECT 1']);
  });

  it('leaves out what another element has done, if it is identical', () => {
    const [id = ''] = ids([create, sql('SELECT 1')]);
    expect(sent([create, sql('SELECT 2')], [id])).toEqual(['SELECT 2']);
    expect(sent([sql('CREATE TABLE t (n INT) '), sql('SELECT 2')], [id])).toHaveLength(2);
    expect(sent([sql('CREATE TABLE t (n INT)', { database: 'bank' }), sql('SELECT 2')], [id])).toHaveLength(2);
  });

  it('repeats a command whose files have changed, and keeps both of two identical ones', () => {
    const [, id = ''] = ids([file('print(1)'), shell('python x.py'), sql('SELECT 1')]);
    expect(sent([file('print(2)'), shell('python x.py'), sql('SELECT 1')], [id])).toContain('python x.py');
    const twice = ids([shell('make'), shell('make'), shell('make')]);
    expect(new Set(twice).size).toBe(3);
    expect(sent([shell('make'), shell('make'), shell('ls')], twice.slice(0, 1))).toEqual(['make', 'ls']);
  });
});
