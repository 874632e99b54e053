"""Changed copies of what is remembered: the same as Python's own, however many fields change."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.chapters.copies import copied_quickly


class Plain(NamedTuple):
    number: int = 0
    name: str = ""
    others: tuple[int, ...] = ()


@copied_quickly
class Quick(NamedTuple):
    number: int = 0
    name: str = ""
    others: tuple[int, ...] = ()


CHANGES = st.fixed_dictionaries(
    {},
    optional={"number": st.integers(), "name": st.text(), "others": st.just((1, 2))},
)


@given(CHANGES)
def test_a_changed_copy_is_what_python_makes(changes: dict[str, object]) -> None:
    before = Quick(7, "before", (3,))
    copy = before._replace(**changes)
    assert type(copy) is Quick
    assert tuple(copy) == tuple(Plain(*before)._replace(**changes))
    assert before == Quick(7, "before", (3,))


def test_a_name_that_is_no_field_is_refused_as_python_does() -> None:
    for kind in (Plain, Quick):
        with pytest.raises(ValueError, match="nmae"):
            kind()._replace(nmae="x")  # type: ignore[call-arg]
