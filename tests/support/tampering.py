"""Ways to tamper with an archive, each with the kind of finding that must come of it and words that
the finding must have. Hashes and heights are always made to fit: a forger would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from support.bel import Json, Step, Steps

Q = 2**252 + 27742317777372353535851937790883648493


class Way(NamedTuple):
    kind: str
    words: str
    tamper: Callable[[Steps], Steps]


def _at(steps: Steps, type: str, number: int = 0) -> int:
    """Where the number-th step of the type stands; -1 for the last."""
    return [place for place, step in enumerate(steps) if step.type == type][number]


def _changed(type: str, change: Callable[[Json], object], number: int = 0, data: int = 0) -> Any:
    """Changes the JSON of one step in place."""

    def tamper(steps: Steps) -> Steps:
        place = _at(steps, type, number)
        value = steps[place].json(data)
        change(value)
        return [*steps[:place], steps[place].with_json(value, data), *steps[place + 1 :]]

    return tamper


def _bytes(type: str, change: Callable[[bytes], bytes], data: int = 0, number: int = 0) -> Any:
    """Changes the bytes of one step."""

    def tamper(steps: Steps) -> Steps:
        place = _at(steps, type, number)
        bodies = list(steps[place].data)
        changed = change(bodies[data])
        assert changed != bodies[data]
        bodies[data] = changed
        return [*steps[:place], replace(steps[place], data=tuple(bodies)), *steps[place + 1 :]]

    return tamper


def _swap(pair: list[Any], i: int = 0, j: int = 1) -> None:
    pair[i], pair[j] = pair[j], pair[i]


def _without(type: str, number: int = 0) -> Any:
    def tamper(steps: Steps) -> Steps:
        place = _at(steps, type, number)
        return steps[:place] + steps[place + 1 :]

    return tamper


def _again(type: str, *, last: bool = False, number: int = 0) -> Any:
    """The step once more: right after, or after the last of its type."""

    def tamper(steps: Steps) -> Steps:
        place = _at(steps, type, number)
        after = (_at(steps, type, -1) if last else place) + 1
        return [*steps[:after], steps[place], *steps[after:]]

    return tamper


def _sized(num: int, weight: int) -> Any:
    def tamper(steps: Steps) -> Steps:
        place = _at(steps, "EncryptedTally")
        old = steps[place].sizes
        sizes = (old[0] + num, old[1] + weight)
        return [*steps[:place], replace(steps[place], sizes=sizes), *steps[place + 1 :]]

    return tamper


def _owner(type: str, owner: int, number: int = 0) -> Any:
    def tamper(steps: Steps) -> Steps:
        place = _at(steps, type, number)
        return [*steps[:place], replace(steps[place], owner=owner), *steps[place + 1 :]]

    return tamper


def _dropped_and_sized(steps: Steps) -> Steps:
    """The second voter's ballot is dropped, and the tally says one fewer."""
    credential = steps[_at(steps, "Ballot", 1)].json()["credential"]
    roll = steps[_at(steps, "Setup")].json(2)
    _key, _comma, weight = next(x for x in roll if x.startswith(credential)).partition(",")
    return _sized(-1, -int(weight or 1))(_without("Ballot", 1)(steps))


def _both_by_one(steps: Steps) -> Steps:
    owner = steps[_at(steps, "PartialDecryption")].owner
    return _owner("PartialDecryption", owner, number=1)(steps)


def _another_rank(result: Json) -> None:
    first = result["result"][0][0]
    first[0] = (first[0] + 1) % 256


def _more(result: Json) -> None:
    result["result"][-1][0] += 1


def _end_moved(steps: Steps) -> Steps:
    end, ballot = _at(steps, "EndBallots"), _at(steps, "Ballot", -1)
    moved = list(steps)
    _swap(moved, end, ballot)
    return moved


def _owners_swapped(steps: Steps) -> Steps:
    first, second = _at(steps, "PartialDecryption"), _at(steps, "PartialDecryption", 1)
    changed = list(steps)
    changed[first] = replace(steps[first], owner=steps[second].owner)
    changed[second] = replace(steps[second], owner=steps[first].owner)
    return changed


def _up(proof: Json) -> None:
    proof["response"] = str((int(proof["response"]) + 1) % Q)


