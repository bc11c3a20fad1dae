import { SqlError } from '../protocol/problem.ts';
import { indexStatement } from './index-definition.ts';
import type { ActPlan, Context, Plan } from './plan.ts';
import { localName, resolveRelation } from './relation.ts';
import { quoteName, quoteText, type Statement } from './statement.ts';
import { slice } from './table-parts.ts';
import { Words } from './words.ts';

const LATER = [
  {
    severity: 'NOTICE',
    code: '00000',
    message: 'the data for dropped indexes is reclaimed asynchronously',
    hint: 'The reclamation delay can be customized in the zone configuration for the table.',
  },
];

/** CREATE INDEX and DROP INDEX (cockroachlabs.com/docs/stable/create-index, drop-index). */
export function planIndex(statement: Statement, context: Context): Plan | undefined {
  const words = new Words(statement);
  if (words.skip('drop', 'index')) return drop(words, context);
  if (!words.skip('create')) return undefined;
  const unique = words.skip('unique');
  const inverted = words.skip('inverted');
  if (!words.skip('index')) return undefined;
  words.skip('concurrently');
  const lenient = words.skip('if', 'not', 'exists');
  const name = words.skip('on') ? undefined : words.name();
  if (name !== undefined) words.need('on');
  const path = words.path();
  const part = slice(statement.source, statement.tokens, words.at, statement.tokens.length - 1);
  return act('CREATE INDEX', async () => {
    await resolveRelation(context, path);
    const [found] =
      name === undefined
        ? []
        : await context.ask(
            `SELECT 1 FROM pg_catalog.pg_class WHERE relname = ${quoteText(name)} AND relkind = 'i' AND relnamespace = 'public'::regnamespace`,
          );
    if (found && lenient) return;
    await context.tell(indexStatement(part, path, context, { unique, inverted, name }));
  });
}

function drop(words: Words, context: Context): ActPlan {
  words.skip('concurrently');
  const lenient = words.skip('if', 'exists');
  const path = words.path();
  const index = words.skip('@') ? words.name() : path.at(-1)!;
  const cascade = words.one('cascade', 'restrict') === 'cascade';
  words.end();
  return act(
    'DROP INDEX',
    async () => {
      const [found] =
        await context.ask(`SELECT n.nspname, k.conname, k.conrelid::regclass FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = c.oid AND k.contype = 'u'
      WHERE c.relkind = 'i' AND c.relname = ${quoteText(index)} AND pg_catalog.pg_table_is_visible(c.oid)`);
      if (!found && lenient) return;
      if (!found) throw new SqlError('42704', `index "${index}" does not exist`);
      if (found[1] && !cascade)
        throw new SqlError('2BP01', `index "${index}" is in use as unique constraint`, {
          hint: 'use CASCADE if you really want to drop it.',
        });
      const constraint = found[1]
        ? `ALTER TABLE ${found[2]} DROP CONSTRAINT ${quoteName(found[1])} CASCADE`
        : undefined;
      await context.tell(
        constraint ?? `DROP INDEX ${localName(context, [found[0]!, index])}${cascade ? ' CASCADE' : ''}`,
      );
    },
    LATER,
  );
}

const act = (tag: string, run: () => Promise<void>, notices?: typeof LATER): ActPlan => ({
  kind: 'act',
  act: async () => {
    await run();
    return { tag, notices };
  },
});
