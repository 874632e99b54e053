"""One address, one member: nobody is admitted with an address that a member has.

The record cannot say that, because it knows no addresses; the write lane does, where nobody else
can be admitted in between. It is looked at when the rules allow the act, so that nobody who may not
admit learns whose address is a member's. Whoever has left can come back: an old sheet, or an
account that nobody signs in to any more, keeps no address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from quorate import commitments
from quorate.chapters.membership.admit import Admit
from quorate.chapters.state import State
from quorate.store import sealing
from quorate.store.asking import ask_about
from quorate.store.handing_in import HandedIn
from quorate.store.people import CURRENT

_SHEETS = "SELECT mail_digest, commitment FROM store_personalsheet WHERE mail_digest"
_ACCOUNTS = "SELECT email, member FROM store_account WHERE member IS NOT NULL AND email"


@dataclass(slots=True)
class Addresses:
    """The addresses of sheets that are being handed in, and who has them already.

    ``sheets``: address → the commitments of the sheets that give it; ``accounts``: address → the
    pseudonym of whoever signs in with it. Both for the addresses asked about.
    """

    sealing_key: bytes
    sheets: dict[str, set[str]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    def ask_about(self, acts: Iterable[HandedIn]) -> None:
        """Looks up the addresses that new members would have, all at once."""
        wanted = {address for act in acts if (address := new_address(act))}
        self.sheets = {address: set() for address in wanted}
        of = {sealing.mail_digest(self.sealing_key, address): address for address in wanted}
        for digest, commitment in ask_about(_SHEETS, of):
            self.sheets[of[digest]].add(commitment)
        self.accounts = dict(ask_about(_ACCOUNTS, wanted))

    def taken(self, state: State, act: HandedIn) -> str:
        """The address with which nobody can be admitted by this act; "" if there is none."""
        address = new_address(act)
        if not address:
            return ""
        sheets = self.sheets[address]
        account = state.membership.members.get(self.accounts.get(address, ""))
        if account is not None and account.standing in CURRENT:
            return address
        if sheets and any(
            member.person in sheets and member.standing in CURRENT
            for member in state.membership.members.values()
        ):
            return address
        return ""

    def recorded(self, act: HandedIn) -> None:
        """The act stands: its sheet counts for those that come after it."""
        address = new_address(act)
        if address:
            self.sheets[address].add(act.act.person)


def new_address(handed_in: HandedIn) -> str:
    """The address that a new member would have by this act, in small letters; "" for none."""
    if not isinstance(handed_in.act, Admit):
        return ""
    sheets = [thing for thing in handed_in.kept if thing.domain == commitments.PERSON]
    return sheets[0].address.strip().casefold() if sheets else ""
