const DOCS = 'https://www.cockroachlabs.com/docs/v21.1';

/** What `\h` prints. */
export const NO_SYNTAX_HELP =
  'The stand-in for CockroachDB has no help on the syntax of statements. ' +
  'See https://www.cockroachlabs.com/docs/stable/sql-statements.html\n';

/** What `\hf` prints. */
export const NO_FUNCTION_HELP =
  'The stand-in for CockroachDB has no help on functions. ' +
  'See https://www.cockroachlabs.com/docs/stable/functions-and-operators.html\n';

/** What `\?` prints, as recorded. */
export const HELP = `You are using 'cockroach sql', CockroachDB's lightweight SQL client.
General
  \\q, quit, exit    exit the shell (Ctrl+C/Ctrl+D also supported).

Help
  \\? or "help"      print this help.
  \\h [NAME]         help on syntax of SQL commands.
  \\hf [NAME]        help on SQL built-in functions.

Query Buffer
  \\p                during a multi-line statement, show the SQL entered so far.
  \\r                during a multi-line statement, erase all the SQL entered so far.
  \\| CMD            run an external command and run its output as SQL statements.

Connection
  \\c, \\connect [DB] connect to a new database

Input/Output
  \\echo [STRING]    write the provided string to standard output.
  \\i                execute commands from the specified file.
  \\ir               as \\i, but relative to the location of the current script.

Informational
  \\l                list all databases in the CockroachDB cluster.
  \\dt               show the tables of the current schema in the current database.
  \\dT               show the user defined types of the current database.
  \\du               list the users for all databases.
  \\d [TABLE]        show details about columns in the specified table, or alias for '\\dt' if no table is specified.

Formatting
  \\x [on|off]       toggle records display format.

Operating System
  \\! CMD            run an external command and print its results on standard output.

Configuration
  \\set [NAME]       set a client-side flag or (without argument) print the current settings.
  \\unset NAME       unset a flag.


More documentation about our SQL dialect and the CLI shell is available online:
${DOCS}/sql-statements.html
${DOCS}/use-the-built-in-sql-client.html
`;
