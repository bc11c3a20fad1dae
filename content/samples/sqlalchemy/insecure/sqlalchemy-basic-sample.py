"""Open 100 accounts in the bank database and move money between two, with SQLAlchemy."""

import random

from sqlalchemy import URL, BigInteger, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from sqlalchemy_cockroachdb import run_transaction

CONNECTION = URL.create(
    "cockroachdb+psycopg2",
    host="localhost",
    port=26257,
    username="maxroach",
    database="bank",
    query={
        "sslmode": "disable",
    },
)

# How often a transaction is tried again, and the longest wait between two tries in seconds.
RETRIES = {"max_retries": 10, "max_backoff": 1}


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"

    # We choose the IDs ourselves.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    balance: Mapped[int] = mapped_column(BigInteger)


def read_account_ids(session):
    """The IDs of all accounts that the bank has."""
    return set(session.scalars(select(Account.id)))


def create_accounts(session, count, taken_ids):
    """Add accounts with random IDs that are not taken, and a bit of money on each."""
    new_ids = set()
    while len(new_ids) < count:
        candidate = random.randint(1, 1_000_000_000)
        if candidate not in taken_ids:
            new_ids.add(candidate)
    session.add_all(Account(id=new_id, balance=random.randint(100, 10_000)) for new_id in new_ids)
    return new_ids


def transfer_half(session, source_id, target_id):
    """Move half of what the source account holds to the target account."""
    source = session.get_one(Account, source_id)
    target = session.get_one(Account, target_id)
    amount = source.balance // 2
    source.balance -= amount
    target.balance += amount
    return amount


def main():
    engine = create_engine(CONNECTION)
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)

    known_ids = run_transaction(sessions, read_account_ids, **RETRIES)
    print(f"Found {len(known_ids)} accounts.")

    new_ids = run_transaction(sessions, lambda session: create_accounts(session, 100, known_ids), **RETRIES)
    print(f"Created {len(new_ids)} accounts.")

    source_id, target_id = random.sample(sorted(known_ids | new_ids), 2)
    amount = run_transaction(sessions, lambda session: transfer_half(session, source_id, target_id), **RETRIES)
    print(f"Moved {amount} from account {source_id} to account {target_id}.")


if __name__ == "__main__":
    main()
