import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** In CockroachDB a primary key is called `primary` when its author chose no name. */
function constraintName(name = ''): string {
  return name.endsWith('_pkey') ? 'primary' : name;
}

/** Of a key that a row has already. */
export const uniqueViolation: ErrorTranslation = ({ code, detail, constraint }) => ({
  code,
  message: `duplicate key value violates unique constraint "${constraintName(constraint)}"`,
  detail,
  constraint: constraintName(constraint),
});

/** Of a NULL where none may be. */
export const notNullViolation: ErrorTranslation = ({ code, column = '' }) => ({
  code,
  message: `null value in column "${column}" violates not-null constraint`,
});

/** Of a CHECK, or of the domain that limits STRING(n). */
export const checkViolation: ErrorTranslation = ({ code, message, constraint }) => {
  const [, domain] = /^value for domain crdb\."(string\(\d+\))"/.exec(message) ?? [];
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

/** In the row that refers, or in the one that is referred to. */
export const foreignKeyViolation: ErrorTranslation = ({ code, message, detail, constraint }) => {
  const [, table, key] = MISSING_KEY.exec(message) ?? [];
  if (table !== undefined)
    return {
      code,
      message: `insert on table "${table}" violates foreign key constraint "${key}"`,
      detail,
      constraint,
    };
  const [, referred, usedKey, referring] = KEY_IN_USE.exec(message) ?? [];
  return referred === undefined
    ? undefined
    : {
        code,
        message: `delete on table "${referred}" violates foreign key constraint "${usedKey}" on table "${referring}"`,
        detail,
        constraint,
      };
};

/** Of a DROP of what other objects need: PostgreSQL lists those in the detail. */
export const dependentObjects: ErrorTranslation = ({ code, message, detail = '' }) => {
  const [, referring, referred] = /constraint \S+ on table (\S+) depends on table (\S+)/.exec(detail) ?? [];
  if (referring !== undefined)
    return {
      code: SQLSTATE.uncategorized,
      message: `"${referred}" is referenced by foreign key from table "${referring}"`,
    };
  const [, view, , column, table] = /view (\S+) depends on (table|column (\S+) of table) (\S+)/.exec(detail) ?? [];
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
