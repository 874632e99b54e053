"""What acts are called on pages: a heading, and the words on the button."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """``heading``: what is to be done; ``button``: what one does with it."""

    heading: str
    button: str


TITLES = {
    "founding.adopt": Title("Adopt the first rulebook", "Adopt it"),
    "founding.bring_programme": Title("Bring the programme", "Bring it"),
    "founding.complete": Title("Complete the founding", "Complete it"),
    "membership.open_region": Title("Open a region", "Open the region"),
    "membership.open_branch": Title("Open a branch", "Open the branch"),
    "membership.admit": Title("Enter a new member", "Enter them"),
    "membership.be_reachable": Title("Whether others may write to me", "Keep it so"),
    "membership.transfer": Title("Move to another branch", "Move"),
    "membership.suspend": Title("Suspend a membership", "Say so"),
    "membership.restore": Title("Restore a suspended membership", "Say so"),
    "membership.resign": Title("Leave the organisation", "Leave"),
    "membership.erase": Title("Have my personal data erased", "Erase them"),
    "erasing.ask": Title("Ask that a text be erased", "Ask for it"),
    "erasing.judge": Title("Judge a request to erase a text", "Judge it so"),
    "membership.attest_roll": Title("Attest a branch's roll", "Attest it"),
    "membership.challenge_roll": Title("Challenge a roll", "Challenge it"),
    "membership.judge_challenge": Title("Judge a challenge to a roll", "Judge it so"),
    "offices.install": Title("Enter the first holder of an office", "Enter them"),
    "offices.appoint": Title("Appoint somebody to an office", "Appoint them"),
    "offices.lay_down": Title("Lay down an office", "Lay it down"),
    "offices.recall": Title("Recall somebody from an office", "Recall them"),
    "offices.demand_recall": Title("Demand a vote on somebody's recall", "Demand it"),
    "offices.vote_recall": Title("Vote on a recall", "Cast my vote"),
    "bulletin.hand_in": Title("Hand in a contribution", "Hand it in"),
    "bulletin.revise": Title("Hand in a new version", "Hand it in"),
    "bulletin.withdraw": Title("Withdraw a contribution", "Withdraw it"),
    "bulletin.refuse": Title("Refuse a contribution", "Refuse it"),
    "bulletin.appeal": Title("Appeal against a refusal", "Appeal"),
    "bulletin.judge_appeal": Title("Judge an appeal", "Judge it so"),
    "proposals.second": Title("Second a proposal", "Second it"),
    "proposals.withdraw_second": Title("Take my name back", "Take it back"),
    "proposals.ask": Title("Ask a branch to second", "Ask them"),
    "proposals.answer": Title("Answer a proposal in writing", "Hand in the answer"),
    "delegates.credential": Title("Check a delegate's credentials", "They are in order"),
    "delegates.give_way": Title("Leave my seat to an alternate", "Give way"),
    "delegates.step_in": Title("Step into an empty seat", "Step in"),
    "delegates.invite": Title("Invite a guest", "Invite them"),
    "delegates.end_invitation": Title("End a guest's invitation", "End it"),
    "delegates.erase_guest": Title("Have a guest's personal data erased", "Erase them"),
    "elections.open_poll": Title("Call an election", "Call it"),
    "elections.nominate": Title("Nominate somebody", "Nominate them"),
    "elections.accept": Title("Accept or decline a nomination", "Answer"),
    "elections.propose_slate": Title("Propose a slate", "Propose it"),
    "elections.consent": Title("Agree to be on a slate", "Answer"),
    "elections.vote": Title("Cast a ballot", "Cast my ballot"),
    "elections.enter_papers": Title("Enter papers of a poll", "Enter them"),
    "elections.end_papers": Title("All papers are entered", "Count them"),
    "floor.call": Title("Call the convention", "Call it"),
    "floor.arrive": Title("I am here", "I am here"),
    "floor.leave": Title("I leave the hall", "I leave"),
    "floor.open": Title("Open the convention", "Open it"),
    "floor.open_vote": Title("Put something to the vote", "Open the vote"),
    "floor.vote": Title("Vote", "Cast my vote"),
    "floor.close_vote": Title("Close a vote", "Close it"),
    "floor.close": Title("Close the convention", "Close it"),
    "lots.call": Title("Have a lot drawn", "Call the lot"),
    "lots.commit": Title("Commit to a number for a lot", "Commit to it"),
    "lots.hand_in": Title("Hand in my number for a lot", "Hand it in"),
    "lots.enter_public": Title("Enter the value of the public source", "Enter it"),
    "followup.take_on": Title("Give a decision an owner and a date", "Record it"),
    "followup.report": Title("Report on a decision", "Hand in the report"),
    "devices.add": Title("Let a device sign for me", "Add it"),
    "devices.vouch": Title("Vouch for somebody's device", "Vouch for it"),
    "devices.end": Title("A device signs for me no more", "End it"),
    "witnesses.name": Title("Name a witness of the record", "Name it"),
    "witnesses.dismiss": Title("Dismiss a witness of the record", "Dismiss it"),
    "keys.rotate": Title("Change the keys that sign the record", "Change them"),
    "keys.replace": Title("Replace the record’s keys, which are lost", "Replace them"),
    "secret.name_trustee": Title("Name a trustee of secret ballots", "Name them"),
    "secret.decline": Title("Decline to be a trustee", "Decline"),
    "secret.certify": Title("Make my key as a trustee", "Hand it in"),
    "secret.share": Title("Send the other trustees their shares", "Send them"),
    "secret.confirm": Title("Confirm the key of the secret ballots", "Confirm it"),
    "secret.claim": Title("Claim my key for secret ballots", "Claim it"),
    "secret.demand": Title("Demand a secret ballot for an office", "Demand it"),
    "secret.mix": Title("Mix the claims of keys", "Hand in the mix"),
    "secret.decrypt_roll": Title("Decrypt the roll of keys", "Hand it in"),
    "secret.roll": Title("State the roll of keys", "State it"),
    "secret.shuffle_box": Title("Shuffle the ballots of a box", "Hand in the shuffle"),
    "secret.decrypt_box": Title("Decrypt a ballot box", "Hand it in"),
    "secret.result": Title("State the result of a ballot box", "State it"),
}


def title_of(act: str) -> Title:
    """What the act is called. Raises KeyError for one that nobody does by hand."""
    return TITLES[act]


FALLS_DUE = {
    "founding.enter_into_force": "An adopted change of the rules comes into force",
    "membership.freeze_roll": "The rolls are frozen",
    "membership.settle_rolls": "The rolls are settled",
    "membership.take_effect": "A suspension takes effect",
    "erasing.settle": "A request to erase, which nobody judged in time, is settled",
    "bulletin.publish": "An issue of the bulletin comes out",
    "bulletin.uphold_appeal": "An appeal that was not decided in time is won",
    "proposals.lapse": "Seconding ends: what too few have seconded lapses",
    "proposals.lapse_late": "Longer seconding ends: what too few have seconded lapses",
    "proposals.note_missing_answers": "Written answers are due: those that are missing are noted",
    "proposals.note_missing_late": "A later written answer is due",
    "delegates.apportion": "Seats are shared out",
    "elections.open_ballots": "Ballots are opened",
    "elections.declare": "A result is declared",
    "floor.open_votes": "Votes of the floor are opened",
    "floor.lapse": "The convention lapses",
    "offices.count_recall": "A recall is counted",
    "offices.end_terms": "Terms of office end",
    "lots.open_numbers": "The numbers of a lot are opened",
    "secret.open": "Voting keys can be claimed from trustees to come",
    "secret.pass_over": "Another trustee is drawn",
    "secret.close": "No voting key can be claimed any more",
    "secret.void": "A register of voting keys is void",
    "secret.box_opened": "A ballot box is there",
    "secret.box_grew": "A batch of ballots is put into a box",
    "secret.box_closed": "A ballot box is closed",
    "secret.void_box": "A ballot box is void",
}
"""What falls due by itself, as the record's list says it."""
