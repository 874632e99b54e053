"""The tables. The record is append-only: triggers forbid to change or delete its rows.

What stands beside the record (texts, personal sheets, sealed choices) is found by the commitment
that the record holds, and can be erased without touching the record.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class RecordEntry(models.Model):
    """One entry of the record: its canonical bytes at its place, from 0."""

    sequence = models.BigIntegerField(primary_key=True)
    data = models.BinaryField()


class Checkpoint(models.Model):
    """The note over the record when it had ``size`` entries, signed with Ed25519."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()


class KeeperLine(models.Model):
    """The keeper's long signatures under the checkpoint over ``size`` entries (ML-DSA-44)."""

    size = models.BigIntegerField(primary_key=True)
    lines = models.TextField()


class Document(models.Model):
    """A text that the record commits to: canonical JSON with title and Markdown."""

    commitment = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField()
    payload = models.BinaryField()


class PersonalSheet(models.Model):
    """A person's name and contact, sealed with a key that is not in the database.

    ``sealed`` holds salt and payload; ``mail_digest`` finds a sheet by e-mail address without
    reading them all (HMAC with the same key).
    """

    commitment = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    mail_digest = models.CharField(max_length=64, db_index=True, blank=True)


class SealedChoice(models.Model):
    """A vote, ballot or number that nobody may learn before its poll closes."""

    commitment = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()


class BallotFile(models.Model):
    """A part of a secret ballot that is too large for an entry, which names it by its SHA-256."""

    hash = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()


class CastBallot(models.Model):
    """A ballot of a secret election. ``nth``: of how many with this credential, from 1; ``place``:
    in the box, from 1, None while it waits. Nothing else is known of it."""

    hash = models.CharField(max_length=64, primary_key=True)
    election = models.BigIntegerField()
    credential = models.CharField(max_length=64)
    nth = models.IntegerField()
    place = models.BigIntegerField(null=True)
    data = models.BinaryField()


class Answered(models.Model):
    """What an act handed in under an idempotency key was answered with, so that handing it in
    again gives the same answer and no second entry.

    ``request``: keyed digest of what was asked (``store/answered.py``); "" in what a version
    before that wrote. ``sheet``: the commitment to the personal sheet that the act carried.
    """

    by = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    request = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    sheet = models.CharField(max_length=64, blank=True, default="", db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="one_answer_a_key")]


class ApiToken(models.Model):
    """A member's permission for a program to act in their name. ``digest``: SHA-256 of its text.

    ``used``: when it was last used, to the day; None for never.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    member = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=100)
    made = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True)


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by e-mail address."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A way to sign in. One account, one member. It carries no rights: they come from the state."""

    email = models.EmailField(unique=True)
    member = models.CharField(max_length=40, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.email


class AddressChange(models.Model):
    """An e-mail address that shall replace the one an account signs in with; one at a time.

    ``asked``: ms; ``confirmed``: whoever reads that address has said yes. The digests are SHA-256
    of the secrets in the letters to the new and to the old address.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="change")
    address = models.EmailField()
    asked = models.BigIntegerField()
    confirmed = models.BooleanField(default=False)
    confirm_digest = models.CharField(max_length=64, unique=True)
    stop_digest = models.CharField(max_length=64, unique=True)


class Letter(models.Model):
    """A letter that an entry asks for, to one member: sent once, whatever happens to the server.

    ``own``: it tells the member what was done in their name from that entry on, before ``until``;
    while that is 0 it still waits for more. ``taken_until``: ms; until then a process is sending
    it, or it waits.
    """

    entry = models.BigIntegerField()
    member = models.CharField(max_length=40, db_index=True)
    own = models.BooleanField(default=False)
    until = models.BigIntegerField(default=0)
    taken_until = models.BigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "member", "own"], name="one_letter_an_entry_of_a_kind"
            )
        ]


class LettersUntil(models.Model):
    """One row: the letters that the entries before ``size`` ask for are written down."""

    size = models.BigIntegerField(default=0)


class Cosigned(models.Model):
    """What a witness has cosigned: its lines under the checkpoint over ``size`` entries; ``time``:
    when (ms), by this server's clock."""

    witness = models.CharField(max_length=40)
    size = models.BigIntegerField(db_index=True)
    lines = models.TextField()
    time = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["witness", "size"], name="one_cosignature_a_size")
        ]


class Asked(models.Model):
    """How a witness answers. ``known``: the size that it is thought to have cosigned last.

    ``taken_until``: ms; until then a process is asking it. ``trouble``: what is wrong with its last
    answer (``store/witnessing.py``), "" for nothing; ``told``: ms, when it answered so last.
    """

    witness = models.CharField(max_length=40, primary_key=True)
    known = models.BigIntegerField(default=0)
    taken_until = models.BigIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True, default="")
    told = models.BigIntegerField(default=0)
