"""Calls a sample's functions one by one on the existing bank, and compares the balances before and after, which it
reads over its own connection. OPEN is replaced by code that defines `read()`, `create(count, known)` and
`transfer(source, target)`.
"""

import importlib.util
import json

import psycopg2

spec = importlib.util.spec_from_file_location("sample", "FILE")
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
# OPEN
bank = psycopg2.connect("host=localhost port=26257 user=maxroach dbname=bank TLS")
bank.autocommit = True


def balances():
    with bank.cursor() as cursor:
        cursor.execute("SELECT id, balance FROM accounts")
        return dict(cursor.fetchall())


before = balances()
known = read()
source, target = sorted(known)[:2]
amount = transfer(source, target)
moved = balances()
added = create(100, known)
after = balances()
changed = {i: moved[i] - before[i] for i in before if moved[i] != before[i]}
print(json.dumps({
    "readsAll": known == set(before),
    "movesHalf": changed == {source: -amount, target: amount} and amount == before[source] // 2,
    "keepsTheSum": sum(moved.values()) == sum(before.values()),
    "adds100New": len(added) == 100 and not added & known and set(after) == known | added,
    "putsMoneyOnEach": all(after[i] > 0 for i in added),
    "leavesTheOthersAlone": all(after[i] == moved[i] for i in moved),
}))
