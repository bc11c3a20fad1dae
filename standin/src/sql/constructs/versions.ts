import { DOCS_VERSION } from '../../identity/claimed-version.ts';

/** The version of CockroachDB whose answers were recorded: the stand-in follows it wherever nothing else is said. */
export const FOLLOWED_VERSION = 'v21.1';

/** Something that versions of CockroachDB do differently. */
export interface Versioned {
  /** What the stand-in does, in sentences with SQL between backticks. */
  does: string;
  /** The version that does the same: the recorded one, or the one that the stand-in announces. */
  version: string;
}

/**
 * Where versions differ, and which one the stand-in follows. It announces a newer one than it follows, because
 * current libraries refuse older ones; what they then rely on is as in that version, unless recordings say otherwise.
 */
export const VERSIONED: readonly Versioned[] = [
  {
    does: '`SELECT version()` and `SHOW crdb_version` announce it, because current libraries refuse older versions.',
    version: DOCS_VERSION,
  },
  { does: '`COPY … TO STDOUT` answers.', version: DOCS_VERSION },
  { does: '`NULLS FIRST` and `NULLS LAST` in `ORDER BY` answer.', version: DOCS_VERSION },
  { does: '`INSERT … ON CONFLICT ON CONSTRAINT` answers.', version: DOCS_VERSION },
  { does: '`to_regtype()` answers: psycopg asks for types with it.', version: DOCS_VERSION },
  { does: '`COMMENT ON CONSTRAINT` answers: SQLAlchemy creates tables with it.', version: DOCS_VERSION },
  {
    does:
      '`ALTER COLUMN … TYPE` needs no setting in a session of django-cockroachdb 5 and newer. In others it needs ' +
      '`enable_experimental_alter_column_type_general`, as in v21.1.',
    version: DOCS_VERSION,
  },
  {
    does:
      '`column_comment` in `information_schema.columns` is NULL for a column without a comment, in databases with ' +
      "alembic's table `alembic_version`. In others it is an empty text, as in v21.1.",
    version: DOCS_VERSION,
  },
  { does: 'The primary key is called `primary`, and a foreign key `fk_column_ref_table`.', version: FOLLOWED_VERSION },
  { does: 'Every isolation level is accepted, and means `SERIALIZABLE`.', version: FOLLOWED_VERSION },
  { does: 'Outside a transaction, each statement of a text is a transaction of its own.', version: FOLLOWED_VERSION },
  { does: 'A value is not cast to the type of the column that it is written to.', version: FOLLOWED_VERSION },
  { does: '`COMMENT ON TYPE` is a syntax error.', version: FOLLOWED_VERSION },
  { does: 'A view cannot be made of `SELECT *`.', version: FOLLOWED_VERSION },
  { does: '`UPDATE` and `DELETE` with `ORDER BY` need a `LIMIT`.', version: FOLLOWED_VERSION },
  {
    does: 'Errors have the words and codes of this version; `XXUUU` stands for those without a code.',
    version: FOLLOWED_VERSION,
  },
];
