"""Open 100 accounts in the bank database and move money between two, with PonyORM."""

import random

from pony.orm import Database, PrimaryKey, Required, db_session, select

CONNECTION = {
    "host": "localhost",
    "port": 26257,
    "user": "maxroach",
    "database": "bank",
    "sslmode": "disable",
}

# How often Pony starts a function over when its transaction meets another one.
MAX_RETRIES = 10

db = Database()


class Account(db.Entity):
    _table_ = "accounts"
    # We choose the IDs ourselves; size=64 makes Pony accept all of an INT8.
    id = PrimaryKey(int, size=64)
    balance = Required(int, size=64)


@db_session
def read_account_ids():
    """The IDs of all accounts that the bank has."""
    return set(select(account.id for account in Account))


@db_session(retry=MAX_RETRIES)
def create_accounts(count, taken_ids):
    """Add accounts with random IDs that are not taken, and a bit of money on each."""
    new_ids = set()
    while len(new_ids) < count:
        candidate = random.randint(1, 1_000_000_000)
        if candidate not in taken_ids:
            new_ids.add(candidate)
    for new_id in new_ids:
        Account(id=new_id, balance=random.randint(100, 10_000))
    return new_ids


@db_session(retry=MAX_RETRIES)
def transfer_half(source_id, target_id):
    """Move half of what the source account holds to the target account."""
    source = Account[source_id]
    target = Account[target_id]
    amount = source.balance // 2
    source.balance -= amount
    target.balance += amount
    return amount


def main():
    db.bind(provider="cockroach", **CONNECTION)
    db.generate_mapping(create_tables=True)

    known_ids = read_account_ids()
    print(f"Found {len(known_ids)} accounts.")

    new_ids = create_accounts(100, known_ids)
    print(f"Created {len(new_ids)} accounts.")

    source_id, target_id = random.sample(sorted(known_ids | new_ids), 2)
    amount = transfer_half(source_id, target_id)
    print(f"Moved {amount} from account {source_id} to account {target_id}.")


if __name__ == "__main__":
    main()
