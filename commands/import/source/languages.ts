/** What pages call blocks of commands for a Unix shell. */
export const UNIX_SHELLS = [
  'shell',
  'bash',
  'sh',
  'console',
  'terminal',
  'shell-session',
  'sh-session',
  'shellsession',
];

/** What pages call blocks of SQL. */
export const SQLS = ['sql', 'postgresql', 'postgres', 'psql', 'pgsql', 'plpgsql', 'cockroachdb'];
