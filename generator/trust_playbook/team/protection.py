"""How well the publishing rules protect: what generator/privacy_figures.py found, for the privacy page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PEOPLE = range(5, 13)
DETERMINED: Mapping[int, Mapping[int, int]] = MappingProxyType(
    {
        1: MappingProxyType(dict.fromkeys(PEOPLE, 0)),
        3: MappingProxyType({5: 0, 6: 0, 7: 0, 8: 22, 9: 8, 10: 10, 11: 6, 12: 0}),
        7: MappingProxyType({5: 0, 6: 0, 7: 0, 8: 2, 9: 5, 10: 0, 11: 2, 12: 0}),
    }
)
"""By statements and people: patterns in which a colleague could work out that all others answered alike.

A pattern is one's own score and one score that all others share; for an outsider there is none.
"""
PATTERNS: Mapping[int, int] = MappingProxyType({1: 49, 3: 361, 7: 1849})
"""How many such patterns there are, by statements."""
LOWERED: Mapping[int, int] = MappingProxyType({3: 2, 4: 0})
"""By people, where the minimum was lowered to three: such patterns, the same for any number of statements."""
NEWCOMER_STILL: tuple[int, int] = (10, 14)
"""Pairs of waves, least and most over 5 to 12 people, that give a newcomer's answer away if nobody else moved."""
