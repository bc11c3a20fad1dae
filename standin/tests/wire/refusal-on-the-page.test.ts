import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { useStandin } from './served.ts';

const PAGE = resolve(import.meta.dirname, '../../../content/pages/the-stand-in.mdx');

const served = useStandin();

it('refuses a statement as the page about the stand-in shows', async () => {
  const page = await readFile(PAGE, 'utf8');
  const [, sql, shown] = /^```sql\n> (.*?)^```\n+^```text\n(.*?)^```/ms.exec(page)!;

  const { error } = await served.client.ask({ sql: sql! });

  expect(shown).toBe(`ERROR: ${error?.message}\nSQLSTATE: ${error?.code}\nHINT: ${error?.hint}\n`);
});
