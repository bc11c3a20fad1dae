"""Two sessions take 100 from the same account at the same time. One of them has to try again."""

import random
import time

import psycopg2
from psycopg2.errors import SerializationFailure

CONNECTION = {
    "host": "localhost",
    "port": 26257,
    "user": "root",
    "dbname": "defaultdb",
    "sslmode": "disable",
}

MAX_RETRIES = 5
START = time.monotonic()


class Session:
    """One session's withdrawal, in steps that can be mixed with those of another session."""

    def __init__(self, name):
        self.name = name
        self.attempt = 1
        self.connection = psycopg2.connect(**CONNECTION)

    def tell(self, what, outcome):
        """Print one line of the timeline."""
        elapsed = round((time.monotonic() - START) * 1000)
        print(f"{elapsed:4} ms  session {self.name}  attempt {self.attempt}  {what:<9}  {outcome}")

    def read(self):
        """The first statement: psycopg2 begins a transaction before it."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT balance FROM contended WHERE id = 1")
            (self.balance,) = cursor.fetchone()
        self.tell("SELECT", f"there are {self.balance}")

    def write(self):
        with self.connection.cursor() as cursor:
            cursor.execute("UPDATE contended SET balance = %s WHERE id = 1", (self.balance - 100,))
        self.tell("UPDATE", f"leave {self.balance - 100}")

    def commit(self):
        self.connection.commit()
        self.tell("COMMIT", "done")

    def finish(self):
        """Write and commit; when CockroachDB asks for it, take back, wait, and do it all again."""
        while True:
            try:
                self.write()
                self.commit()
                return
            except SerializationFailure as error:
                self.tell("error", error.pgcode)
                self.connection.rollback()
                self.tell("ROLLBACK", "as if nothing had happened")
                if self.attempt > MAX_RETRIES:
                    raise
                wait = random.uniform(0.01, 0.02 * 2**self.attempt)
                self.tell("back-off", f"{wait * 1000:.0f} ms")
                time.sleep(wait)
                self.attempt += 1
                self.read()


def prepare():
    """One account with 1000 on it."""
    connection = psycopg2.connect(**CONNECTION)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS contended (id INT8 PRIMARY KEY, balance INT8 NOT NULL)")
    with connection, connection.cursor() as cursor:
        cursor.execute("UPSERT INTO contended VALUES (1, 1000)")
    connection.close()


def main():
    prepare()
    a, b = Session("A"), Session("B")
    a.read()
    b.read()
    a.write()
    a.commit()  # From here on, what b has read is out of date.
    b.finish()


if __name__ == "__main__":
    main()
