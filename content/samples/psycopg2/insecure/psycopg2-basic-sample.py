"""Open 100 accounts in the bank database and move money between two, with psycopg2."""

import random
import time

import psycopg2
from psycopg2.errors import SerializationFailure
from psycopg2.extras import execute_values

CONNECTION = {
    "host": "localhost",
    "port": 26257,
    "user": "maxroach",
    "dbname": "bank",
    "sslmode": "disable",
}

# How often a transaction is tried again before the program gives up.
MAX_RETRIES = 10


def run_transaction(connection, operation):
    """Run operation(cursor) in a transaction, and again when CockroachDB asks for it."""
    for attempt in range(MAX_RETRIES + 1):
        try:
            # Leaving the block commits; an exception in it rolls back.
            with connection, connection.cursor() as cursor:
                return operation(cursor)
        except SerializationFailure:
            if attempt == MAX_RETRIES:
                raise
            # Longer each time, and by chance, so that two programs do not meet again.
            time.sleep(random.uniform(0, min(1, 0.02 * 2**attempt)))


def create_table(cursor):
    """Make the table for accounts, unless it is there."""
    cursor.execute("CREATE TABLE IF NOT EXISTS accounts (id INT8 PRIMARY KEY, balance INT8 NOT NULL)")


def read_account_ids(cursor):
    """The IDs of all accounts that the bank has."""
    cursor.execute("SELECT id FROM accounts")
    return {account_id for (account_id,) in cursor.fetchall()}


def create_accounts(cursor, count, taken_ids):
    """Add accounts with random IDs that are not taken, and a bit of money on each."""
    new_ids = set()
    while len(new_ids) < count:
        candidate = random.randint(1, 1_000_000_000)
        if candidate not in taken_ids:
            new_ids.add(candidate)
    rows = [(new_id, random.randint(100, 10_000)) for new_id in new_ids]
    execute_values(cursor, "INSERT INTO accounts (id, balance) VALUES %s", rows)
    return new_ids


def transfer_half(cursor, source_id, target_id):
    """Move half of what the source account holds to the target account."""
    cursor.execute("SELECT balance FROM accounts WHERE id = %s", (source_id,))
    (balance,) = cursor.fetchone()
    amount = balance // 2
    cursor.execute("UPDATE accounts SET balance = balance - %s WHERE id = %s", (amount, source_id))
    cursor.execute("UPDATE accounts SET balance = balance + %s WHERE id = %s", (amount, target_id))
    return amount


def main():
    connection = psycopg2.connect(**CONNECTION)
    run_transaction(connection, create_table)

    known_ids = run_transaction(connection, read_account_ids)
    print(f"Found {len(known_ids)} accounts.")

    new_ids = run_transaction(connection, lambda cursor: create_accounts(cursor, 100, known_ids))
    print(f"Created {len(new_ids)} accounts.")

    source_id, target_id = random.sample(sorted(known_ids | new_ids), 2)
    amount = run_transaction(connection, lambda cursor: transfer_half(cursor, source_id, target_id))
    print(f"Moved {amount} from account {source_id} to account {target_id}.")

    connection.close()


if __name__ == "__main__":
    main()
