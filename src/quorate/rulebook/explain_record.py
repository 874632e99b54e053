"""Who else signs the record, what members sign themselves, and what is erased behind it, in plain
words; each sentence has its dotted path."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.rulebook.schema import Rulebook
from quorate.rulebook.weighty import IN_WORDS
from quorate.rulebook.words import many, office_in_words, plural

Lines = Iterator[tuple[str, str]]


def witnesses(rulebook: Rulebook) -> Lines:
    """Who cosigns the record."""
    rule, words = rulebook.witnesses, rulebook.organisation.words
    needed = []
    if rule.branches:
        needed.append(many(rule.branches, words.branch))
    if rule.outside:
        needed.append(many(rule.outside, "other organisation"))
    if needed:
        yield (
            "witnesses.branches",
            "A state of the record counts as witnessed when the witnesses of "
            f"{' and of '.join(needed)} have cosigned that it continues all they have seen.",
        )
    else:
        yield (
            "witnesses.branches",
            f"Nobody but its keeper has to sign the record: no {words.branch} and no other "
            "organisation.",
        )
    yield (
        "witnesses.branch_by",
        f"The witness of a {words.branch} is named by "
        f"{office_in_words(rulebook, rule.branch_by)}, and by nobody else.",
    )
    yield (
        "witnesses.outside_by",
        f"Witnesses of other organisations are named by "
        f"{office_in_words(rulebook, rule.outside_by)}.",
    )
    silent = many(rule.silent_hours, "hour")
    yield (
        "witnesses.silent_hours",
        f"A witness that has signed nothing new for {silent} is called silent on every page.",
    )
    if rule.results == "witnessed":
        yield (
            "witnesses.results",
            "The result of a vote or an election is declared once it is witnessed; after "
            f"{silent} without, it stands as not witnessed.",
        )
    else:
        yield ("witnesses.results", "Results are declared at once, witnessed or not.")


def keys(rulebook: Rulebook) -> Lines:
    """Who changes the keys that sign it."""
    rule = rulebook.keys
    yield (
        "keys.rotated_by",
        "The keys with which the server signs the record are changed by "
        f"{office_in_words(rulebook, rule.rotated_by)}: the old ones sign that the new ones follow "
        "them.",
    )
    asked = (
        "with what its witnesses have signed last under the old ones"
        if rulebook.witnesses.asked_for
        else "and nobody has to have witnessed what stood there before"
    )
    yield (
        "keys.replaced_by",
        f"If they are lost, {office_in_words(rulebook, rule.replaced_by)} replaces them, {asked}; "
        "that the old ones did not sign is shown for ever.",
    )


def signing(rulebook: Rulebook) -> Lines:
    """What members sign with devices of their own."""
    rule, words = rulebook.signing, rulebook.organisation.words
    if rule.acts:
        own = {"member": words.member, "branch": words.branch, "proposal": words.proposal}
        listed = ", ".join(IN_WORDS[act].format_map(own) for act in rule.acts)
        yield (
            "signing.acts",
            f"These are signed with a device of one's own, which nobody else can do: {listed}.",
        )
    else:
        yield ("signing.acts", "Nothing has to be signed with a device of one's own.")
    of = {
        "all": f"Every {words.member} signs them.",
        "members-with-a-device": f"Every {words.member} who has a device signs them; for others "
        "the server vouches, and the record says so.",
        "nobody": f"No {words.member} has to sign them; for what is not signed the server vouches, "
        "and the record says so.",
    }
    yield ("signing.needed_of", of[rule.needed_of])
    yield (
        "signing.wait_hours",
        f"A device for which none of the {words.member}'s own has signed counts after "
        f"{many(rule.wait_hours, 'hour')}; they are told, and can end it until then.",
    )
    yield (
        "signing.vouchers",
        f"Who has lost their devices needs {many(rule.vouchers, words.member)} of their "
        f"{words.branch} to vouch for a new one, each with a signature; a first device counts at "
        f"once when so many do. Others than {plural(words.member)} of that {words.branch} cannot.",
    )
    if not rule.unsigned_vouchers:
        nobody = "Nobody vouches for a new device without a signature, also where too few can sign."
        yield ("signing.unsigned_vouchers", nobody)
        yield ("signing.unsigned_wait_hours", "No device waits for that.")
        return
    yield (
        "signing.unsigned_vouchers",
        f"Where fewer than {rule.vouchers} others of the {words.branch} have a device that counts, "
        f"those without one may vouch unsigned: {many(rule.unsigned_vouchers, words.member)} in "
        "all have to, and the record says of each who did not sign.",
    )
    yield (
        "signing.unsigned_wait_hours",
        f"A device for which {plural(words.member)} vouched unsigned counts "
        f"{many(rule.unsigned_wait_hours, 'hour')} after enough have; all of them are told, and a "
        "device that counts can end it until then.",
    )


def erasing(rulebook: Rulebook) -> Lines:
    """What is erased, and who decides it."""
    rule, words = rulebook.erasing, rulebook.organisation.words
    yield (
        "erasing.decided_by",
        f"Any {words.member} can ask that a text be erased, and whoever was one: "
        f"{office_in_words(rulebook, rule.decided_by)} decides, but nobody about what they wrote "
        "or are named in. The record keeps its fingerprint, and who asked and decided. What a "
        f"{words.convention} can still decide or has adopted stays, and what a case rests on "
        "while it is open.",
    )
    yield (
        "erasing.decided_within",
        f"That is decided within {many(rule.decided_within, 'day')}.",
    )
    yield (
        "erasing.undecided",
        f"A text about which nothing is decided in time is {rule.undecided}.",
    )
    yield (
        "erasing.backups_days",
        f"A backup is kept for {many(rule.backups_days, 'day')} at most: it still holds what was "
        "erased since.",
    )
