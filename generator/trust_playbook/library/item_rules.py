"""Wording rules for a library's own questionnaire items; quoted items keep their authors' wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trust_playbook.documents import Document
from trust_playbook.library.instruments import Instrument, Item
from trust_playbook.problems import Problem

MOST_WORDS = 20
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|nothing|without|cannot)\b|n['\u2019]t\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(?:always|never|all|every|everyone|everybody|nobody|none)\b", re.IGNORECASE)
_REFERENT = re.compile(r"\b(?:we|us|our|here|i|me|my)\b", re.IGNORECASE)


def item_problems(document: Document, instrument: Instrument) -> Iterator[Problem]:
    """Yield which own items break a wording rule, and which dimensions lack a reversed or a positive item."""
    for index, item in enumerate(instrument.items):
        if item.text is not None and not item.quoted:
            for message, hint in _wording_problems(item.text, reverse=item.reverse):
                yield document.problem(("items", index, "text"), "item-wording", message, hint)
    for dimension in dict.fromkeys(item.dimension for item in instrument.items):
        own = [item for item in instrument.items if item.dimension == dimension and item.text and not item.quoted]
        yield from _balance_problems(document, dimension, own)


def _wording_problems(text: str, *, reverse: bool) -> Iterator[tuple[str, str]]:
    if reverse and (found := _NEGATION.search(text)):
        yield f"a reversed item states an opposite and does not say '{found.group()}'", "say what happens instead"
    elif found := _ABSOLUTE.search(text):
        yield f"'{found.group()}' asks for more than anybody can know", "leave the absolute word out"
    if not _REFERENT.search(text):
        yield "an item is about 'we' or 'here', or about 'I'", "say whom it is about"
    if (words := len(text.split())) > MOST_WORDS:
        yield f"an item has at most {MOST_WORDS} words, this one has {words}", "one idea, in a short sentence"


def _balance_problems(document: Document, dimension: str | None, own: Sequence[Item]) -> Iterator[Problem]:
    reverse = sum(item.reverse for item in own)
    if len(own) > 1 and not 0 < reverse < len(own):
        message = f"'{dimension}' needs positive and reversed items of its own"
        hint = "two worded positively and one reversed are enough"
        yield document.problem(("items",), "item-balance", message, hint)
