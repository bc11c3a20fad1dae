import type { Mode } from '../../../shared/protocol.ts';
import { pythonTls } from './python-connection.ts';

/** Returns the program that uses the models of Django, without the folder of files that a project has. */
export function djangoProgram(mode: Mode): string {
  return `"""Keep a list of books in the bank database, with Django."""

from uuid import uuid4

import django
from django.conf import settings
from django.db import connection, models

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django_cockroachdb",
            "HOST": "localhost",
            "PORT": 26257,
            "USER": "maxroach",
            "NAME": "bank",
            "OPTIONS": {
${pythonTls(mode, 16)}
            },
        },
    },
)
django.setup()


class Book(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    title = models.TextField()

    class Meta:
        app_label = "library"
        db_table = "books"


def create_table():
    """Make an empty table, so that the program can be run again."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS books")
    with connection.schema_editor() as editor:
        editor.create_model(Book)


def add_book(title):
    """Add a book, and return its ID."""
    return Book.objects.create(title=title).id


def read_titles():
    """The titles of all books, in order."""
    return list(Book.objects.order_by("title").values_list("title", flat=True))


def main():
    create_table()
    for title in ["Middlemarch", "Beloved"]:
        print(f"Added {title} as {add_book(title)}.")
    print(f"The books are {', '.join(read_titles())}.")


if __name__ == "__main__":
    main()
`;
}
