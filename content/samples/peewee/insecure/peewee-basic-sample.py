"""Open 100 accounts in the bank database and move money between two, with peewee."""

import random

from peewee import BigIntegerField, Model
from playhouse.cockroachdb import CockroachDatabase

CONNECTION = {
    "host": "localhost",
    "port": 26257,
    "user": "maxroach",
    "database": "bank",
    "sslmode": "disable",
}

# How often a transaction is tried before the program gives up.
MAX_ATTEMPTS = 10

database = CockroachDatabase(**CONNECTION)


class Account(Model):
    # We choose the IDs ourselves.
    id = BigIntegerField(primary_key=True)
    balance = BigIntegerField()

    class Meta:
        database = database
        table_name = "accounts"


def read_account_ids():
    """The IDs of all accounts that the bank has."""
    return {account.id for account in Account.select(Account.id)}


def create_accounts(count, taken_ids):
    """Add accounts with random IDs that are not taken, and a bit of money on each."""
    new_ids = set()
    while len(new_ids) < count:
        candidate = random.randint(1, 1_000_000_000)
        if candidate not in taken_ids:
            new_ids.add(candidate)
    Account.insert_many({"id": new_id, "balance": random.randint(100, 10_000)} for new_id in new_ids).execute()
    return new_ids


def transfer_half(source_id, target_id):
    """Move half of what the source account holds to the target account."""
    amount = Account.get_by_id(source_id).balance // 2
    Account.update(balance=Account.balance - amount).where(Account.id == source_id).execute()
    Account.update(balance=Account.balance + amount).where(Account.id == target_id).execute()
    return amount


def run_transaction(operation):
    """Run an operation in a transaction, and again when CockroachDB asks for it."""
    return database.run_transaction(lambda _: operation(), max_attempts=MAX_ATTEMPTS)


def main():
    with database.connection_context():
        database.create_tables([Account])

        known_ids = run_transaction(read_account_ids)
        print(f"Found {len(known_ids)} accounts.")

        new_ids = run_transaction(lambda: create_accounts(100, known_ids))
        print(f"Created {len(new_ids)} accounts.")

        source_id, target_id = random.sample(sorted(known_ids | new_ids), 2)
        amount = run_transaction(lambda: transfer_half(source_id, target_id))
        print(f"Moved {amount} from account {source_id} to account {target_id}.")


if __name__ == "__main__":
    main()
