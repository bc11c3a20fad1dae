import { describe, expect, it } from 'vitest';
import { AuthorError, type Part } from '../../../src/embed/embed-part.ts';
import { nameOf, planOf, programOf, type Authored } from '../../../src/embed/embed-program.ts';

const part = (kind: string | undefined, text: string, more: Partial<Part> = {}): Part => ({
  kind,
  text,
  path: undefined,
  user: undefined,
  database: undefined,
  fails: undefined,
  session: undefined,
  waits: false,
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

describe('what a step can be told', () => {
  it('is to fail, in any way or with a code, to share a session, to wait in it, and what its program reads', () => {
    const program = programOf(
      element([
        sql('BEGIN', { session: 'A' }),
        sql('UPDATE t SET n = 1', { session: 'B', waits: true }),
        sql('SELECT 1/0', { session: 'A', fails: '22012' }),
        shell('cd work'),
        part('shell', 'read name; exit 3', { session: 'work', fails: '3' }),
        part('input', '  Ada\n  Grace\n'),
        part('shell', 'false', { fails: '' }),
      ]),
    );
    expect(program.steps.map(({ id: _, ...step }) => step)).toEqual([
      { kind: 'sql', statements: 'BEGIN', user: 'root', session: 'embed:A' },
      { kind: 'sql', statements: 'UPDATE t SET n = 1', user: 'root', session: 'embed:B', waits: true },
      { kind: 'sql', statements: 'SELECT 1/0', user: 'root', session: 'embed:A', fails: true },
      { kind: 'shell', command: 'cd work' },
      { kind: 'shell', command: 'read name; exit 3', shell: 'embed:work', fails: true, input: 'Ada\nGrace\n' },
      { kind: 'shell', command: 'false', fails: true },
    ]);
    expect(program.steps.map(({ id }) => program.failures.get(id))).toEqual([
      undefined,
      undefined,
      { sqlState: '22012' },
      undefined,
      { exitCode: 3 },
      {},
    ]);
    expect(program.steps.map(nameOf).slice(0, 5)).toEqual([
      'SQL as root, session A',
      'SQL as root, session B',
      'SQL as root, session A',
      'Shell',
      'Shell, session work',
    ]);
  });

  it('makes another step of the same text in another session', () => {
    const { steps } = programOf(element([sql('BEGIN', { session: 'A' }), sql('BEGIN', { session: 'B' })]));
    expect(new Set(steps.map(({ id }) => id)).size).toBe(2);
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
      /^A child element has no data-kind: write one of file, shell, sql, input, expected\.$/,
    ],
    [
      'a kind that is none',
      element([part('python', 'x')]),
      /^data-kind="python" is not a kind: write one of file, shell, sql, input, expected\.$/,
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
      'a code that is none',
      element([sql('SELECT 1', { fails: '1' })]),
      /^data-fails="1" is not a code: write a SQLSTATE such as 23505, or data-fails alone\.$/,
    ],
    ['an exit code that is none', element([part('shell', 'x', { fails: '256' })]), /an exit code from 1 to 255/],
    [
      'a file that fails',
      element([{ ...file('x'), fails: '' }, shell('y')]),
      /^data-fails is for data-kind="shell" and/,
    ],
    [
      'a shell that waits',
      element([part('shell', 'x', { waits: true })]),
      /^data-waits is for data-kind="sql": remove/,
    ],
    ['a name that is none', element([sql('SELECT 1', { session: '1' })]), /^data-session="1" is not a name: write a/],
    ['a step that waits alone', element([sql('SELECT 1', { waits: true })]), /^A step with data-waits needs data-sess/],
    [
      'a step that waits and fails',
      element([sql('SELECT 1', { session: 'A', waits: true, fails: '' })]),
      /^A step has data-waits and data-fails/,
    ],
    ['input of nothing', element([part('input', 'Ada'), shell('x')]), /^Input belongs to a shell step/],
    ['input of statements', element([sql('SELECT 1'), part('input', 'Ada')]), /^Input belongs to a shell step/],
    [
      'input twice',
      element([shell('x'), part('input', 'a'), part('input', 'b')]),
      /has its input twice: write it once/,
    ],
    ['input that is empty', element([shell('x'), part('input', ' \n')]), /^An input is empty/],
    [
      'what is expected in a session',
      element([sql('SELECT 1'), part('expected', '1', { session: 'A' })]),
      /^data-session is for data-kind="shell" and "sql": remove it from "expected"\.$/,
    ],
    [
      'rows in any order of a step',
      element([sql('SELECT 1', { unordered: true })]),
      /^data-unordered is for data-kind/,
    ],
    [
      'too many sessions',
      element(Array.from({ length: 7 }, (_, n) => sql('SELECT 1', { session: `S${n}` }))),
      /^It names 7 sessions of data-kind="sql": use at most 6\.$/,
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

  it('repeats what was undone with its session', () => {
    const parts = [sql('BEGIN', { session: 'A' }), create, sql('SELECT 1')];
    const done = ids(parts);
    expect(planOf(programOf(element(parts)), done, done.slice(0, 1)).map(({ id }) => id)).toEqual([done[0], done[2]]);
  });

  it('repeats a command whose files have changed, and keeps both of two identical ones', () => {
    const [, id = ''] = ids([file('print(1)'), shell('python x.py'), sql('SELECT 1')]);
    expect(sent([file('print(2)'), shell('python x.py'), sql('SELECT 1')], [id])).toContain('python x.py');
    const twice = ids([shell('make'), shell('make'), shell('make')]);
    expect(new Set(twice).size).toBe(3);
    expect(sent([shell('make'), shell('make'), shell('ls')], twice.slice(0, 1))).toEqual(['make', 'ls']);
  });
});
