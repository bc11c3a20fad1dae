import { describe, expect, it } from 'vitest';
import { buildFrom } from '../../src/compiler/build-page.ts';
import { imported } from './imported.ts';

const BIKES = `---
title: Ride a Bike
summary: Learn how to ride a bike with CockroachDB.
toc: true
referral_id: bikes
---

{{site.data.alerts.callout_info}}
Wear a helmet, says {{ site.data.products.core }}.
{{site.data.alerts.end}}

## Step 1. Start a cluster

{% include_cached copy-clipboard.html %}
~~~ shell
$ cockroach start-single-node --insecure
~~~

## Step 2. Add a bike

1. Open the shell:

    {% include_cached copy-clipboard.html %}
    ~~~ shell
    $ cockroach sql --insecure
    ~~~

1. Add a bike to \`{bikes}\`, if 1 < 2<br>and {no} more:

    {% include_cached copy-clipboard.html %}
    ~~~ sql
    > CREATE TABLE bikes (
        id INT PRIMARY KEY,
        name STRING
      );
    > INSERT INTO bikes VALUES (1, 'Lefty');
    ~~~

    ~~~
    CREATE TABLE
    INSERT 1
    ~~~
{: .steps}

See [transactions](transactions.html) and [bells]({% link {{ page.version.version }}/bells.md %}#loud).
`;

describe('a page of Jekyll that is imported', () => {
  it('is a page that compiles, with the steps that the report says', async () => {
    const { mdx, report } = await imported(BIKES);
    const page = buildFrom(mdx);
    expect(page.steps.map(({ step, mode }) => [step.kind, mode])).toEqual([
      ['shell', 'secure'],
      ['shell', 'insecure'],
      ['sql', null],
    ]);
    expect(report.blocks.map(({ is, line, reason }) => [line, is, reason])).toEqual([
      [15, 'shown', 'a cluster already runs (`cockroach start-single-node`)'],
      [24, 'step', undefined],
      [31, 'step', undefined],
      [39, 'output', undefined],
    ]);
    expect(report).toMatchObject({ run: 3, shown: 1 });
  });

  it('keeps its text, with callouts, and with braces and `<` that begin nothing', async () => {
    const { mdx } = await imported(BIKES);
    expect(mdx).toContain('<Note>\n\nWear a helmet, says CockroachDB Self-Hosted.\n\n</Note>');
    expect(mdx).toContain('`{bikes}`, if 1 \\< 2<br />and \\{no} more:');
    expect(mdx).not.toContain('.steps');
  });

  it('links to pages that are here, and to the docs for others', async () => {
    const { mdx } = await imported(BIKES);
    expect(mdx).toContain('[transactions](transactions.html)');
    expect(mdx).toContain('[bells](https://www.cockroachlabs.com/docs/v9.1/bells#loud)');
  });

  it('has front matter as pages have it here, and an entry in the navigation', async () => {
    const { file, report } = await imported(BIKES);
    expect(file('tutorials/ride-a-bike.mdx')).toMatch(
      /^---\ntitle: Ride a Bike\nsummary: Learn how to ride a bike with CockroachDB\.\n---\n/,
    );
    expect(report.notes).toContain('left out of the front matter: referral_id');
    expect(JSON.parse(file('navigation.json'))).toMatchObject({
      groups: [{ title: 'Learn' }, { title: 'Imported', pages: [{ page: 'ride-a-bike', label: 'Ride a Bike' }] }],
    });
  });
});
