import random
import time

from django.db import OperationalError, transaction
from django.db.models import F, Sum
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from .models import Account

# How often a transaction is tried again before the site gives up.
MAX_RETRIES = 10
SERIALIZATION_FAILURE = "40001"


def run_transaction(operation):
    """Run operation() in a transaction, and again when CockroachDB asks for it."""
    for attempt in range(MAX_RETRIES + 1):
        try:
            with transaction.atomic():
                return operation()
        except OperationalError as error:
            code = getattr(error.__cause__, "pgcode", None)
            if code != SERIALIZATION_FAILURE or attempt == MAX_RETRIES:
                raise
            # Longer each time, and by chance, so that two requests do not meet again.
            time.sleep(random.uniform(0, min(1, 0.02 * 2**attempt)))


def read_account_ids():
    """The IDs of all accounts that the bank has."""
    return set(Account.objects.values_list("id", flat=True))


def create_accounts(count):
    """Add accounts with random IDs that are not taken, and a bit of money on each."""
    taken_ids = read_account_ids()
    new_ids = set()
    while len(new_ids) < count:
        candidate = random.randint(1, 1_000_000_000)
        if candidate not in taken_ids:
            new_ids.add(candidate)
    Account.objects.bulk_create(Account(id=new_id, balance=random.randint(100, 10_000)) for new_id in new_ids)
    return new_ids


def transfer_half():
    """Move half of what one account holds, chosen at random, to another one."""
    source_id, target_id = random.sample(sorted(read_account_ids()), 2)
    amount = Account.objects.get(id=source_id).balance // 2
    Account.objects.filter(id=source_id).update(balance=F("balance") - amount)
    Account.objects.filter(id=target_id).update(balance=F("balance") + amount)
    return {"moved": amount, "from": source_id, "to": target_id}


@require_http_methods(["GET", "POST"])
def accounts(request):
    """GET tells how many accounts there are, and the money on all of them; POST adds 100."""
    if request.method == "POST":
        return JsonResponse({"created": len(run_transaction(lambda: create_accounts(100)))})
    money = Account.objects.aggregate(money=Sum("balance"))["money"]
    return JsonResponse({"accounts": len(read_account_ids()), "money": money})


@require_POST
def transfers(request):
    """POST moves money between two accounts."""
    return JsonResponse(run_transaction(transfer_half))
