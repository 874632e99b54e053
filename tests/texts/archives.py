"""Documents made by hand: exactly the XML that a test is about."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

from quorate.texts.markdown import to_html

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT_NAMES = " ".join(
    f'xmlns:{name}="{OASIS}{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A .docx with this body. ``parts``: numbering, styles, footnotes, relations (their inside)."""
    rels = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering", "footnotes")
        if kind in parts
    )
    files: dict[str, str | bytes] = {
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">'
        f"{rels}{parts.get('relations', '')}</Relationships>",
    }
    for kind in ("styles", "numbering", "footnotes"):
        if kind in parts:
            files[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{W}">{parts[kind]}</w:{kind}>'
    return zipped(files)


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; a run without a tag is text."""
    inside = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """An .odt with this text and these automatic styles."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODT_NAMES} "
            'xmlns:xlink="http://www.w3.org/1999/xlink">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            **parts,
        }
    )


def seen(markdown: str) -> str:
    """What a reader of the page sees of it: words, spaces closed up."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", to_html(markdown))).split())
