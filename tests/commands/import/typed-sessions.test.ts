import { describe, expect, it } from 'vitest';
import { imported, type Imported } from './imported.ts';

/** Imports the body of a page. */
async function page(body: string, files: Record<string, string> = {}): Promise<Imported> {
  return await imported(`---\ntitle: Fit a Bell\nsummary: Learn to ring.\n---\n\n${body}`, files);
}

/** Returns what became of each part of a page, with the reason when it is only shown. */
function parts({ report }: Imported): (string | number)[][] {
  return report.blocks.map(({ line, is, begins, reason }) => [line, reason ?? is, begins]);
}

const fence = (language: string, ...lines: string[]): string => `~~~ ${language}\n${lines.join('\n')}\n~~~\n\n`;

describe('a block of commands and what they print in turn', () => {
  it('becomes a step and its output for each, which count as one block', async () => {
    const block = await page(fence('console', '$ echo ding', 'ding', '', '$ echo dong \\', '  again', 'dong again'));
    expect(parts(block)).toEqual([
      [6, 'step', '$ echo ding'],
      [8, 'output', 'ding'],
      [10, 'step', '$ echo dong \\'],
      [12, 'output', 'dong again'],
    ]);
    expect(block.report).toMatchObject({ run: 1, shown: 0 });
  });

  it('counts as shown when one of its commands is', async () => {
    const { report } = await page(fence('console', '$ echo ding', 'ding', '$ curl bells.example', 'dong'));
    expect(report).toMatchObject({ run: 0, shown: 1 });
  });

  it('stays whole when a command asks how the one above it ended', async () => {
    expect(parts(await page(fence('console', '$ ls bell', 'no bell', '$ echo $?', '2')))).toEqual([
      [6, 'commands and output alternate in it', '$ ls bell'],
    ]);
  });

  it('has statements below a command that opens the SQL shell, whose welcome is left out', async () => {
    const lines = ['$ cockroach sql --insecure', '# Welcome.', '#', 'root@:26257/defaultdb> SELECT 1', '  + 1;', '  2'];
    expect(parts(await page(fence('console', ...lines, '', 'root@:26257/defaultdb> \\q', '$ echo dong')))).toEqual([
      [6, 'step', '$ cockroach sql --insecure'],
      [10, 'step', '> SELECT 1'],
      [12, 'output', '2'],
      [14, 'it only leaves the SQL shell', '> \\q'],
      [15, 'step', '$ echo dong'],
    ]);
  });

  it('may have prompts that name the machine, and comments that look like prompts', async () => {
    const named = fence('sh-session', '[ada@bells ~]$ echo ding', 'ding', 'ada@bells:~$ echo dong', 'dong');
    const { mdx } = await page(named + fence('bash', 'echo ding', '# ding'));
    expect(mdx).toContain('$ echo ding\n```\n\n```text output\nding\n```\n\n```shell run\n$ echo dong\n');
    expect(mdx).toContain('```shell run\necho ding\n# ding\n```');
  });
});

describe('a page of PostgreSQL', () => {
  it('runs in the SQL shell of the cluster, also behind the prompts of `psql`', async () => {
    const { mdx, report } = await page(
      fence('console', '$ createdb bells', '$ psql bells', 'psql (17.2)', '', 'bells=>') +
        fence('sql', 'bells=# SELECT 1', 'bells-#   + 1;', ' 2', 'bells=# SELECT 3;', ' 3'),
    );
    expect(mdx).toContain("$ cockroach sql --insecure -e 'CREATE DATABASE bells'");
    expect(mdx).toContain('$ cockroach sql --insecure --database=bells\n');
    expect(mdx).toContain('```sql run user=root database=bells\n> SELECT 1\n  + 1;\n```\n\n```text output\n 2\n```');
    expect(report).toMatchObject({ run: 2, shown: 0 });
  });

  it('is not run where a page compares it with the cluster', async () => {
    const select = fence('sql', '> SELECT 1;');
    const block = await page(fence('shell', '$ psql') + select + fence('shell', '$ cockroach sql --insecure') + select);
    expect(block.report.blocks.map(({ is, reason }) => reason ?? is)).toEqual([
      'this program is not in a sandbox (`psql`)',
      'it is for another database (`psql`)',
      'step',
      'step',
    ]);
  });
});

describe('client commands of the SQL shell', () => {
  it('become commands of the Unix shell when they print something', async () => {
    const { mdx } = await page(fence('sql', '> \\d bells'));
    expect(mdx).toContain("```shell run\n$ echo '\\d bells' | cockroach sql --insecure --format=table\n```");
  });

  it('are left out at the end of a block when they leave the shell', async () => {
    const { mdx, report } = await page(fence('sql', '> SELECT 1;', '> \\q'));
    expect(mdx).toContain('> SELECT 1;\n```');
    expect(report.blocks[0]!.notes).toContain('the line that leaves the SQL shell was left out');
  });
});

describe('files of a page', () => {
  it('are written where its shell is, also those that are no programs', async () => {
    const { report, file, mdx } = await page(
      fence('console', '$ mkdir tower', '$ cd tower') +
        `Settings go to \`bell.toml\`:\n\n${fence('toml', 'loud = true')}` +
        fence('console', '$ cat bell.toml', "$ cockroach sql --insecure -e 'SELECT 1'"),
    );
    expect(report.blocks.map(({ is }) => is)).toEqual(['step', 'file', 'step']);
    expect(file('samples/ride-a-bike/shared/tower/bell.toml')).toBe('loud = true\n');
    expect(mdx).toContain('cockroach sql --certs-dir=$HOME/certs -e');
  });

  it('say what `npm install` and `pip install -r` install', async () => {
    const files = {
      'programs/tower/package.json': '{ "dependencies": { "pg": "^8.0.0" } }',
      'programs/tower/requirements.txt': '# needed\npsycopg2-binary==2.9.9\n',
    };
    const install = fence('shell', '$ npm install', '$ pip install -r requirements.txt');
    const { mdx } = await page(fence('shell', '$ mkdir tower') + fence('shell', '$ cd tower') + install, files);
    expect(mdx).toContain('$ npm install pg\n$ pip install psycopg2-binary\n');
    const { report } = await page(install);
    expect(report.blocks[0]!.reason).toBe('it installs what a `package.json` names: give its folder with --samples');
  });
});
