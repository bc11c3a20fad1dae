import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteArray, quoteText } from '../text/quoting.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import { ROLE_MEMBERS } from './privilege-queries.ts';

/** A GRANT or REVOKE of roles. */
export interface MembershipChange {
  verb: 'GRANT' | 'REVOKE';
  roles: string[];
  members: string[];
  /** Of GRANT: members may grant the roles in turn. Of REVOKE: only that right ends. */
  adminOption: boolean;
}

type Membership = readonly (string | null)[];

/** Carries out a GRANT or REVOKE of roles (cockroachlabs.com/docs/stable/grant). Throws StatementError. */
export async function changeMemberships(change: MembershipChange, context: Context): Promise<void> {
  const { verb, roles, members, adminOption } = change;
  const memberships = await context.query(ROLE_MEMBERS);
  await requireRoleAdmin(roles, memberships, context);
  await requireRoles([...roles, ...members], context);
  if (verb === 'GRANT') checkCycles(roles, members, memberships);
  else if (roles.includes('admin') && members.includes('root'))
    throw new StatementError(
      SQLSTATE.objectInUse,
      'role/user root cannot be removed from role admin or lose the ADMIN OPTION',
    );
  await context.execute(
    `SELECT crdb.change_memberships(${quoteText(verb)}, ${quoteArray(roles)}, ${quoteArray(members)}, ${adminOption})`,
  );
}

/** Throws StatementError (insufficientPrivilege) when the user may not grant one of the roles. */
async function requireRoleAdmin(roles: string[], memberships: Membership[], context: Context): Promise<void> {
  const { user } = context;
  const superuser = await isAdmin(context);
  const own = rolesOf(user, memberships);
  for (const role of roles) {
    if ((superuser && role !== 'admin') || own.get(role)) continue;
    const needed = role === 'admin' ? 'role admin' : 'superuser or role admin';
    throw new StatementError(SQLSTATE.insufficientPrivilege, `${user} is not a ${needed} for role ${role}`);
  }
}

/** Throws StatementError (uncategorized) for the first of these that is no user or role. */
async function requireRoles(names: string[], context: Context): Promise<void> {
  const rows = await context.query(
    `SELECT rolname
    FROM pg_catalog.pg_roles
    WHERE rolname !~ '^pg_'
      AND NOT rolsuper
      AND rolname = ANY (${quoteArray(names)})`,
  );
  const known = new Set(rows.flat());
  const missing = names.find((name) => !known.has(name));
  if (missing !== undefined) throw new StatementError(SQLSTATE.uncategorized, `role/user ${missing} does not exist`);
}

/** Throws StatementError (invalidGrantOperation) when a role would become a member of itself. */
function checkCycles(roles: string[], members: string[], memberships: Membership[]): void {
  for (const role of roles)
    for (const member of members) {
      if (role === member)
        throw new StatementError(SQLSTATE.invalidGrantOperation, `${member} cannot be a member of itself`);
      if (rolesOf(role, memberships).has(member))
        throw new StatementError(
          SQLSTATE.invalidGrantOperation,
          `making ${member} a member of ${role} would create a cycle`,
        );
    }
}

/** The roles that a user is a member of, directly or not, and whether it may grant each. */
function rolesOf(user: string, memberships: Membership[]): Map<string, boolean> {
  const found = new Map<string, boolean>();
  const visit = (member: string): void => {
    for (const [role, of, isAdminOption] of memberships) {
      if (of !== member || typeof role !== 'string') continue;
      const isNew = !found.has(role);
      found.set(role, (found.get(role) ?? false) || isAdminOption === 't');
      if (isNew) visit(role);
    }
  };
  visit(user);
  return found;
}
