"""Forms made from the acts: each field as a person would fill it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from quorate import organisation
from quorate.chapters.fields import LATEST
from quorate.chapters.state import State
from quorate.store.rows import new_guest, new_pseudonym
from quorate.web.acting.offered import Choice, label_of, offered
from quorate.web.names import name_of
from quorate.web.whole import whole_number

Way = Literal[
    "line",
    "text",
    "choice",
    "yes",
    "time",
    "number",
    "member",
    "members",
    "sheet",
    "papers",
    "numbers",
    "rankings",
    "rules",
    "keys",
    "note",
    "lot-number",
    "hidden",
]

_WAYS: dict[str, Way] = {
    "member": "member",
    "members": "members",
    "papers": "papers",
    "sums": "numbers",
    "rankings": "rankings",
    "changes": "rules",
    "keys": "keys",
    "new": "keys",
    "new_signatures": "keys",
    "old": "keys",
    "old_signatures": "keys",
    "checkpoint": "note",
    "certificate": "note",
    "polynomial": "note",
    "voutput": "note",
    "claim": "note",
    "shuffle": "note",
    "decryption": "note",
    "roll": "note",
    "signature": "note",
    "version": "hidden",
    "digest": "hidden",
}
_COMMITTED: dict[str, Way] = {"document": "text", "person": "sheet", "number": "lot-number"}
_OWN_NUMBER = {
    ("lots.commit", "number"): "Leave it empty, and the server draws one for you. Or type eight "
    "characters or more that nobody can guess; or only the commitment to a number (64 hexadecimal "
    "digits), and keep number and salt to yourself.",
    ("lots.hand_in", "number"): "Leave it empty, unless you kept number and salt to yourself.",
}
_OF_NUMBERS = (("elections.vote", "ballot"), ("elections.enter_papers", "papers"))
"""What consists of candidates' numbers."""
_HELP_OF = {
    ("erasing.ask", "text"): "The commitment that its entry in the record states. Easier: open the "
    "text, and follow “Ask that it be erased”.",
    **{
        (f"keys.{how}", field): "The server fills this in, once quorate key new has made the next "
        "keys."
        for how in ("rotate", "replace")
        for field in ("old", "new", "old_signatures", "new_signatures")
    },
    ("elections.vote", "ballot"): "The numbers of the candidates, with commas, your first choice "
    "first: 3,1,2. Or the word blank. The election’s own page has their names to mark.",
}
_REFERRED = ("owner", "due")
"""What a vote on a referral has to name, and no other vote."""
_MADE = {("membership.admit", "member"): new_pseudonym, ("delegates.invite", "guest"): new_guest}
"""Pseudonyms are drawn at random; nobody has to think of one."""

