import { columnsOf } from '../../protocol/columns.ts';
import { quoteText } from '../text/quoting.ts';
import { IS_ADMIN } from '../translation/lookups.ts';
import { ROLE_MEMBERS } from '../access/privilege-queries.ts';
import type { ShowReader } from './show-reader.ts';

/** In CockroachDB root and admin have no options, so their attributes in PostgreSQL are not listed. */
const USERS = `
  SELECT r.rolname::text AS username,
    concat_ws(
      ', ',
      CASE WHEN r.rolcreatedb AND r.rolname NOT IN ('root', 'admin') THEN 'CREATEDB' END,
      CASE WHEN r.rolcreaterole AND r.rolname NOT IN ('root', 'admin') THEN 'CREATEROLE' END,
      CASE WHEN NOT r.rolcanlogin AND r.rolname <> 'admin' THEN 'NOLOGIN' END
    ) AS options,
    ARRAY(
      SELECT m.role
      FROM (${ROLE_MEMBERS}) m
      WHERE m.member = r.rolname
      ORDER BY 1
    ) AS member_of
  FROM pg_catalog.pg_roles r
  WHERE r.rolname !~ '^(pg_|sandbox_admin)'
  ORDER BY 1`;

/** cockroachlabs.com/docs/stable/show-users, show-roles */
export const showUsers: ShowReader = (reader, { user }) => {
  const kind = reader.oneOf('users', 'roles');
  if (!kind) return undefined;
  reader.expectEnd();
  const refusal = quoteText(`user ${user} does not have SELECT privilege on relation users`);
  return {
    kind: 'forward',
    sql: `
      WITH allowed AS MATERIALIZED (
        SELECT crdb_standin.refuse('42501', ${refusal})
        WHERE NOT ${IS_ADMIN}
      )
      SELECT x.*
      FROM (${USERS}) x
      WHERE NOT EXISTS (SELECT 1 FROM allowed)
      ORDER BY 1`,
    tag: `SHOW ${kind.toUpperCase()} {rows}`,
    columns: columnsOf({ username: 'text', options: 'text', member_of: 'textArray' }),
  };
};