def _of_another(ballots: Steps) -> Steps:
    """The second ballot under the credential of the first."""
    first, second = _at(ballots, "Ballot"), _at(ballots, "Ballot", 1)
    value = ballots[second].json()
    value["credential"] = ballots[first].json()["credential"]
    return [*ballots[:second], ballots[second].with_json(value), *ballots[second + 1 :]]


def _off_the_roll(steps: Steps) -> Steps:
    credential = steps[_at(steps, "Ballot")].json()["credential"]
    return _changed(
        "Setup", lambda roll: roll.remove(next(x for x in roll if x.startswith(credential))), data=2
    )(steps)


def _heavier(steps: Steps) -> Steps:
    """One voter's ballot is given a weight of 2 on the roll."""
    credential = steps[_at(steps, "Ballot", -1)].json()["credential"]

    def change(roll: Json) -> None:
        place = next(i for i, x in enumerate(roll) if x.startswith(credential))
        key, _comma, weight = roll[place].partition(",")
        roll[place] = f"{key},{int(weight or 1) + 1}"

    return _changed("Setup", change, data=2)(steps)


def _heavier_and_said_so(steps: Steps) -> Steps:
    return _sized(0, 1)(_heavier(steps))


def _torsion(value: Json) -> None:
    """alpha plus a point of order 2, which is on the curve and not in the group."""
    p = 2**255 - 19
    choice = value["answers"][0]["choices"][0]
    encoded = int(choice["alpha"], 16)
    y, sign = encoded % 2**255, encoded >> 255
    negated = (p - y) % p | ((1 - sign) << 255)  # (x, y) + (0, -1) = (-x, -y)
    choice["alpha"] = f"{negated:064x}"


