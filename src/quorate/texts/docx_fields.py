"""Word's fields: a code that nobody sees, and its result, which stands in the text (ECMA-376 part
1, 17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quorate.texts.remarks import PERSONS

_OF_A_PERSON = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS"}
_LINK = re.compile(r'^\s*HYPERLINK\s+"([^"]*)"', re.I)


@dataclass(slots=True)
class _Open:
    code: str = ""
    in_code: bool = True
    unseen: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open where the reader stands; a field may span paragraphs."""

    _open: list[_Open] = field(default_factory=list)

    def mark(self, kind: str, remarks: dict[str, None]) -> None:
        """A field begins, goes over from code to result, or ends."""
        if kind == "begin":
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            self._open[-1].in_code = False
            self._open[-1].unseen = self.is_of_a_person(self._open[-1].code, remarks)
        elif kind == "end" and self._open:
            self._open.pop()

    def code(self, text: str) -> None:
        """A piece of the code of the innermost field."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code += text[:2_000]

    def shown(self) -> bool:
        """Whether text here is seen: in no field's code, and in no result that names a person."""
        return not any(of.in_code or of.unseen for of in self._open)

    def link(self) -> str:
        """The address that text here leads to."""
        for of in reversed(self._open):
            if not of.in_code and (found := _LINK.match(of.code)):
                return found[1]
        return ""

    @staticmethod
    def is_of_a_person(code: str, remarks: dict[str, None]) -> bool:
        """Whether the field takes a name from the file's properties or from the computer."""
        name = (code.split() or [""])[0].upper()
        if name in _OF_A_PERSON:
            remarks[PERSONS] = None
        return name in _OF_A_PERSON
