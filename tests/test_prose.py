"""Texts from strangers become HTML that cannot do anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from trust_playbook.prose import inline, plain, prose

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[c](javascript:alert(1))",
    "[j](&#106;avascript:alert(1))",
    "[t](java&#9;script:alert(1))",
    "[v](vbscript:x)",
    "[d](data:text/html,<script>alert(1)</script>)",
    "[p](//evil.example)",
    "[b](\\\\evil.example)",
    "![i](https://evil.example/t.gif)",
    "![i](x){ onerror=alert(1) }",
    'para\n{: onclick="alert(1)" }',
    "<svg onload=alert(1)>",
    '<base href="https://evil.example/">',
    "<details open ontoggle=alert(1)>",
    "text <![ more",
    "<!-- never closed",
    "--8<-- 'mkdocs.yml'",
    "```\nnever closed",
    "<a href='https://ok.example' onclick=alert(1)>x</a>",
]
ALLOWED = {"p", "br", "strong", "em", "code", "ul", "ol", "li", "a", "blockquote"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    parser = Tags()
    parser.feed(html)
    parser.close()
    for tag, attributes in parser.found:
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "rel"}
        assert re.match(r"https://|mailto:", attributes.get("href") or "https://")


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_text_leaves_only_harmless_tags(text: str) -> None:
    """No tag, attribute or address beyond the allow-list."""
    assert_harmless(prose(text))
    assert "<" not in plain(text)


@given(st.text(st.sampled_from("<>&\"'`*_[](){}!#|\\\n javscript:/=onerror"), max_size=80))
def test_no_text_makes_harmful_html(text: str) -> None:
    """The allow-list holds for any mixture of marks."""
    assert_harmless(prose(text))


@pytest.mark.parametrize("text", ["*not emphasis*", "[x](y)", "{{ 7*7 }}", "# heading", "![i](x)", "a_b_c", "`code`"])
def test_plain_text_means_the_same_when_markdown_reads_it_again(text: str) -> None:
    """Markdown's marks are numeric entities, so a second reading changes nothing."""
    assert Markdown().convert(str(plain(text))) == f"<p>{plain(text)}</p>"


def test_quotation_marks_are_curled() -> None:
    """Straight ones are for typing, curled ones for reading."""
    assert plain("It's \"so\", he said ('now').") == "It’s “so”, he said (‘now’)."


def test_an_inline_text_has_no_paragraph() -> None:
    """A single paragraph can stand inside another element."""
    assert inline("Hello *you*") == "Hello <em>you</em>"
    assert inline("One\n\nTwo").startswith("<p>")
