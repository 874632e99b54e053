"""What letters say: who did what, until when it can be answered, and a link that opens."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from quorate import organisation
from quorate.chapters.bulletin.uphold_appeal import UpholdAppeal
from quorate.chapters.delegates.give_way import GiveWay
from quorate.chapters.elections.nominate import Nominate
from quorate.chapters.membership.challenge_roll import ChallengeRoll
from quorate.chapters.membership.suspend import Suspend
from quorate.chapters.offices.demand_recall import DemandRecall
from quorate.chapters.offices.recall import Recall
from support.browser import client, player
from support.device import device

pytestmark = pytest.mark.xdist_group("web")
NO_TEXT = "0" * 64


def posted(demo: Path) -> dict[str, str]:
    """The letters that the postman brings now: subject → text."""
    from quorate.web.letters import postman

    for file in (demo / "mail").glob("*.eml"):
        file.unlink()
    postman.go_round()
    read = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in (demo / "mail").glob("*.eml")
    ]
    return {f"{m['To']}: {m['Subject']}": m.get_content() for m in read}


def do(by: str, act: str, **fields: Any) -> None:
    from quorate.web.acting import doing

    answer = doing.do(act, fields, by)
    assert isinstance(answer, doing.Done), answer


def test_a_refusal_is_brought_to_the_author_and_the_appeal_to_its_judges(demo: Path) -> None:
    from quorate.chapters.rights import holders
    from quorate.web.lane import lane
    from quorate.web.letters import postman

    author = player("member")
    text = {"title": "Keys for the hall", "text": "Every branch gets one."}
    do(author, "bulletin.hand_in", kind="perspective", text=text)
    postman.go_round()
    state = lane().now().state
    number = max(state.bulletin.contributions)
    rules = state.floor.conventions[max(state.floor.conventions)].rules.bulletin
    editor = holders(state, rules.refused_by)[0]
    reason, meaning = next(iter(rules.refusal_reasons.items()))
    do(
        editor,
        "bulletin.refuse",
        contribution=number,
        version=state.bulletin.contributions[number].latest.text,
        reason=reason,
        remark={"text": "Not this."},
    )
    letters = posted(demo)
    (said,) = letters.values()
    assert list(letters) == [f"{postman.address_of(author)}: “Keys for the hall” was refused"]
    assert meaning in said
    assert "appeal to the" in said
    assert f"/bulletin/{number}" in said

    do(author, "bulletin.appeal", contribution=number, grounds={"text": "It is ours."})
    letters = posted(demo)
    judges = holders(state, rules.appeal_to)
    assert {to.split(":")[0] for to in letters} == {postman.address_of(j) for j in judges}
    for judge in judges[: len(judges) // 2 + 1]:
        fields = {"contribution": number, "decision": "upheld", "reason": {"text": "So."}}
        do(judge, "bulletin.judge_appeal", **fields)
    letters = posted(demo)
    (said,) = letters.values()
    assert "the refusal is overturned" in said


def test_whoever_is_to_be_suspended_reads_from_when_and_that_it_can_be_taken_back(
    demo: Path,
) -> None:
    from quorate.chapters.plain import on
    from quorate.chapters.rights import holders
    from quorate.web.lane import lane
    from quorate.web.letters import postman

    member = player("branch secretary")
    state = lane().now().state
    judges = holders(state, state.rules.membership.suspended_by)
    deciding = judges[: len(judges) // 2 + 1]
    posted(demo)
    for judge in deciding:
        do(judge, "membership.suspend", member=member, reason={"text": "A test."})
    begins = lane().now().state.membership.suspensions[member]
    letters = posted(demo)
    subject = f"{postman.address_of(member)}: Your membership is to be suspended"
    assert list(letters) == [subject]
    assert f"It takes effect on {on(begins)}" in " ".join(letters[subject].split())
    assert "can still take it back" in " ".join(letters[subject].split())
    for judge in deciding:
        do(judge, "membership.restore", member=member)


def test_each_letter_names_who_and_its_link_opens(demo: Path) -> None:
    from quorate.chapters.rights import holders
    from quorate.store.letters_owed import OWED
    from quorate.store.outbox import Taken
    from quorate.web import names
    from quorate.web.lane import lane
    from quorate.web.letters.writing import WORDS, written

    assert OWED.keys() == WORDS.keys()
    state = lane().now().state
    member, by = player("member"), player("chair of the convention")
    branch = state.membership.members[member].branch
    secretary = holders(state, "branch-secretary", branch)[0]
    refused = next(
        number
        for number, one in state.bulletin.contributions.items()
        if one.refusal is not None and one.refusal.appeal is not None
    )
    acts = {
        "bulletin.uphold_appeal": UpholdAppeal(refused),
        "membership.challenge_roll": ChallengeRoll(branch, member, "missing", NO_TEXT),
        "elections.nominate": Nominate(min(state.elections.elections), member),
        "delegates.give_way": GiveWay(),
        "membership.suspend": Suspend(member, NO_TEXT),
        "offices.recall": Recall("branch-secretary", secretary, NO_TEXT, branch),
        "offices.demand_recall": DemandRecall("branch-secretary", secretary, NO_TEXT, branch),
    }
    browser = client("member")
    for name, act in acts.items():
        letter = written(state, Taken(0, 5, member, name, act, by), "somebody@example.org")
        assert letter.to == "somebody@example.org"
        assert "m-" not in letter.text + letter.subject, "no pseudonyms"
        assert letter.text.endswith(f"\n{state.rules.organisation.name}\n")
        if name not in ("bulletin.uphold_appeal", "delegates.give_way", "membership.suspend"):
            assert names.name_of(state, by) in letter.text
        links = re.findall(r"https?://[^/\s]+(/\S+)", letter.text)
        assert links, name
        for link in links:
            assert browser.get(link).status_code == 200, link


def test_what_is_said_of_vouching_without_a_signature(demo: Path) -> None:
    """To the member, to who is said to have vouched, and to them if the device is ended."""
    from quorate.chapters.devices.remembers import Device, Vouched
    from quorate.store.outbox import Taken
    from quorate.web import names
    from quorate.web.lane import lane
    from quorate.web.letters.writing import WORDS

    state = lane().now().state
    member, other = player("member"), player("branch secretary")
    waiting = Device(
        device(7).public, "device", 1, False, False, 1, 2, 1, 1, (Vouched(other, 5, None),)
    )
    of = state.devices.of.set(member, (waiting,))
    state = state._replace(devices=state.devices._replace(of=of))
    whose, by = names.name_of(state, member), names.name_of(state, other)

    def told(to: str, name: str, did: str, **fields: str) -> str:
        act = organisation.CLAUSES[name].act(public=waiting.public, **fields)
        words = WORDS[name](state, Taken(1, 1, to, name, act, did))
        return f"{words.subject}\n{words.text}"

    said = told(member, "devices.vouch", other, member=member)
    assert f"{by} has vouched for a device of yours" in said
    assert "it is this server's word" in said
    assert "It counts from" in said
    said = told(other, "devices.vouch", other, member=member)
    assert f"You have vouched for a device of {whose}" in said
    assert "somebody acted in your name" in said
    said = told(other, "devices.end", member)
    assert f"A device of {whose} for which you vouched was ended" in said
    assert "signs for you no more" in told(member, "devices.end", member)


def test_whoever_a_device_is_added_for_learns_of_it(demo: Path) -> None:
    from quorate.chapters.devices.forces import in_force_from
    from quorate.chapters.plain import on
    from quorate.web.lane import lane
    from quorate.web.letters import postman

    member = player("member")
    address = postman.address_of(member)
    sign = device(1).public[:8]
    do(member, "devices.add", public=device(1).public)
    since = in_force_from(lane().now().state.devices.of[member][-1])
    assert since is not None
    letters = posted(demo)
    text = letters.pop(f"{address}: A device was added that is to sign for you: {sign}")
    assert f"counts from {on(since)}" in text
    assert "/account/devices" in text
    do(member, "devices.end", public=device(1).public)
    assert f"{address}: A device signs for you no more: {sign}" in posted(demo)
