"""The steps of recording an act, of giving out its receipt and of having it cosigned, at each of
which a server may be killed."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """``name``: module:what is called there; the kill is when that is done, or ``before`` it."""

    name: str
    before: bool = False


STEPS = {
    # append
    "the lane is taken": Step("quorate.store.lane:follow"),
    "it is decided": Step("quorate.organisation:decide"),
    "it is applied": Step("quorate.organisation:apply"),
    "the entry is put": Step("quorate.store.writing:put"),
    "what stands behind it is kept": Step("quorate.store.keeping:keep"),
    "the answer is kept": Step("quorate.store.erasing:erase", before=True),
    # integrate
    "the leaf is hashed": Step("quorate.record.tree:leaf_hash"),
    "the tree has it": Step("quorate.record.tree:Frontier.append"),
    "the proof's tree has it": Step("quorate.store.receipts:Leaves.until"),
    # sign
    "the checkpoint is signed": Step("quorate.record.checkpoint:sign"),
    "it is signed with both keys": Step("quorate.record.keeper:sign"),
    "the checkpoint is put": Step("quorate.store.checkpoints:keep"),
    "before the commit": Step(
        "django.db.backends.base.base:BaseDatabaseWrapper._commit", before=True
    ),
    "after the commit": Step("django.db.backends.base.base:BaseDatabaseWrapper._commit"),
    # cosign
    "the witness is taken": Step("quorate.store.witnessing:_cosign", before=True),
    "the witness has cosigned": Step("quorate.store.witnessing:send"),
    "its lines are kept": Step("quorate.store.witnessing:_kept"),
    # give out
    "the receipt is written": Step("quorate.record.receipt:write"),
}

OF_NEW_KEYS = {
    "the file is written, and not on the disk": Step("os:fsync", before=True),
    "the file is on the disk": Step("os:fsync"),
    "it has not its name": Step("os:replace", before=True),
    "it has its name": Step("os:replace"),
}

OF_A_ROTATION = {
    "a key has signed": Step("quorate.chapters.keys.statement:sign"),
    "it is decided": Step("quorate.organisation:decide"),
    "the entry is put": Step("quorate.store.writing:put"),
    "the checkpoint is signed by all": Step("quorate.record.keeper:sign"),
    "the checkpoint is put": Step("quorate.store.checkpoints:keep"),
    "before the commit": STEPS["before the commit"],
    "after the commit": STEPS["after the commit"],
    "before the public keys are told": Step(
        "quorate.record.folder:write_verifier_keys", before=True
    ),
    "one of the public keys is told": Step("pathlib:Path.replace"),
    "the public keys are told": Step("quorate.record.folder:write_verifier_keys"),
    "the next keys are in their place": Step("os:replace"),
    "and on the disk": Step("quorate.store.record_keys:_to_disk"),
}

OF_A_WITNESS = {
    "it has decided": Step("quorate.record.witness:decide"),
    "it has cosigned": Step("quorate.record.cosignature:cosign"),
    "the file is written, and not on the disk": Step("os:fsync", before=True),
    "the file is on the disk": Step("os:fsync"),
    "the last is not replaced": Step("pathlib:Path.rename", before=True),
    "the last is replaced": Step("pathlib:Path.rename"),
    "it is kept": Step("quorate.record.witness_folder:Watching._keep"),
}
