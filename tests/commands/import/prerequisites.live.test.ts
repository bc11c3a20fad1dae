import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../../commands/client/server.ts';
import { imported } from './imported.ts';

const AMPLE_MS = 240_000;

const BICYCLES = `---
title: Count Bicycles
summary: A page that takes much for granted.
---

To follow along, start a cluster with the \`movr\` data.

~~~ sql
> SELECT count(*) FROM vehicles;
~~~

~~~
  count
---------
     15
(1 row)
~~~

## One

~~~ sql
> CREATE TABLE wheels (id INT PRIMARY KEY);
~~~

~~~ sql
> GRANT SELECT ON wheels TO ada;
~~~

## Another

~~~ sql
> CREATE TABLE wheels (id INT PRIMARY KEY, size INT);
~~~

The wheels have sizes:

~~~ sql
> SELECT * FROM wheels;
~~~

It is still empty.

~~~
  id | size
-----+-------
(0 rows)
~~~

## Elsewhere

~~~ sql
> USE sheds;
~~~

~~~ sql
> SELECT * FROM nobody;
~~~
`;

describe('a page that takes things for granted', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ INSTANCE: 'prerequisites-test' });
  }, AMPLE_MS);
  afterAll(() => server.stop(), AMPLE_MS);

  it(
    'gets its data set, its users and databases, and room for a table that recurs, and the report says so',
    async () => {
      const { mdx, report } = await imported(BICYCLES, {}, server.url);
      expect(report.blocks.map(({ is, notes }) => [is, notes.filter((note) => !note.includes('SQL shell'))])).toEqual([
        ['step', ['the data of `movr`, which the page names, is set up above it']],
        ['output', []],
        ['step', []],
        ['step', ['the user `ada`, whom nothing on the page makes, is made above it']],
        ['step', ['the table `wheels` of an earlier section is dropped above it']],
        ['step', []],
        ['output', []],
        ['step', ['the database `sheds`, which nothing on the page makes, is made above it']],
        ['shown', []],
      ]);
      expect(mdx).toContain('cockroach workload init movr');
      expect(mdx).toContain('> DROP TABLE wheels CASCADE;\n```');
      expect(mdx).toContain('```sql run user=root database=movr\n> CREATE USER ada;\n```');
    },
    AMPLE_MS,
  );
});
