"""Prints: everything that was written is set, nothing that was written is run."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from quorate.texts.typeset import (
    Bulletin,
    Contribution,
    Decision,
    Minutes,
    Part,
    Result,
    bulletin_pdf,
    minutes_pdf,
)
from quorate.texts.typst_markup import to_typst

TIME = 1_780_000_000_000


def contribution(markdown: str, title: str = "A title", number: int = 7) -> Contribution:
    return Contribution(
        number, title, "Ada Byron, Harbour", "Admitted: five delegates", markdown, ("8, a reply",)
    )


def bulletin(*contributions: Contribution) -> Bulletin:
    return Bulletin(
        "The Union", "Bulletin 2", "24 May 2026", 1234, TIME, (Part("Proposals", contributions),)
    )


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def letters(text: str) -> str:
    """Letters and signs, without spaces and the hyphens at ends of lines."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_a_bulletin_holds_all_that_it_should() -> None:
    issue = replace(
        bulletin(contribution("## Why\n\nBecause of *this*.\n\n1. one\n2. two")),
        parts=(
            Part("Proposals", (contribution("## Why\n\nBecause of *this*.\n\n3. one\n4. two"),)),
            Part("Perspectives", ()),
            Part("Reports", (contribution("The report.", "From the harbour", 12),)),
        ),
    )
    pdf = bulletin_pdf(issue)
    text = pages(pdf)
    assert len(text) == 4
    for words in ("The Union", "Bulletin 2", "24 May 2026", "The record at entry 1,234"):
        assert words in text[0]
    for words in ("Contents", "Proposals", "A title", "Reports", "From the harbour"):
        assert words in text[1]
    assert "Perspectives" not in "".join(text)
    for words in (
        *("No. 7", "A title", "Ada Byron, Harbour", "Admitted: five delegates", "Because of this."),
        *("3.", "4.", "Replies", "8, a reply", "Why"),
    ):
        assert words in text[2]
    assert "The report." in text[3]
    assert "Reports" in text[3].split("\n")[0]  # the running head
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Bulletin 2"
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert bulletin_pdf(issue) == pdf


def test_minutes_show_presence_arithmetic_and_results() -> None:
    minutes = Minutes(
        organisation="The Union",
        meeting="Minutes of the convention",
        place="Harbour Hall",
        date="30 May 2026",
        entry=99,
        time=TIME,
        presence=("180 of 200 seats present; the quorum is 100.",),
        decisions=(
            Decision(
                3,
                "On the *fund*",
                "Shall 3 be adopted? Put by Ada Byron",
                "131 of 180 is 72.8 %; 120 were needed",
                "Carried",
                "A remark with a [link](https://e.org).",
            ),
        ),
        results=(
            Result(
                "Steering committee",
                "2 seats, single transferable vote",
                ("Ada | Byron", "1. Eve"),
                (("Stage", "Ada"), ("1", "40.00000")),
            ),
            Result("Chair", "one seat", ()),
        ),
    )
    text = " ".join("\n".join(pages(minutes_pdf(minutes))).split())
    for words in (
        *("Minutes of the convention", "Harbour Hall", "entry 99", "180 of 200", "On the *fund*"),
        *("131 of 180 is 72.8 %; 120 were needed", "Carried", "A remark with a link."),
        *("Ada | Byron", "1. Eve", "40.00000", "Nobody is elected."),
    ):
        assert words in text, words


HOSTILE = [
    *('#import "x.typ"', '#read("/etc/passwd")', "$x^2$", "@ref", "<label>", "`raw`", "```"),
    *("#let x = 1", "]", "[", "*", "_", "\\", '"', "//", "/*", "*/", "= Heading", "- a", "+ b"),
    *(
        "/ term: x",
        "~",
        "---",
        "'",
        "#{",
        "}",
        ");",
        "#panic()",
        "\u202e",
        "\x00",
        "\t",
        "\n",
        "\n\n",
    ),
    *("> ", "1. ", "| a | b |\n|--|--|\n| c | d |\n", "<b>", "<table><td>", "</p>", "<details>"),
    *('[a](https://e.org/"])#panic()', "![x](y)", "[^1]", "[^1]: n", "&#35;panic()", "    ", "é"),
    *("<h3>", "<ol start=99999999999>", "<ul>", "<hr>", "<br>", "<summary>", "\\#panic()", "שלום"),
]
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
CODE = re.compile(
    r"#(?:strong|emph|underline|strike|super|sub|quote|aside|notes|pad|heading|list|enum|table|"
    r"raw|link|linebreak|rule)\b"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), max_size=14).map("".join) | st.text(max_size=50))
def test_outside_of_strings_there_is_only_our_own_code(text: str) -> None:
    markup = STRING.sub("", to_typst(text))
    rest = CODE.sub("", markup).replace("table.header", "")
    for word in re.findall(r"[^\W\d_]+", rest):
        assert word in {
            "block",
            "true",
            "false",
            "level",
            "outlined",
            "columns",
            "start",
            "left",
            "em",
        }, (word, markup)
    assert not set(rest) & set("$@<>`*_\\/=~'\"{}|&")
    assert markup.count("[") == markup.count("]")
    assert markup.count("(") == markup.count(")")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), max_size=14).map("".join) | st.text(max_size=50))
def test_whatever_is_written_can_be_set(text: str) -> None:
    issue = bulletin(replace(contribution(text), title=text, author=text, state=text))
    assert len(pages(bulletin_pdf(replace(issue, issue=text, organisation=text)))) >= 3


def test_hostile_text_is_printed_as_it_is() -> None:
    text = (
        '#import "x.typ": * and #read("/etc/passwd") and $x^2$ and @ref and \\<label> and #panic() '
        "and `#code()` and \\*/ // \\[x\\] and 'q' -- ..."
    )
    printed = letters("".join(pages(bulletin_pdf(bulletin(contribution(text))))))
    for words in (
        *('#import"x.typ":*', '#read("/etc/passwd")', "$x^2$", "@ref", "<label>", "#panic()"),
        *("#code()", "*///[x]", "'q'"),
    ):
        assert letters(words) in printed, words


def test_deep_and_wide_texts_are_set_whole() -> None:
    deep = "> " * 18 + "bottom\n\n" + "<b><i>" * 200 + "bold" + "</i></b>" * 200
    deep += "\n\n" + "<details>" * 100 + "<p>inside</p>"
    wide = "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|" + "cell|" * 60
    long = "x" * 3000 + "\n\n    " + "code " * 400 + "\n\n<https://e.org/" + "y" * 3000 + ">"
    printed = letters(
        "".join(pages(bulletin_pdf(bulletin(contribution(f"{deep}\n\n{wide}\n\n{long}")))))
    )
    for words in ("bottom", "bold", "inside", "cell" * 5, "codecode"):
        assert words in printed
