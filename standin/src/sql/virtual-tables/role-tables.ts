import { ROLE_MEMBERS } from '../access/privilege-queries.ts';
import { rowsOf, type VirtualTables } from './virtual-table.ts';

/** The roles that clients see: not PostgreSQL's own. */
const ROLES = `pg_catalog.pg_roles r
  WHERE r.rolname !~ '^pg_'
    AND NOT r.rolsuper`;

/** A query for the memberships that the client's user has, directly and through other roles. */
const OWN_ROLES = `
  WITH RECURSIVE granted AS (${ROLE_MEMBERS}),
    own (role, member, is_admin) AS (
      SELECT *
      FROM granted
      WHERE member = current_user::text
      UNION
      SELECT g.*
      FROM own
      JOIN granted g ON g.member = own.role
    )
  SELECT member AS grantee, role, CASE WHEN is_admin THEN 'YES' ELSE 'NO' END AS is_grantable
  FROM own`;

const ROLE_COLUMNS = 'grantee STRING, role_name STRING, is_grantable STRING';

/** The tables about users and roles (cockroachlabs.com/docs/stable/information-schema, authorization). */
export const ROLE_TABLES: VirtualTables = {
  'information_schema.applicable_roles': rowsOf(ROLE_COLUMNS, OWN_ROLES),
  'information_schema.administrable_role_authorizations': rowsOf(
    ROLE_COLUMNS,
    `SELECT * FROM (${OWN_ROLES}) o WHERE o.is_grantable = 'YES'`,
  ),
  'information_schema.enabled_roles': rowsOf(
    'role_name STRING',
    `SELECT current_user::text UNION SELECT role FROM (${OWN_ROLES}) o`,
  ),
  'system.users': rowsOf(
    'username STRING, hashedPassword BYTES, isRole BOOL',
    `
      SELECT r.rolname::text, CASE WHEN r.rolname = 'root' THEN ''::bytea END, NOT r.rolcanlogin
      FROM ${ROLES}`,
  ),
  'system.role_members': rowsOf('role STRING, member STRING, isAdmin BOOL', ROLE_MEMBERS),
  'system.role_options': rowsOf(
    'username STRING, option STRING, value STRING',
    `
      SELECT u.name, u.option, NULL::text
      FROM (
        SELECT r.rolname::text AS name, 'CREATEDB' AS option
        FROM ${ROLES} AND r.rolcreatedb
        UNION ALL
        SELECT r.rolname::text, 'CREATEROLE'
        FROM ${ROLES} AND r.rolcreaterole
        UNION ALL
        SELECT r.rolname::text, 'NOLOGIN'
        FROM ${ROLES} AND NOT r.rolcanlogin
      ) u
      WHERE u.name NOT IN ('root', 'admin')
      ORDER BY 1, 2`,
  ),
};
