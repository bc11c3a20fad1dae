import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../../commands/client/server.ts';
import { imported } from './imported.ts';

const AMPLE_MS = 240_000;

const BELLS = `---
title: Ring a Bell
summary: Bells, and who rings them.
---

Open the shell:

~~~ shell
$ cockroach sql --insecure
~~~

~~~ sql
> CREATE TABLE bells (id INT PRIMARY KEY, key UUID DEFAULT gen_random_uuid());
> INSERT INTO bells (id) VALUES (1);
~~~

The result is old, and in an old form:

~~~ sql
> SELECT id FROM bells;
~~~

~~~
+----+
| id |
+----+
|  7 |
+----+
(1 row)
~~~

What varies:

~~~ sql
> SELECT key FROM bells;
~~~

~~~
                  key
----------------------------------------
  63616665-6630-3064-6465-616462656568
(1 row)
~~~

A bell rings once:

~~~ sql
> INSERT INTO bells (id) VALUES (1);
~~~

~~~
pq: duplicate key value (id)=(1) violates unique constraint "primary"
~~~

Nobody made this table:

~~~ sql
> DELETE FROM whistles;
~~~

~~~
DELETE 3
~~~
`;

describe('a page that is imported and tried', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ INSTANCE: 'import-test' });
  }, AMPLE_MS);
  afterAll(() => server.stop(), AMPLE_MS);

  it(
    'runs what works, expects what is printed, and shows the rest with the reason',
    async () => {
      const { mdx, report } = await imported(BELLS, {}, server.url);
      expect(report.blocks.map(({ is, reason }) => [is, reason])).toEqual([
        ['step', undefined],
        ['step', undefined],
        ['step', undefined],
        ['output', undefined],
        ['step', undefined],
        ['output', undefined],
        ['step', undefined],
        ['output', undefined],
        ['shown', 'it fails: ERROR: relation "whistles" does not exist'],
        ['shown', 'the step above it is only shown'],
      ]);
      expect(mdx).toContain('```text output\n  id\n------\n   1\n(1 row)\n```');
      expect(report.blocks[3]!.notes).toEqual(['it was replaced by what is printed, which differs: `1` for `7`']);
      expect(mdx).toContain('  {uuid}\n(1 row)');
      expect(mdx).toContain('```sql run user=root fails=23505\n> INSERT INTO bells (id) VALUES (1);');
    },
    AMPLE_MS,
  );
});