EVERYWHERE: dict[str, Way] = {
    "ballot dropped": Way("tally", "were cast to count", _without("Ballot", 1)),
    "ballot dropped, sizes too": Way("tally", "is not that of the ballots", _dropped_and_sized),
    "ballot twice at once": Way("repeated", "casts the very ballot again", _again("Ballot")),
    "ballot replayed": Way("repeated", "casts the very ballot", _again("Ballot", last=True)),
    "EndBallots moved": Way("order", "EncryptedTally has to follow", _end_moved),
    "EndBallots missing": Way("order", "EndBallots has to follow", _without("EndBallots")),
    "EndBallots twice": Way("order", "EncryptedTally has to follow", _again("EndBallots")),
    "no Setup": Way("order", "at the beginning", _without("Setup")),
    "Setup twice": Way("order", "stands after Setup", _again("Setup")),
    "no tally": Way("order", "EncryptedTally has to follow", _without("EncryptedTally")),
    "Result twice": Way("order", "nothing has to follow", _again("Result")),
    "ballot after the result": Way(
        "order", "stands after Result", lambda steps: [*steps, steps[1]]
    ),
    "ballots swapped between voters": Way("ballot", "is not the ballot's", _of_another),
    "signature altered": Way(
        "ballot",
        "its signature does not hold",
        _changed("Ballot", lambda ballot: _up(ballot["signature"]["proof"])),
    ),
    "signature missing": Way(
        "ballot", "signature: missing", _changed("Ballot", lambda ballot: ballot.pop("signature"))
    ),
    "for another election": Way(
        "ballot",
        "for another election",
        _changed("Ballot", lambda ballot: ballot.update(election_uuid="1" * 14)),
    ),
    "off the roll": Way("roll", "its credential is not on the roll", _off_the_roll),
    "on the roll twice": Way(
        "roll", "stands on it twice", _changed("Setup", lambda roll: roll.append(roll[0]), data=2)
    ),
    "extra weight": Way("tally", "that of the ballots is", _heavier),
    "num_tallied raised": Way("tally", "are said to be in it", _sized(1, 0)),
    "total_weight raised": Way("tally", "is said to be in it", _sized(0, 1)),
    "tally swapped": Way(
        "tally",
        "is not that of the ballots",
        _changed("EncryptedTally", lambda tally: _swap(tally[-1])),
    ),
    "tally with alpha for beta": Way(
        "tally",
        "is not that of the ballots",
        _changed("EncryptedTally", lambda tally: tally[0][0].update(beta=tally[0][0]["alpha"])),
    ),
    "owners swapped": Way("decryption", "trustee's key does not hold", _owners_swapped),
    "no such trustee": Way("decryption", "there is none", _owner("PartialDecryption", 9)),
    "trustee 0": Way("decryption", "there is none", _owner("PartialDecryption", 0)),
    "decryption missing": Way("decryption", "needed", _without("PartialDecryption", -1)),
    "decryption twice": Way("repeated", "in the archive twice", _again("PartialDecryption")),
    "both decryptions by one": Way("decryption", "it is not their first", _both_by_one),
    "factor altered": Way(
        "decryption",
        "trustee's key does not hold",
        _changed("PartialDecryption", lambda partial: _swap(partial["decryption_factors"][-1])),
    ),
    "decryption proof altered": Way(
        "decryption",
        "trustee's key does not hold",
        _changed("PartialDecryption", lambda p: _up(p["decryption_proofs"][-1][0])),
    ),
    "factor missing": Way(
        "decryption",
        "not one factor for each",
        _changed("PartialDecryption", lambda partial: partial["decryption_factors"][-1].pop()),
    ),
    "result altered": Way(
        "result",
        "is not what was decrypted",
        _changed("Result", _more),
    ),
    "result cut": Way(
        "result", "not one figure", _changed("Result", lambda result: result["result"][0].pop())
    ),
    "result of fewer questions": Way(
        "result", "not an array of", _changed("Result", lambda result: result["result"].pop())
    ),
    "result with a space": Way(
        "canonical", "not in canonical form", _bytes("Result", lambda b: b.replace(b":", b": "))
    ),
    "ballot with a space": Way(
        "canonical",
        "not in canonical form",
        _bytes("Ballot", lambda b: b.replace(b',"answers', b', "answers')),
    ),
    "ballot with a line's end": Way(
        "canonical", "not in canonical form", _bytes("Ballot", lambda b: b + b"\n")
    ),
    "ballot with fields in another order": Way(
        "canonical",
        "not in canonical form",
        _changed("Ballot", lambda b: b.update(election_uuid=b.pop("election_uuid"))),
    ),
    "ballot with a field twice": Way(
        "canonical",
        "not in canonical form",
        _bytes("Ballot", lambda b: b.replace(b'{"elec', b'{"credential":"1","elec', 1)),
    ),
    "ballot with one more field": Way(
        "ballot", "no such field", _changed("Ballot", lambda ballot: ballot.update(voter="me"))
    ),
    "ballot with escaped text": Way(
        "canonical",
        "not in canonical form",
        _bytes("Ballot", lambda b: b.replace(b'"election_uuid"', b'"\\u0065lection_uuid"')),
    ),
    "ballot with a leading zero": Way(
        "ballot",
        "not a number",
        _changed(
            "Ballot",
            lambda b: b["signature"]["proof"].update(
                response="0" + b["signature"]["proof"]["response"]
            ),
        ),
    ),
    "ballot that is no JSON": Way(
        "ballot", "not JSON", _bytes("Ballot", lambda b: b.removesuffix(b"}"))
    ),
    "answer missing": Way(
        "ballot", "not an array of", _changed("Ballot", lambda ballot: ballot["answers"].pop())
    ),
    "election's key exchanged": Way(
        "trustees",
        "public key is not theirs",
        lambda steps: _changed(
            "Setup", lambda e: e.update(public_key=steps[1].json()["credential"])
        )(steps),
    ),
    "version 2": Way(
        "election", "version 1", _changed("Setup", lambda election: election.update(version=2))
    ),
    "unknown group": Way(
        "election", "unknown group", _changed("Setup", lambda election: election.update(group="X"))
    ),
    "election with a space": Way(
        "canonical",
        "not in canonical form",
        _bytes("Setup", lambda b: b.replace(b',"name"', b', "name"')),
    ),
    "election with one more field": Way(
        "election", "no such field", _changed("Setup", lambda election: election.update(x=1))
    ),
    "roll with a space": Way(
        "canonical", "not in canonical form", _bytes("Setup", lambda b: b + b" ", data=2)
    ),
    "a weight with a leading zero": Way(
        "roll",
        "not a weight",
        _changed("Setup", lambda r: r.__setitem__(0, r[0].partition(",")[0] + ",01"), data=2),
    ),
    "no trustees": Way("trustees", "nobody could decrypt", _bytes("Setup", lambda b: b"[]", 1)),
}
"""With every election."""


