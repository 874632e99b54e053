"""Which texts hold which words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Index:
    """Words, each with the texts that hold it. What is looked for may stand inside a word: "strik"
    finds "strikes", as looking through every text would. Several threads may use it at once.
    """

    _texts: list[str] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _holding: dict[str, array[int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those of the texts, by commitment, that are not in the index yet."""
        return [text for text in texts if text not in self._known]

    def add(self, text: str, words: str) -> None:
        """Puts a text with its words (folded, parted by spaces) into the index, once."""
        with self._lock:
            if text in self._known:
                return
            place = len(self._texts)
            self._texts.append(text)
            for word in set(words.split()):
                if word in self._holding:
                    self._holding[word].append(place)
                else:
                    self._holding[word] = array("I", [place])
            self._known.add(text)

    def holding(self, parts: Iterable[str]) -> set[str]:
        """The texts in which each of these parts of words stands; none where nothing is asked."""
        with self._lock:
            found: set[int] | None = None
            for part in parts:
                places: set[int] = set()
                for word, holders in self._holding.items():
                    if part in word:
                        places.update(holders)
                found = places if found is None else found & places
            return {self._texts[place] for place in found or ()}
