"""Nothing that a convention decides was kept out of print, whoever revises what and when."""

from __future__ import annotations

from support.bulletin import contribution, days_before, revise, second
from support.caught import VERIFY, caught_by
from support.small import founded
from support.year import convention, delegates, delegates_elected, hand_in, sitting


@caught_by(VERIFY)
def test_a_text_does_not_reach_the_agenda_unread_behind_a_later_version():
    """The author shows one version in print and has another, seconded in silence, admitted."""
    small = delegates_elected(founded(agenda='"as-numbered"'))
    author, *others = delegates(small)
    small.pure.go_to(days_before(small, 40))
    number = hand_in(small, author)
    hidden = contribution(small, number).latest.text
    revise(small, number, "what everybody reads")
    small.pure.go_to(days_before(small, 34))
    for member in others:
        if small.state.proposals.proposals[number].admission is None:
            second(small, member, number, hidden)
    sitting(small)
    printed = {text for issue in small.state.bulletin.issues for text in issue.versions}
    for decided in convention(small).agenda or ():
        admission = small.state.proposals.proposals[decided].admission
        assert admission is not None
        assert admission.version in printed
    assert convention(small).agenda == (number,)
