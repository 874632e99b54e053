"""Members' Markdown on a page: nothing active, nothing loaded, nothing lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.texts.markdown import to_html

TAGS = (
    "h2 h3 h4 h5 h6 p br hr blockquote pre code section ul ol li strong em b i u s del ins sup sub "
    "a table thead tbody tr th td details summary dl dt dd"
)


class Page(HTMLParser):
    """What a browser would make of it: each tag with its attributes, and balance."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(html: str) -> None:
    page = Page(html)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag in TAGS.split()
        for name, value in attributes.items():
            assert (tag, name) in {
                *(("a", "href"), ("a", "title"), ("a", "rel"), ("a", "id"), ("li", "id")),
                *(("ol", "start"), ("td", "align"), ("th", "align")),
            }
            if name == "href":
                # A scheme as browsers read it (URL Standard, 4.4), or none.
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.I)
                assert scheme is None or scheme[1].lower() in ("http", "https", "mailto")
            if name == "rel":
                assert value == "nofollow noopener noreferrer"
            if name == "id":
                assert re.fullmatch(r"fn(ref)?-[0-9a-f]{8}-[\d:]+", value or "")


PIECES = [
    *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>", "</a>"),
    *("[a](javascript:x)", "[a](<java\tscript:x>)", "![i](https://e.org/p.png)", "<svg/onload=x>"),
    *("<details>", "<summary>", "</details>", "<iframe src=//x>", "<style>", "</style>", "&#106;"),
    *("`", "**", "~~", "\n", "\n\n", "> ", "- ", "1. ", "    ", "| a | b |\n|--|--|\n", "[^1]"),
    *("[^1]: note", "<p id=top class=x style='x'>", "<!--", "-->", "<![CDATA[", "<math>", "text"),
    *(
        "<h1>",
        "# ",
        "<form action=x>",
        "<input>",
        "<base href=x>",
        "\u202e",
        "<template>",
        "<table>",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40))
def test_whatever_a_member_writes_the_page_is_harmless(text: str) -> None:
    check(to_html(text))


@pytest.mark.parametrize(
    "attack",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<a href=x onclick=alert(1)>x</a>",
        "<scr<script>ipt>alert(1)</script>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<b style='position:fixed;inset:0'>x</b>",
        '<img alt="<script>alert(1)</script>" src="http://e/\'onx=1">',
        '!["><script>alert(1)</script>](https://e/x)',
        "<details open ontoggle=alert(1)>x",
    ],
)
def test_known_attacks(attack: str) -> None:
    html = to_html(attack)
    check(html)
    assert "<script" not in html
    assert not re.search(r"<[^>]*\son\w+=", html)


def test_nothing_is_loaded_from_elsewhere() -> None:
    html = to_html(
        '![A map](https://e.org/m.png) <img alt="B" src="https://e.org/b.png"> ![](x.png)'
    )
    assert "<img" not in html
    assert ">[image: A map]</a>" in html
    assert 'href="https://e.org/m.png"' in html
    assert ">[image: B]</a>" in html
    assert "[image: not described]" in html


def test_headings_stand_below_the_pages_own() -> None:
    for text, levels in {
        "# a\n\n### b\n\n# c": [2, 3, 2],
        "### a\n\n#### b\n\n###### c\n\n#### d": [2, 3, 4, 3],
        "<h1>a</h1>\n\n## b": [2, 2],
    }.items():
        assert [int(level) for level in re.findall(r"<h(\d)", to_html(text))] == levels


def test_an_empty_cell_heads_nothing() -> None:
    html = to_html("| | a |\n|---|---|\n| 1 | 2 |\n")
    assert html.count("<th") - html.count("<thead") == 1


def test_what_members_use_is_kept() -> None:
    text = (
        "<details>\n<summary>Why</summary>\n\nBecause **x**.\n</details>\n\n"
        "<ins>in</ins> <del>out</del> ~~gone~~ CO<sub>2</sub> 1<sup>st</sup><br>next\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\nNote[^1].\n\n[^1]: The source.\n"
    )
    html = to_html(text)
    for part in (
        *("<details>", "<summary>Why</summary>", "<strong>x</strong>", "<ins>in</ins>"),
        *("<del>out</del>", "<s>gone</s>", "<sub>2</sub>", "<sup>st</sup>", "<br>"),
        *('<td align="right">2</td>', "The source."),
    ):
        assert part in html
    target = re.search(r'href="#(fn-[^"]*)"', html)
    assert target is not None
    assert f'id="{target[1]}"' in html


def test_notes_of_two_texts_on_a_page_are_told_apart() -> None:
    one, two = to_html("a[^1]\n\n[^1]: x"), to_html("b[^1]\n\n[^1]: x")
    ids = re.findall(r'id="([^"]*)"', one + two)
    assert len(ids) == len(set(ids)) == 4


def test_signs_that_turn_the_direction_are_taken_out() -> None:
    html = to_html("pay \u202e0001\u202c now \u2066x\u2069, שלום\u200f too")
    assert "pay 0001 now x, שלום\u200f too" in html
    assert "Voted down by 30 to 12" in to_html("Voted down &#x202e;by 30 &#8238;to 12")


def test_deep_nesting_loses_no_text() -> None:
    for depth in (5, 15, 19, 20, 38, 39, 40, 41, 60, 500):
        assert "bottom" in to_html("> " * depth + "bottom")
        items = "".join("  " * n + "- x\n" for n in range(depth))
        assert "bottom" in to_html(items + "  " * depth + "- bottom\n\n" + "  " * depth + "  more")
    assert "<pre>" not in to_html("".join("  " * n + "- x\n" for n in range(15)))
    assert "laid out" in to_html("> " * 500 + "<script>bottom")
    assert "<script>" not in to_html("> " * 500 + "<script>bottom")
    assert "laid out" in to_html("[" * 30_000)


def test_a_text_that_is_no_text_in_unicode() -> None:
    assert "ab" in to_html("a\ud800b\x00")
