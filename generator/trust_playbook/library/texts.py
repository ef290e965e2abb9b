"""Every text of a content folder, with its place: what the deep check reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trust_playbook.documents import Document, Loc, Tree
from trust_playbook.library.reading import Content

_WORDS = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Bibliographies, legal positions and the wording of cited instruments keep their authors' words.
_QUOTED_KEYS = frozenset({"title", "authors", "published_in", "citation", "url", "licence"})
_QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a file, for checks that look across files."""

    document: Document
    loc: Loc
    words: tuple[str, ...]
    """In lower case, with straight apostrophes."""
    text: str


def words_of(text: str) -> tuple[str, ...]:
    """Return a text's words in lower case, without marks around them."""
    return tuple(word.lower().replace("\u2019", "'") for word in _WORDS.findall(text))


def texts_of(content: Content) -> Iterator[Text]:
    """Yield every text of more than one word that this library's own authors wrote."""
    for document in content.documents():
        for loc, text in _texts(document.tree, ()):
            words = words_of(text)
            if len(words) > 1:
                yield Text(document, loc, words, text)


def _texts(tree: Tree, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(tree, str):
        yield loc, tree
    elif isinstance(tree, list):
        for index, inner in enumerate(tree):
            yield from _texts(inner, (*loc, index))
    elif tree.get(_QUOTED) != "true":
        for key, inner in tree.items():
            if key not in _QUOTED_KEYS:
                yield from _texts(inner, (*loc, key))
