import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyCommand } from '../../../commands/verify/verify-command.ts';
import { pageOf } from '../../src/compiler/content-folder.ts';
import { withoutSandbox } from '../../support/shared-server.ts';

const AMPLE_MS = 240_000;
const env = { INSTANCE: `verify-test-${process.env['VITEST_POOL_ID']}` };

let content: string;
let lines: string[];
beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'content-'));
  lines = [];
});
afterEach(() => rmSync(content, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(content, path)), { recursive: true });
  writeFileSync(join(content, path), text);
}

/** Writes the page and what every content folder has. */
function writePage(body: string): void {
  for (const folder of ['pages', 'partials', 'samples']) write(`${folder}/.keep`, '');
  const groups = [{ title: 'All', pages: [{ page: 'a', about: 'A' }] }];
  write('navigation.json', JSON.stringify({ start: 'a', groups }));
  write('tutorials/a.mdx', pageOf(body));
}

/** Verifies a content folder that has this page, in insecure mode. Returns the exit code. */
async function verify(body: string, args: string[] = []): Promise<number> {
  writePage(body);
  const print = (line: string): void => void lines.push(line);
  const { signal } = new AbortController();
  return await verifyCommand(['a', '--mode', 'insecure', ...args], { print, signal, content, env });
}

/** The same in a process of its own, because a test's modules are not loaded by Node. */
function startVerify(args: string[]): ChildProcess {
  const module = resolve(import.meta.dirname, '../../../commands/verify/verify-command.ts');
  const text = `import { verifyCommand } from ${JSON.stringify(module)};
    const ended = new AbortController();
    process.once('SIGTERM', () => ended.abort());
    const { signal } = ended;
    await verifyCommand(${JSON.stringify(['a', '--mode', 'insecure', ...args])}, {
      print: console.log, signal, content: ${JSON.stringify(content)}, env: ${JSON.stringify(env)},
    });
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trimEnd().split('\n')));
  return child;
}

/** Returns a fence with these first words. */
const fence = (words: string, text: string): string => `\`\`\`${words}\n${text}\n\`\`\`\n\n`;

const STEPS =
  '## Keep\n\n' +
  fence('sql run user=root', '> CREATE TABLE kept (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), n INT UNIQUE);') +
  fence('text output', 'CREATE TABLE') +
  fence('sql run user=root', '> INSERT INTO kept (n) VALUES (1) RETURNING id;') +
  fence('sql run user=root fails=23505', '> INSERT INTO kept (n) VALUES (1);') +
  fence('shell run fails=3', '$ exit 3');

describe.skipIf(withoutSandbox)('npm run verify', { timeout: AMPLE_MS }, () => {
  it('says what it checked, stores recordings, and leaves those alone that say the same', async () => {
    write(
      'tutorials/a.effects.ts',
      "export default async ({ query }) =>\n  (await query('TABLE kept', 'defaultdb')).length === 1 ? [] : ['no'];\n",
    );
    expect([await verify(STEPS, ['--update']), lines]).toEqual([
      0,
      [
        expect.stringMatching(
          /^right {2}a, insecure: 4 steps, 1 output compared, effects checked, no functions named, recording stored; /,
        ),
        'Verified: 1 right, 0 wrong, each mode counted; 4 steps. Left out: 0.',
      ],
    ]);
    const file = join(content, 'recordings/a.insecure.json');
    const stored = readFileSync(file, 'utf8');
    lines = [];
    expect(await verify(STEPS, ['--update'])).toBe(0);
    // The identifier is another one.
    expect(lines[0]).toContain('recording left as it was');
    expect(readFileSync(file, 'utf8')).toBe(stored);
  });

  it('tells the first fault of a page with its place, and stores nothing', async () => {
    expect(await verify(STEPS.replace('fails=3', 'fails=4'), ['--update'])).toBe(1);
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^WRONG {2}a, insecure: 4 steps/),
      '       content/tutorials/a.mdx:24: step keep-4: found that it failed with exit code 3; ' +
        'expected it to fail with exit code 4, as its `fails` says.',
    ]);
    expect(existsSync(join(content, 'recordings'))).toBe(false);
  });

  it('runs one step after those above it, whose output it does not compare', async () => {
    const faulty = STEPS.replace('CREATE TABLE\n```', 'CREATE TABEL\n```');
    expect(await verify(faulty, ['--only', 'keep-3'])).toBe(0);
    expect(lines[0]).toMatch(
      /^right {2}a, insecure: step keep-3 after 2 steps above it, 0 outputs compared, effects and recording not/,
    );
  });

  it('with --watch verifies again what has changed, with new effects and what they import', async () => {
    const effects = "import { faults } from './found.ts';\nexport default async () => faults;\n";
    write('tutorials/found.ts', 'export const faults: string[] = [];\n');
    write('tutorials/a.effects.ts', effects);
    const until = async (text: string): Promise<void> =>
      await vi.waitFor(() => expect(lines.join('\n')).toContain(text), { timeout: AMPLE_MS / 2, interval: 50 });
    writePage('## Go\n\n' + fence('shell run', '$ echo hello'));
    const child = startVerify(['--watch']);
    const exited = once(child, 'exit');
    try {
      await until('Waiting for changes');
      expect(lines[0]).toMatch(/^right/);
      write('tutorials/found.ts', "export const faults: string[] = ['nothing was kept'];\n");
      await until('content/tutorials/a.effects.ts:2: nothing was kept');
      write('tutorials/found.ts', 'export const faults: string[] = [];\n');
      appendFileSync(join(content, 'tutorials/a.mdx'), fence('text output', 'goodbye'));
      await until('found `hello` in its output; expected `goodbye` in line 1 of the expected output.');
    } finally {
      child.kill();
      await exited;
    }
  });
});
