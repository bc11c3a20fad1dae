import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Returns a constraint's name in CockroachDB, where a primary key without a name of its own is called `primary`. */
function constraintName(name = ''): string {
  return name.endsWith('_pkey') ? 'primary' : name;
}

/** Rewords the error about a key that another row already has. */
export const uniqueViolation: ErrorTranslation = ({ code, message, detail, constraint }) => {
  const name = constraintName(constraint);
  const violation = `duplicate key value violates unique constraint "${name}"`;
  return message.startsWith('could not create unique index')
    ? { code, message: `failed to ingest index entries during backfill: ${violation}`, constraint: name }
    : { code, message: violation, detail, constraint: name };
};

/** Rewords the error about a NULL in a NOT NULL column. */
export const notNullViolation: ErrorTranslation = ({ code, message, column = '' }, source) => {
  // ALTER COLUMN … SET NOT NULL is checked like a CHECK.
  if (/ contains null values$/.test(message) && /\bset\s+not\s+null\b/i.test(source))
    return {
      code: SQLSTATE.checkViolation,
      message: `validation of NOT NULL constraint failed: validation of CHECK "${column} IS NOT NULL" failed on row`,
    };
  return { code, message: `null value in column "${column}" violates not-null constraint` };
};

/** Rewords the error of a CHECK, or of the domain that limits STRING(n). */
export const checkViolation: ErrorTranslation = ({ code, message, constraint }) => {
  const [, domain] = /^value for domain (?:crdb\.)?"(string\(\d+\))"/.exec(message) ?? [];
  if (domain !== undefined)
    return { code: SQLSTATE.stringDataRightTruncation, message: `value too long for type ${domain.toUpperCase()}` };
  const [, added] = /^check constraint "(.*)" of relation ".*" is violated by some row$/.exec(message) ?? [];
  if (added !== undefined) return { code, message: `validation of CHECK "${added}" failed on row` };
  const [, check] = /violates check constraint "(.*)"$/.exec(message) ?? [];
  return check === undefined
    ? undefined
    : { code, message: `failed to satisfy CHECK constraint (${check})`, constraint };
};

const MISSING_KEY = /^insert or update on table "(.*)" violates foreign key constraint "(.*)"$/;
const KEY_IN_USE = new RegExp(
  '^update or delete on table "(.*)" violates (?:RESTRICT setting of )?foreign key constraint "(.*)" on table "(.*)"$',
);

/** The statements that change rows, by their first words. */
const VERB = /\b(insert|upsert|update|delete)\b/i;

/**
 * Rewords the error of a foreign key, in the referencing row or in the referenced one. CockroachDB names the kind of
 * statement; where that is not the one that was sent, an action of a foreign key has updated the row.
 */
export const foreignKeyViolation: ErrorTranslation = ({ code, message, detail, constraint }, source) => {
  const verb = VERB.exec(source)?.[1]?.toLowerCase() ?? 'update';
  const [, table, key] = MISSING_KEY.exec(message) ?? [];
  if (table !== undefined)
    return {
      code,
      message: `${verb === 'delete' ? 'update' : verb} on table "${table}" violates foreign key constraint "${key}"`,
      detail,
      constraint,
    };
  const [, referred, usedKey, referring] = KEY_IN_USE.exec(message) ?? [];
  return referred === undefined
    ? undefined
    : {
        code,
        message: `${verb} on table "${referred}" violates foreign key constraint "${usedKey}" on table "${referring}"`,
        detail,
        constraint,
      };
};

/** Rewords the error about a DROP of what other objects depend on; PostgreSQL lists them in the detail. */
export const dependentObjects: ErrorTranslation = ({ code, message, detail = '' }) => {
  const [, referring, referred] = /constraint \S+ on table (\S+) depends on table (\S+)/.exec(detail) ?? [];
  if (referring !== undefined)
    return {
      code: SQLSTATE.uncategorized,
      message: `"${referred}" is referenced by foreign key from table "${referring}"`,
    };
  const [, view, , column, table] =
    /view (\S+) depends on ((?:materialized )?view|table|column (\S+) of table) (\S+)/.exec(detail) ?? [];
  if (view !== undefined) {
    const dropped = column === undefined ? `relation "${table}"` : `column "${column}"`;
    return {
      code,
      message: `cannot drop ${dropped} because view "${view}" depends on it`,
      hint: `you can drop ${view} instead.`,
    };
  }
  const [, schema] = /^cannot drop schema (\S+) because/.exec(message) ?? [];
  return schema === undefined
    ? undefined
    : { code, message: `schema "${schema}" is not empty and CASCADE was not specified` };
};
