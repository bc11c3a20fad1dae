import type { Mode } from '../../../shared/protocol.ts';
import { pythonConnection } from './python-connection.ts';

/** Returns the program that uses PonyORM. */
export function ponyProgram(mode: Mode): string {
  return `"""Keep a list of books in the bank database, with PonyORM."""

from uuid import UUID, uuid4

from pony.orm import Database, PrimaryKey, Required, db_session, select

${pythonConnection(mode, 'database')}

# How often Pony starts a function over when its transaction meets another one.
MAX_RETRIES = 10

db = Database()


class Book(db.Entity):
    _table_ = "books"
    id = PrimaryKey(UUID, default=uuid4)
    title = Required(str)


@db_session(retry=MAX_RETRIES)
def add_book(title):
    """Add a book, and return its ID."""
    return Book(title=title).id


@db_session
def read_titles():
    """The titles of all books, in order."""
    return list(select(book.title for book in Book).order_by(1))


def main():
    db.bind(provider="cockroach", **CONNECTION)
    db.generate_mapping(check_tables=False)
    # Make an empty table, so that the program can be run again.
    db.drop_table("books", if_exists=True, with_all_data=True)
    db.create_tables()
    for title in ["Middlemarch", "Beloved"]:
        print(f"Added {title} as {add_book(title)}.")
    print(f"The books are {', '.join(read_titles())}.")


if __name__ == "__main__":
    main()
`;
}
