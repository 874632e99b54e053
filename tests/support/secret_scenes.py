"""What the pages of a register of voting keys say, scene by scene, from the call to the roll. Run
by tests, in a process of its own: python secret_scenes.py FOLDER. Says one JSON object: for each
question that the tests ask, the status and what the page said.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.ballots import roll_of_keys
from quorate.ballots.roll_of_keys import hash_of
from support.key_register import KeyRegister
from support.scenes import said
from support.secret_year import (
    closed,
    decrypt,
    devices,
    in_secret,
    mix,
    name_all,
    register_of,
    signing_key,
    three,
    trustees,
)
from support.small import Small
from support.staged import made, staged
from support.stored import Stored, Told
from support.year import delegates, delegates_elected

PAGES = "/registers/1"


class Looking:
    """Looks at pages as a member, or as nobody with ""."""

    def __init__(self, stored: Stored) -> None:
        from quorate.web import lane

        self.stored = stored
        self.seen: dict[str, Any] = {}
        self.web = lane.lane()

    def browser(self, member: str) -> Any:
        from django.test import Client

        from quorate.store.models import Account

        self.web.clock = Told(self.stored.time)
        browser = Client(HTTP_HOST="localhost")
        if member:
            account, _ = Account.objects.get_or_create(email=f"{member}@example.org", member=member)
            browser.force_login(account)
        return browser

    def at(self, what: str, member: str, address: str) -> Any:
        return self.keep(what, self.browser(member).get(address))

    def posted(self, what: str, member: str, address: str, **fields: object) -> Any:
        """Posted as a script posts it."""
        headers = {"Accept": "application/json"}
        return self.keep(what, self.browser(member).post(address, fields, headers=headers))

    def keep(self, what: str, answer: Any) -> Any:
        text = answer.content.decode()
        html = answer["Content-Type"].startswith("text/html")
        self.seen[what] = [answer.status_code, said(text) if html else text]
        self.seen[f"{what}, source"] = text
        return answer


def look(folder: Path) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    small = delegates_elected(in_secret(stored))
    stored.let_fall_due()
    looking = Looking(stored)
    before_they_are_named(looking, small)
    name_all(small)
    named(looking, small)
    come_to_their_key(small)
    own = devices(small)
    keyed(looking, small, own)
    closed(small, own)
    mixing(looking, small, own)
    over(looking, small)
    return looking.seen


def come_to_their_key(small: Small) -> None:
    """The first, who has none yet, makes a key; then all go on."""
    keys, who = three(), trustees(small)
    cert = keys.certs[0].decode()
    small.pure.do(who[0], "secret.certify", register=1, certificate=cert)
    for one, polynomial in zip(who, keys.polynomials, strict=True):
        small.pure.do(one, "secret.share", register=1, polynomial=polynomial.decode())
    for one, voutput in zip(who, keys.voutputs, strict=True):
        small.pure.do(one, "secret.confirm", register=1, voutput=voutput.decode())


def before_they_are_named(looking: Looking, small: Small) -> None:
    leader, other = small.holder("steering-committee"), delegates(small)[0]
    namer = small.holder("credentials-committee")
    looking.at("called: register", other, PAGES)
    looking.at("called: register, outsider", "", PAGES)
    looking.at("called: convention", other, "/convention")
    looking.at("called: today of the namer", leader, "/")
    looking.at("called: today of another", other, "/")
    looking.at("called: name, by the namer", leader, f"{PAGES}/name/leadership")
    looking.at("called: name, by another", other, f"{PAGES}/name/leadership")
    looking.at("called: name outside", namer, f"{PAGES}/name/outside")
    looking.at("called: name outside, by another", other, f"{PAGES}/name/outside")
    looking.at("called: name drawn", leader, f"{PAGES}/name/drawn")
    looking.at("called: my key", other, f"{PAGES}/my-key")
    looking.at("called: trustee", other, f"{PAGES}/trustee")
    looking.at("called: next", other, f"{PAGES}/trustee/next")
    looking.at("called: file", other, f"{PAGES}/file")
    looking.at("called: outside page", "", outside())
    looking.at("called: outside next", "", f"{outside()}/next")
    looking.at("called: wrong address", "", outside()[:-1] + "x")
    looking.at("called: another side's address", "", outside().replace("outside", "drawn"))
    looking.posted("called: outside hands in", "", f"{outside()}/act/secret.certify")
    looking.posted("called: an act of members", "", f"{outside()}/act/secret.claim")


def outside() -> str:
    from quorate.web.secret.invitations import path_of

    return path_of(1, "outside")


def named(looking: Looking, small: Small) -> None:
    first, member, _ = trustees(small)
    looking.at("named: today of the trustee", member, "/")
    looking.at("named: today of the drawn", first, "/")
    looking.at("named: trustee", member, f"{PAGES}/trustee")
    looking.at("named: next", member, f"{PAGES}/trustee/next")
    looking.at("named: outside next", "", f"{outside()}/next")
    looking.seen["named: key"] = signing_key(three().seeds[2])
    certificate = three().certs[2].decode()
    wrong = three().certs[1].decode()
    hand_in = f"{outside()}/act/secret.certify"
    looking.posted("named: with another's certificate", "", hand_in, certificate=wrong)
    looking.posted("named: with something else", "", hand_in, certificate="{}")
    looking.posted("named: not signed in", "", "/act/secret.certify", certificate=wrong)
    fields = {"register": 1, "certificate": three().certs[1].decode()}
    looking.posted("named: member hands in", member, "/act/secret.certify", **fields)
    looking.posted("named: outside hands in", "", hand_in, certificate=certificate)
    looking.stored.state = looking.web.standing.state
    looking.stored.let_fall_due()
    looking.at("named: register", member, PAGES)
    looking.at("named: next, waiting", member, f"{PAGES}/trustee/next")


def keyed(looking: Looking, small: Small, own: KeyRegister) -> None:
    voter, other = delegates(small)[:2]
    nobody = next(m for m in small.everyone if m not in delegates(small))
    looking.at("keyed: today of a voter", voter, "/")
    looking.at("keyed: my key", voter, f"{PAGES}/my-key")
    looking.at("keyed: my key of a member without a seat", nobody, f"{PAGES}/my-key")
    looking.at("keyed: register of a member without a seat", nobody, PAGES)
    data = own.claim(voter).decode()
    address = "/act/secret.claim"
    looking.posted("keyed: a claim", voter, address, register=1, claim=data)
    looking.posted("keyed: another's claim", other, address, register=1, claim=data)
    looking.stored.state = looking.web.standing.state
    looking.at("keyed: today of who has claimed", voter, "/")
    looking.at("keyed: my key, claimed", voter, f"{PAGES}/my-key")
    looking.at("keyed: register", voter, PAGES)
    looking.at("keyed: file", voter, f"{PAGES}/file")
    looking.at("keyed: roll", voter, f"{PAGES}/roll")
    looking.at("keyed: outside file", "", f"{outside()}/file")


def mixing(looking: Looking, small: Small, own: KeyRegister) -> None:
    first, second, _ = trustees(small)
    looking.at("closed: today of the first", first, "/")
    looking.at("closed: today of the second", second, "/")
    looking.at("closed: next of the second", second, f"{PAGES}/trustee/next")
    looking.at("closed: register", first, PAGES)
    mix(small, own, 1)
    looking.at("mixed once: today of the second", second, "/")
    mix(small, own, 2)
    looking.at("mixed: outside next", "", f"{outside()}/next")
    entry = register_of(small).mixes[-1].entry
    looking.at("mixed: outside receipt", "", f"{outside()}/receipt/{entry}")
    looking.at("mixed: receipt of something else", "", f"{outside()}/receipt/1")
    for owner in (3, 1, 2):
        decrypt(small, own, owner)
    looking.at("decrypted: register", first, PAGES)
    looking.at("decrypted: next", first, f"{PAGES}/trustee/next")
    looking.at("decrypted: outside next", "", f"{outside()}/next")
    stated = json.loads(looking.seen["decrypted: next"][1])["stating"]
    looking.posted("decrypted: states", first, "/act/secret.roll", **stated)
    looking.stored.state = looking.web.standing.state
    looking.seen["decrypted: roll"] = roll_of_keys.write_roll(own.make_roll()).decode()


def over(looking: Looking, small: Small) -> None:
    voter = delegates(small)[0]
    looking.at("over: register", voter, PAGES)
    looking.at("over: my key", voter, f"{PAGES}/my-key")
    looking.at("over: roll", voter, f"{PAGES}/roll")
    looking.seen["over: hash"] = register_of(small).roll
    looking.seen["over: hash of the roll"] = hash_of(looking.seen["over: roll"][1].encode())
    looking.at("over: trustee", trustees(small)[0], f"{PAGES}/trustee/next")


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1]))))