def _pok(trustees: Json) -> None:
    _up(trustees[0][1]["pok"])


SINGLE: dict[str, Way] = {
    "trustees swapped": Way(
        "decryption", "trustee's key does not hold", _changed("Setup", _swap, data=1)
    ),
    "trustee's proof altered": Way(
        "trustees", "knowing the private key", _changed("Setup", _pok, data=1)
    ),
    "trustee dropped": Way(
        "trustees", "not theirs", _changed("Setup", lambda trustees: trustees.pop(), data=1)
    ),
}
"""Where every trustee is alone."""


def _pedersen(change: Callable[[Json], object]) -> Any:
    return _changed("Setup", lambda trustees: change(trustees[0][1]), data=1)


THRESHOLD: dict[str, Way] = {
    "threshold lowered": Way(
        "trustees", "not for this place", _pedersen(lambda t: t.update(threshold=1))
    ),
    "threshold above": Way("trustees", "no threshold", _pedersen(lambda t: t.update(threshold=4))),
    "certificates swapped": Way(
        "trustees", "not for this place", _pedersen(lambda t: _swap(t["certs"]))
    ),
    "certificate's signature altered": Way(
        "trustees",
        "certificate's signature does not hold",
        _pedersen(lambda t: _up(t["certs"][0]["signature"])),
    ),
    "certificate altered": Way(
        "canonical",
        "not in canonical form",
        _pedersen(lambda t: t["certs"][1].update(message=t["certs"][1]["message"] + " ")),
    ),
    "coefficients swapped": Way(
        "trustees", "signature of the coefficients", _pedersen(lambda t: _swap(t["coefexps"]))
    ),
    "signatures swapped": Way(
        "trustees",
        "signature of all certificates",
        _pedersen(lambda t: _swap(t["signatures"])),
    ),
    "signatures dropped": Way(
        "trustees", "some trustees have signed", _pedersen(lambda t: t.pop("signatures"))
    ),
    "a key's signature dropped": Way(
        "trustees",
        "some trustees have signed",
        _pedersen(lambda t: t["verification_keys"][0].pop("signature")),
    ),
    "a key's signature altered": Way(
        "trustees",
        "signature of the key",
        _pedersen(lambda t: _up(t["verification_keys"][2]["signature"])),
    ),
    "keys swapped": Way(
        "trustees",
        "does not follow from the coefficients",
        _pedersen(lambda t: _swap(t["verification_keys"])),
    ),
    "a trustee dropped": Way(
        "trustees", "not one set of coefficients", _pedersen(lambda t: t["verification_keys"].pop())
    ),
}
"""Where t of n decrypt. "signatures dropped" is the step towards the form of Belenios 2.0."""


HOMOMORPHIC: dict[str, Way] = {
    "wrong group": Way(
        "election",
        "public_key",
        _changed("Setup", lambda e: e.update(group=_other(e["group"]))),
    ),
    "proof of 0 or 1 altered": Way(
        "ballot",
        "is not the ballot's",
        _changed("Ballot", lambda b: _up(b["answers"][0]["individual_proofs"][0][0])),
    ),
    "choices swapped": Way(
        "ballot",
        "is not the ballot's",
        _changed("Ballot", lambda b: _swap(b["answers"][0]["choices"])),
    ),
    "weight raised, and said": Way("tally", "is not that of the ballots", _heavier_and_said_so),
    "a shuffle where none belongs": Way(
        "shuffle",
        "no ranked question",
        lambda steps: _inserted(steps, Step("Shuffle", (b"{}",), owner=1), Step("EndShuffles")),
    ),
}
"""Where nothing is ranked."""


def _other(group: str) -> str:
    return "Ed25519" if group == "BELENIOS-2048" else "BELENIOS-2048"


def _inserted(steps: Steps, *more: Step) -> Steps:
    place = _at(steps, "EncryptedTally") + 1
    return [*steps[:place], *more, *steps[place:]]