_LABELS = {
    "about": "About",
    "amends": "It amends",
    "changes": "The rules that change",
    "digest": "The roll's digest",
    "done": "It is carried out",
    "due": "Until when",
    "grounds": "Why the refusal is wrong",
    "keys": "Its public keys, one to a line",
    "members": "Who is on it, one to a line",
    "of": "For",
    "opens": "It opens",
    "closes": "It closes",
    "before": "The hash of what it was made from",
    "certificate": "The certificate, as your own program made it",
    "polynomial": "The shares, as your own program made them",
    "voutput": "The confirmation, as your own program made it",
    "claim": "The claim, as your own program made it",
    "shuffle": "The shuffle, as your own program made it",
    "decryption": "The decryption, as your own program made it",
    "roll": "The roll of keys",
    "signature": "The signature by your key as a trustee",
    "register": "Which register of voting keys",
    "side": "Which side’s trustee",
    "size": "How many keys stand on it",
    "without": "How many claims gave no key of their own",
    "papers": "The papers, one kind to a line",
    "sums": "Where it comes to sums: how many are blank, then how many mark each",
    "rankings": "Where ballots are rankings: each kind on a line",
    "more": "More of them follow",
    "paper": "On paper, at the polling place",
    "person": "The person",
    "place": "For which part of the organisation",
    "public": "The public source, where lots are drawn from one",
    "remark": "What else there is to say",
    "number": "A number of my own",
    "of_group": "I am of the group for which places are reserved",
    "total": "How many papers there were, as counted by hand",
    "yes": "Yes",
}
_LABELS_OF = {
    ("delegates.credential", "member"): "Who sits in it",
    ("bulletin.appeal", "version"): "Which refusal",
    ("bulletin.judge_appeal", "version"): "Which appeal",
    ("erasing.ask", "text"): "The text",
    ("floor.call", "place"): "Where it meets",
    ("followup.report", "text"): "The report",
    ("lots.call", "of"): "What is drawn",
    ("membership.transfer", "branch"): "The branch they move to",
    ("proposals.answer", "text"): "The answer",
    ("secret.name_trustee", "member"): "The member, where it is one",
    ("secret.name_trustee", "organisation"): "Or the other organisation whose trustee it is",
    ("secret.name_trustee", "key"): "And that trustee’s key for signing",
    ("witnesses.name", "name"): "What it is called",
    ("witnesses.name", "url"): "Where it is asked",
    ("witnesses.name", "branch"): "The branch whose it is",
    ("witnesses.name", "organisation"): "Or the other organisation whose it is",
    ("witnesses.dismiss", "name"): "Which witness",
    **{
        (f"keys.{how}", field): label
        for how in ("rotate", "replace")
        for field, label in {
            "number": "Which change of the record’s keys it is",
            "old": "The keys that sign it now",
            "new": "The keys that follow",
            "old_signatures": "What the old ones have signed",
            "new_signatures": "What the new ones have signed",
            "size": "How many entries witnesses have cosigned under the old ones",
            "checkpoint": "The checkpoint that they cosigned",
        }.items()
    },
}
"""Where a field means something else than in other acts."""
_HELP: dict[Way, str] = {
    "member": "Their name, e-mail address, or number.",
    "members": "Names, e-mail addresses or numbers.",
    "time": "In the organisation’s time.",
    "keys": "As the witness gave them: name+id+key.",
    "papers": "How many, a colon, then the candidates’ numbers in order. 12: 3,1,2 means twelve "
    "papers with number 3 first.",
    "numbers": "As the decryptions give them, in the order of the candidates: 2 7 5",
    "rankings": "How many, a colon, then each candidate’s rank, 0 for none: 3: 2,1,0",
    "rules": 'One to a line, such as: floor.quorum = "1/3" — or, to strike a rule: '
    "remove proposals.seconds.branches",
}
_WORDS = {
    "": "—",
    "missing": "somebody is missing from it",
    "not-a-member": "somebody is on it who should not be",
    "upheld": "upheld: whoever made it is right",
    "dismissed": "dismissed: whoever made it is wrong",
    "changed-my-mind": "I changed my mind",
    "mistake": "It was a mistake",
    "stepped-in": "I stepped in for whoever voted",
    "agenda": "the order of the agenda",
    "election": "a tie in an election",
    "delegates": "ties in the elections of delegates",
    "trustee": "a trustee of secret ballots",
}


