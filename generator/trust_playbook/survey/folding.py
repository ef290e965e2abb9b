"""Texts as they are compared: whatever a tool, a keyboard or an editor may have changed is made alike."""

from __future__ import annotations

import unicodedata

_QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
     "\u2212": "-"}
)  # fmt: skip
_SPELLINGS = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise ", "ize "), ("ises", "izes"))


def fold(text: str) -> str:
    """Return a text as it is compared: one form of letters, spaces, case, quotes and -ise/-ize."""
    visible = "".join(mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) != "Cf")
    folded = " ".join(visible.translate(_QUOTES).casefold().split()) + " "
    for british, american in _SPELLINGS:
        folded = folded.replace(british, american)
    return folded.strip().rstrip(".")
