import type { Mode } from '../../../shared/protocol.ts';
import { pythonTls } from './python-connection.ts';

/** Returns the program that uses SQLAlchemy. */
export function sqlalchemyProgram(mode: Mode): string {
  return `"""Keep a list of books in the bank database, with SQLAlchemy."""

from uuid import UUID

from sqlalchemy import URL, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from sqlalchemy_cockroachdb import run_transaction

CONNECTION = URL.create(
    "cockroachdb+psycopg2",
    host="localhost",
    port=26257,
    username="maxroach",
    database="bank",
    query={
${pythonTls(mode, 8)}
    },
)

# How often a transaction is tried again.
RETRIES = {"max_retries": 10}


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "books"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    title: Mapped[str]


def add_book(session, title):
    """Add a book, and return its ID."""
    book = Book(title=title)
    session.add(book)
    # The statement is sent now, and brings the ID.
    session.flush()
    return book.id


def read_titles(session):
    """The titles of all books, in order."""
    return list(session.scalars(select(Book.title).order_by(Book.title)))


def main():
    engine = create_engine(CONNECTION)
    # Make an empty table, so that the program can be run again.
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    for title in ["Middlemarch", "Beloved"]:
        book_id = run_transaction(sessions, lambda session, title=title: add_book(session, title), **RETRIES)
        print(f"Added {title} as {book_id}.")
    print(f"The books are {', '.join(run_transaction(sessions, read_titles, **RETRIES))}.")


if __name__ == "__main__":
    main()
`;
}