CHOOSE = "choose one"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act's form. ``choices``: for Way "choice". ``said``: what a value that a
    link brought along means; then it is shown and sent along, not asked for. ``numbered``: what
    is chosen is a number. ``inner``: for a text its title, for a sheet its entries."""

    name: str
    label: str
    way: Way
    required: bool
    inner: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    value: str = ""
    said: str = ""
    fault: str = ""
    help: str = ""
    numbered: bool = False


def fields_of(
    state: State,
    name: str,
    given: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    linked: bool = False,
    by: str = "",
) -> tuple[Field, ...]:
    """The form of an act, with what was given and what is wrong with it.

    ``linked``: what was given came with a link, and is not to be asked for again. ``by``: who asks.
    """
    shapes = _schema(name)
    fields = []
    for field, shape in shapes.get("properties", {}).items():
        if field == "words":
            continue  # counted from the text
        if field == "of_group" and not _has_reserved(state, given):
            continue
        way, choices = _way(state, name, field, shape, by)
        required = _required(name, field, shapes.get("required", []), given)
        choices = _with_nothing(way, choices, required=required)
        value = given.get(field, "")
        made = (name, field) in _MADE
        if not value and made:
            value = _MADE[name, field]()
        said = label_of(state, name, field, value) if linked and value and not made else ""
        fields.append(
            Field(
                name=field,
                label=_LABELS_OF.get((name, field))
                or _LABELS.get(field, field.replace("_", " ").capitalize()),
                way="line" if way == "hidden" and not value else way,
                required=required,
                choices=choices,
                value=value,
                said=said,
                fault=faults.get(field, ""),
                help=_help(state, name, field, way, given),
                inner=_inner(given, field),
                numbered=any(part.get("type") == "integer" for part in _parts(shape)),
            )
        )
    return tuple(fields)


def _has_reserved(state: State, given: Mapping[str, str]) -> bool:
    """Whether places are reserved for a group in the election that the act is for."""
    number = whole_number(given.get("election", ""))
    election = state.elections.elections.get(number or 0)
    return election is not None and election.terms.reserved is not None


def _help(state: State, name: str, field: str, way: Way, given: Mapping[str, str]) -> str:
    """What to type; for a ballot or papers, whose number is whose."""
    said = _OWN_NUMBER.get((name, field)) or _HELP_OF.get((name, field)) or _HELP.get(way, "")
    election = state.elections.elections.get(whole_number(given.get("election", "")) or 0)
    if (name, field) in _OF_NUMBERS and election is not None and election.standing:
        numbered = enumerate(election.standing, 1)
        people = (f"{number} {name_of(state, one.member)}" for number, one in numbered)
        said += f" The numbers are: {', '.join(people)}."
    return said


def _required(name: str, field: str, required: list[str], given: Mapping[str, str]) -> bool:
    """Whether the rules will ask for it: what an act may leave out can be needed all the same."""
    if name == "floor.open_vote" and field in _REFERRED:
        return given.get("question") == "referral"
    return field in required and (name, field) not in _OWN_NUMBER


def _with_nothing(way: Way, choices: tuple[Choice, ...], *, required: bool) -> tuple[Choice, ...]:
    """The choices, with nothing among them where it may be left out. Where it may not, nothing is
    chosen beforehand: a refusal's reason, a judgement."""
    if way != "choice":
        return choices
    named = tuple(choice for choice in choices if choice.value)
    if required:
        return (Choice("", CHOOSE), *named) if len(choices) > 1 else choices
    return (Choice("", _WORDS[""]), *choices) if len(named) == len(choices) else choices


@cache
def _schema(name: str) -> dict[str, Any]:
    return TypeAdapter(organisation.CLAUSES[name].act).json_schema()


def _way(
    state: State, name: str, field: str, shape: Mapping[str, Any], by: str
) -> tuple[Way, tuple[Choice, ...]]:
    committed = organisation.committed_fields(name).get(field)
    if (name, field) in _MADE:
        return "hidden", ()
    if committed is not None:
        if committed.what == "vote":
            return "choice", _named(("for", "against", "abstain"))
        return _COMMITTED.get(committed.what, "line"), ()
    choices = offered(state, name, field, by)
    if field in _WAYS and not choices:
        return _WAYS[field], ()
    if choices:
        return "choice", choices
    for part in _parts(shape):
        if "enum" in part:
            return "choice", _named(tuple(str(choice) for choice in part["enum"]))
        if part.get("type") == "boolean":
            return "yes", ()
        if part.get("type") == "integer":
            return ("time" if part.get("maximum") == LATEST else "number"), ()
    return "line", ()


def _inner(given: Mapping[str, str], field: str) -> dict[str, str]:
    return {
        entry: given.get(f"{field}-{entry}", "")
        for entry in ("title", "name", "email", "organisation", "salt")
    }


def _parts(shape: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return (shape, *shape.get("anyOf", ()))


def _named(values: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, _WORDS.get(value) or re.sub("[-_]", " ", value).capitalize())
        for value in values
    )
