from django.db import models


class Account(models.Model):
    # We choose the IDs ourselves.
    id = models.BigIntegerField(primary_key=True)
    balance = models.BigIntegerField()

    class Meta:
        db_table = "accounts"
