import type { Mode } from '../../../shared/protocol.ts';
import { pythonConnection } from './python-connection.ts';

/** Returns the program that uses psycopg2 or, under its own name, the newer psycopg. */
export function psycopgProgram(module: string, mode: Mode): string {
  return `"""Keep a list of books in the bank database, with ${module}."""

import ${module}

${pythonConnection(mode, 'dbname')}


def create_table(cursor):
    """Make an empty table, so that the program can be run again."""
    cursor.execute("DROP TABLE IF EXISTS books")
    cursor.execute("CREATE TABLE books (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), title STRING NOT NULL)")


def add_book(cursor, title):
    """Add a book, and return its ID."""
    cursor.execute("INSERT INTO books (title) VALUES (%s) RETURNING id", (title,))
    (book_id,) = cursor.fetchone()
    return book_id


def read_titles(cursor):
    """The titles of all books, in order."""
    cursor.execute("SELECT title FROM books ORDER BY title")
    return [title for (title,) in cursor.fetchall()]


def main():
    connection = ${module}.connect(**CONNECTION)
    # Each statement is a transaction of its own.
    connection.autocommit = True
    with connection.cursor() as cursor:
        create_table(cursor)
        for title in ["Middlemarch", "Beloved"]:
            print(f"Added {title} as {add_book(cursor, title)}.")
        print(f"The books are {', '.join(read_titles(cursor))}.")
    connection.close()


if __name__ == "__main__":
    main()
`;
}
