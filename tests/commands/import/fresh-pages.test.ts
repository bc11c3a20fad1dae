import { describe, expect, it } from 'vitest';
import { imported } from './imported.ts';

const HEAD = '---\ntitle: Mend a Tyre\nsummary: Learn how to mend a tyre.\n---\n\n';

/** Imports the body of a page; returns its report and MDX. */
async function body(text: string, files: Record<string, string> = {}): ReturnType<typeof imported> {
  return await imported(`${HEAD}${text}`, files);
}

describe('a page with forms that few pages have', () => {
  it('has statements below a prompt that stands only before the first', async () => {
    const { report, mdx } = await body('~~~ sql\n> BEGIN;\nINSERT INTO tyres VALUES (1);\nCOMMIT;\n~~~\n');
    expect(report.blocks).toMatchObject([{ is: 'step', notes: [expect.stringContaining('SQL shell was added')] }]);
    expect(mdx).toContain('```sql run user=root\nBEGIN;\nINSERT INTO tyres VALUES (1);\nCOMMIT;\n```');
  });

  it('tells answers such as `CREATE TABLE` from statements', async () => {
    const { mdx } = await body('~~~ sql\n> CREATE TABLE tyres (id INT);\nCREATE TABLE\n~~~\n');
    expect(mdx).toContain('> CREATE TABLE tyres (id INT);\n```\n\n```text output\nCREATE TABLE\n```');
  });

  it('tells answers from statements that have no prompts, but not from the body of a function', async () => {
    const answered = await body('~~~ sql\nUPDATE tyres SET id = 2;\nUPDATE 1\n~~~\n');
    expect(answered.mdx).toContain('UPDATE tyres SET id = 2;\n```\n\n```text output\nUPDATE 1\n```');
    const statements = 'CREATE FUNCTION f() RETURNS INT AS $$\n  BEGIN\n    x := 1;\n    IF x THEN\n      RETURN x;\n';
    const { mdx } = await body(`~~~ sql\n${statements}    END IF;\n  END\n$$ LANGUAGE PLpgSQL;\n~~~\n`);
    expect(mdx).toContain(`${statements}    END IF;\n  END\n$$ LANGUAGE PLpgSQL;\n\`\`\``);
    expect(mdx).not.toContain('output');
  });

  it('shows the form of a statement as one', async () => {
    const { report } = await body('~~~\nWITH <name> AS (<query>)\n  SELECT …\n~~~\n');
    expect(report.blocks).toMatchObject([
      { is: 'shown', reason: 'it is the form of a statement: readers fill in `<name>`' },
    ]);
  });

  it('has output that nothing announces, and that only a trial could tell', async () => {
    const { report } = await body('~~~ sql\n> SELECT 1;\n~~~\n\nOne of many sentences.\n\n~~~\n  1\n~~~\n');
    expect(report.blocks.map(({ is }) => is)).toEqual(['step', 'shown']);
  });

  it('has the prompt of a transaction that failed', async () => {
    const { mdx } = await body('~~~ sql\n? ERROR> ROLLBACK;\n~~~\n');
    expect(mdx).toContain('```sql run user=root\n> ROLLBACK;\n```');
  });

  it('has a fence in a list whose lines are less indented than it is', async () => {
    const { report } = await body(
      '1. Look:\n\n    ~~~ sql\n    > SHOW TABLES;\n    ~~~\n\n    ' +
        '~~~\n      name\n+------+\n  tyres\n(1 row)\n    ~~~\n\n' +
        '    ~~~ sql\n    > SELECT 1;\n    ~~~\n',
    );
    expect(report.blocks.map(({ is, begins, line }) => [is, begins, line])).toEqual([
      ['step', '> SHOW TABLES;', 8],
      ['output', 'name', 12],
      ['step', '> SELECT 1;', 19],
    ]);
  });

  it('has braces in a here-document, and brackets around a statement', async () => {
    const { report } = await body(
      "~~~ shell\n$ cat > hi.py <<'EOF'\nprint('{name}')\nEOF\n$ python3 hi.py\n~~~\n\n" +
        '~~~ sql\n> SELECT * FROM [SHOW TABLES];\n~~~\n',
    );
    expect(report.blocks.map(({ is }) => is)).toEqual(['step', 'step']);
  });

  it('names a program below it, or has only one', async () => {
    const program = '~~~ python\nprint(1)\n~~~\n\n';
    const run = '~~~ shell\n$ python3 tyre.py\n~~~\n';
    const named = await body(`${program}Copy it into \`tyre.py\`, and run it:\n\n${run}`);
    expect(named.report.blocks).toMatchObject([{ is: 'file', notes: [] }, { is: 'step' }]);
    const only = await body(`${program}Run it:\n\n${run}`);
    expect(only.report.blocks[0]!.notes).toEqual([
      'it counts as `tyre.py`: it is the only program of that language above that',
    ]);
    const two = await body(`${program}${program}Run it:\n\n${run}`);
    expect(two.report.blocks.map(({ is }) => is)).toEqual(['shown', 'shown', 'shown']);
  });

  it('opens the shell of the data that it sets up, with as many rows as there is room for', async () => {
    const { mdx, report } = await body(
      '~~~ shell\n$ cockroach workload init movr --num-rides 125000\n~~~\n\n~~~ sql\n> SELECT 1 FROM rides;\n~~~\n',
    );
    expect(mdx).toContain("$ cockroach workload init movr 'postgresql://root@localhost:26257?sslmode=disable'\n");
    expect(mdx).toContain('$ cockroach sql --insecure --database=movr');
    expect(report.blocks[0]!.notes).toContain('the numbers of rows were left out: a sandbox holds fewer');
  });

  it('connects as each mode does where a command does not say how', async () => {
    const { mdx } = await body("~~~ shell\n$ cockroach sql -e 'SELECT 1'\n~~~\n");
    expect(mdx).toContain("$ cockroach sql --certs-dir=certs -e 'SELECT 1'");
    expect(mdx).toContain("$ cockroach sql --insecure -e 'SELECT 1'");
  });

  it('is taken as it is when it is no Liquid', async () => {
    const { report, mdx } = await body('A page on {% raw %} itself.\n');
    expect(report.notes).toEqual([expect.stringMatching(/^its Liquid is not carried out: raw /)]);
    expect(mdx).toContain('itself.');
  });

  it('is reported by its name when it cannot be read', async () => {
    const { report } = await imported('---\ntitle: [\n---\n');
    expect(report.failure).toMatch(/./);
    expect(report.files).toEqual([]);
  });

  it('leaves the rest of the navigation as it was written', async () => {
    const { file } = await body('Nothing.\n');
    expect(file('navigation.json')).toContain(
      '      "pages": [{ "page": "transactions", "about": "all or nothing" }]\n',
    );
    expect(JSON.parse(file('navigation.json'))).toMatchObject({
      groups: [{ title: 'Learn' }, { title: 'Imported', pages: [{ page: 'ride-a-bike' }] }],
    });
  });
});
