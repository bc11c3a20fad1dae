import type { Mode } from '../../../shared/protocol.ts';
import { pythonConnection } from './python-connection.ts';

/** Returns the program that uses peewee. */
export function peeweeProgram(mode: Mode): string {
  return `"""Keep a list of books in the bank database, with peewee."""

from peewee import Model, TextField
from playhouse.cockroachdb import CockroachDatabase, UUIDKeyField

${pythonConnection(mode, 'database')}

database = CockroachDatabase(**CONNECTION)


class Book(Model):
    id = UUIDKeyField()
    title = TextField()

    class Meta:
        database = database
        table_name = "books"


def add_book(title):
    """Add a book, and return its ID."""
    return Book.create(title=title).id


def read_titles():
    """The titles of all books, in order."""
    return [book.title for book in Book.select().order_by(Book.title)]


def main():
    # Each statement is a transaction of its own.
    with database.connection_context():
        # Make an empty table, so that the program can be run again.
        database.drop_tables([Book])
        database.create_tables([Book])
        for title in ["Middlemarch", "Beloved"]:
            print(f"Added {title} as {add_book(title)}.")
        print(f"The books are {', '.join(read_titles())}.")


if __name__ == "__main__":
    main()
`;
}