ED25519: dict[str, Way] = {
    "response above q": Way(
        "ballot",
        "not below the group's order",
        _changed(
            "Ballot",
            lambda b: b["signature"]["proof"].update(
                response=str(int(b["signature"]["proof"]["response"]) + Q)
            ),
        ),
    ),
    "element in capitals": Way(
        "ballot",
        "not written as an element",
        _changed("Ballot", lambda b: b.update(credential=b["credential"].upper())),
    ),
    "element too short": Way(
        "ballot",
        "not written as an element",
        _changed("Ballot", lambda b: b.update(credential=b["credential"][1:])),
    ),
    "neutral credential": Way(
        "roll", "is no key", _changed("Setup", lambda r: r.append(f"{1:064x}"), data=2)
    ),
    "credential off the curve": Way(
        "roll", "is no key", _changed("Setup", lambda r: r.append(f"{2:064x}"), data=2)
    ),
    "credential of small order": Way(
        "roll", "is no key", _changed("Setup", lambda r: r.append("0" * 64), data=2)
    ),
    "factor with torsion": Way(
        "decryption",
        "trustee's key does not hold",
        _changed(
            "PartialDecryption",
            lambda p: p["decryption_factors"][0].__setitem__(0, "0" * 64),
        ),
    ),
}


def _not_shuffled(steps: Steps) -> Steps:
    return [step for step in steps if step.type not in ("Shuffle", "EndShuffles")]


def _exchanged(value: Json) -> None:
    """One shuffled ballot is put in the place of another."""
    value["ciphertexts"][0][0] = value["ciphertexts"][0][1]


RANKED: dict[str, Way] = {
    "no shuffle": Way("shuffle", "without having been shuffled", _not_shuffled),
    "shuffle missing": Way("shuffle", "needed", _without("Shuffle", -1)),
    "first shuffle missing": Way("shuffle", "proof does not hold", _without("Shuffle")),
    "EndShuffles missing": Way("order", "has to follow", _without("EndShuffles")),
    "EndShuffles alone": Way(
        "order",
        "stands after EncryptedTally",
        lambda steps: [step for step in steps if step.type != "Shuffle"],
    ),
    "ballot exchanged in the shuffle": Way(
        "shuffle", "proof does not hold", _changed("Shuffle", _exchanged)
    ),
    "ballots reordered after the proof": Way(
        "shuffle",
        "proof does not hold",
        _changed("Shuffle", lambda value: _swap(value["ciphertexts"][0]), number=-1),
    ),
    "shuffle's response altered": Way(
        "shuffle",
        "proof does not hold",
        _changed("Shuffle", lambda v: v["proofs"][0][1].__setitem__(0, "7")),
    ),
    "shuffle's chain cut": Way(
        "shuffle", "proof does not hold", _changed("Shuffle", lambda v: v["proofs"][0][3].pop())
    ),
    "both shuffles by one": Way(
        "shuffle", "it is not their first", _owner("Shuffle", 1, number=-1)
    ),
    "shuffle by nobody": Way("shuffle", "there is none", _owner("Shuffle", 7)),
    "shuffle with a space": Way(
        "canonical", "not in canonical form", _bytes("Shuffle", lambda b: b + b" ")
    ),
    "a ranked ballot that counts twice": Way("tally", "weight other than 1", _heavier_and_said_so),
    "ranking altered": Way(
        "result",
        "is not what was decrypted",
        _changed("Result", _another_rank),
    ),
    "rankings in another order": Way(
        "result",
        "is not what was decrypted",
        _changed("Result", lambda result: _swap(result["result"][0])),
    ),
    "ranking copied from another": Way(
        "ballot",
        "is not the ballot's",
        lambda steps: _changed(
            "Ballot", lambda b: b["answers"].__setitem__(0, steps[1].json()["answers"][0]), 1
        )(steps),
    ),
}

WAYS: dict[str, dict[str, Way]] = {
    "plain": EVERYWHERE | SINGLE | HOMOMORPHIC | ED25519,
    "shared": EVERYWHERE | THRESHOLD | HOMOMORPHIC | ED25519,
    "ranked": EVERYWHERE | THRESHOLD | RANKED | ED25519,
    "plain-2048": SINGLE | HOMOMORPHIC,
    "shared-2048": THRESHOLD,
}
"""For each election of ``secret_election.MADE`` those that fit it."""
