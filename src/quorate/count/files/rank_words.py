"""Ranks as people write them: "1", "1st", "2nd choice", "Third preference", "Rank 4", "1. Wahl".

Also beside the name of a race, as the columns of cast-vote records have them: "1ST CHOICE MAYOR
MINNEAPOLIS", "DEM Mayor Choice 2 of 5 Citywide (226916)", "Rep. to Congress 3rd Choice District 2".
"""

from __future__ import annotations

import re

_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")
_ASIDE = re.compile(r"\([^()]*\)")
_BESIDE = frozenset(
    {"st", "nd", "rd", "th", "choice", "preference", "pref", "rank", "ranking", "ranked", "place"}
)
_ORDINALS = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_NTH = rf"[0-9]{{1,4}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}"
_CHOICE = r"choice|preference|pref|rank(?:ing)?"

_ELSEWHERE = {
    word: rank
    for words in (
        "erste zweite dritte vierte fünfte sechste siebte achte",
        "eerste tweede derde vierde vijfde zesde zevende achtste",
        "premier deuxième troisième quatrième cinquième sixième septième huitième",
        "première seconde troisième quatrième cinquième sixième septième huitième",
        "primera segunda tercera cuarta quinta sexta séptima octava",
        "prima seconda terza quarta quinta sesta settima ottava",
        "primeira segunda terceira quarta quinta sexta sétima oitava",
    )
    for rank, word in enumerate(words.split(), start=1)
}
"""In other languages a rank is told only before a word for a choice: "Wahl 2026" is an election."""
_CHOICE_ELSEWHERE = (
    r"wahl|präferenz|priorität|platz|rang|keuze|voorkeur|valg|val|prioritet|choix|préférence|"
    r"opción|preferencia|elección|scelta|preferenza|opção|escolha|preferência|opció|opțiune|"
    r"preferință|wybór|preferencja|volba|voľba|izbira|izbor|выбор|вибір|избор|valinta|eelistus|"
    r"választás|επιλογή|tercih"
)
_NTH_ELSEWHERE = re.compile(
    r"(?<![^\W_])(?:(?P<number>[0-9]{1,4})(?:\.|-?(?:er|ère|ere|re|ème|eme|ste|de|e|ª|º|a|o)\b)?"
    rf"|(?P<word>{'|'.join(_ELSEWHERE)}))\s*(?:{_CHOICE_ELSEWHERE})(?![^\W_])",
    re.IGNORECASE,
)
_IN_NAME = re.compile(
    rf"(?<![^\W_])(?:(?P<nth>{_NTH})[\s_-]*(?:{_CHOICE})"
    rf"|(?:{_CHOICE})[\s_#-]*(?P<number>[0-9]{{1,4}}|{'|'.join(_ORDINALS)})"
    r"(?:\s+of\s+[0-9]{1,4})?)(?![^\W_])",
    re.IGNORECASE,
)
_CODE = re.compile(r"\([0-9]+\)")
"""New York's columns bear one of their own each, within one race."""


def rank_of(text: str) -> int | None:
    """The rank from 1 to 9999 that the text states, None if it is something else.

    What stands in parentheses does not count: "1 (most preferred)" is 1.
    """
    said = _ASIDE.sub("", text).strip()
    if elsewhere := _NTH_ELSEWHERE.fullmatch(said):
        return _elsewhere(elsewhere)
    pieces = [p for p in _PIECES.findall(said.lower()) if p not in _BESIDE]
    if len(pieces) != 1:
        return None
    if pieces[0] in _ORDINALS:
        return _ORDINALS.index(pieces[0]) + 1
    if not pieces[0].isdecimal() or len(pieces[0]) > 4 or "-" in text or "." in text.rstrip(". "):
        return None
    return int(pieces[0]) or None


def nth(rank: int) -> str:
    """The rank as "1st", "2nd", "23rd"."""
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10)
    return f"{rank}{ending or 'th'}"


def rank_and_race(text: str) -> tuple[int, str] | None:
    """The rank that a column's name states and the race that it is of, "" where it names none.

    None if there is no rank in it.
    """
    alone = rank_of(text)
    if alone is not None:
        return alone, ""
    if match := _NTH_ELSEWHERE.search(text):
        rank = _elsewhere(match)
    else:
        match = _IN_NAME.search(text)
        rank = rank_of(match["nth"] or match["number"]) if match else None
    if match is None or rank is None:
        return None
    rest = _CODE.sub(" ", f"{text[: match.start()]} {text[match.end() :]}")
    return rank, " ".join(rest.split()).strip(" -–:,_|/")


def _elsewhere(match: re.Match[str]) -> int | None:
    if match["number"]:
        return int(match["number"]) or None
    return _ELSEWHERE[match["word"].lower()]
