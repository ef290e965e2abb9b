"""A contributor's text as HTML that means the same in a page of HTML and in a page of Markdown.

Texts come from strangers' pull requests and end up in Markdown pages that another program parses
once more. So everything passes an allow-list, and every character that Markdown would read as a
mark is written as a numeric entity.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup, escape

_TAGS = frozenset({"p", "br", "strong", "em", "code", "ul", "ol", "li", "a", "blockquote"})
_MARK = re.compile(r"[\\`*_{}\[\]!|~^]|(?<!&)#")  # '&#' begins an entity already
_OPENING = re.compile(r"""(?:(?<=[\s(\[\u2013\u2014"'])|(?<![\s\S]))["'](?=[\w("'])""")
_CLOSING = str.maketrans({'"': "\u201d", "'": "\u2019"})
_TAG = re.compile(r"(<[^<>]*>)")
_ADDRESS = re.compile(r"(?:https://|mailto:)[^\s<>\"'\\`{}|^\[\]]+")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)


def plain(text: str) -> Markup:
    """Return plain text for HTML, with Markdown's punctuation as numeric entities."""
    return Markup(_as_entities(str(escape(_curled(text)))))  # noqa: S704  # this is where escaping happens


@lru_cache(maxsize=4096)
def prose(text: str) -> Markup:
    """Return a Markdown text as sanitised block HTML: paragraphs, lists, emphasis, code, links."""
    html = nh3.clean(
        _markdown().reset().convert(text),
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        attribute_filter=_safe_attribute,
        url_schemes={"https", "mailto"},
        link_rel="noopener noreferrer",
    )
    parts = _TAG.split(html)
    return Markup("".join(part if part.startswith("<") else _as_entities(_curled(part)) for part in parts))  # noqa: S704


def inline(text: str) -> Markup:
    """Return a Markdown text of one paragraph without its paragraph tag; longer texts stay blocks."""
    html = prose(text)
    match = _ONE_PARAGRAPH.fullmatch(html)
    return Markup(match.group(1)) if match else html  # noqa: S704


def _curled(text: str) -> str:
    """Return a text with curled quotation marks and apostrophes, and dots as an ellipsis."""
    text = text.replace("...", "\u2026")
    return _OPENING.sub(lambda mark: "\u201c" if mark.group() == '"' else "\u2018", text).translate(_CLOSING)


def _as_entities(html: str) -> str:
    return _MARK.sub(lambda mark: f"&#{ord(mark.group())};", html).replace("\n", " ")


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "rel":
        return value
    return value if _ADDRESS.fullmatch(value) else None


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    return Markdown(extensions=["sane_lists"], output_format="html")
