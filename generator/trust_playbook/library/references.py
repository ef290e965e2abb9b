"""Checks that files name only what exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trust_playbook.documents import Document, Loc, Record
from trust_playbook.library import records
from trust_playbook.library.guides import CounterpartGuide
from trust_playbook.library.practices import Need, Practice
from trust_playbook.problems import Problem, did_you_mean

# The keys under which records of any kind name others, and what they name there.
_ONE = MappingProxyType({"source": "source", "dimension": "dimension", "conversation": "conversation"})
_MANY = MappingProxyType(
    {
        "practices": "practice",
        "related": "practice",
        "conversations": "conversation",
        "claims": "claim",
        "grounds": "idea",
    }
)


@dataclass(frozen=True, slots=True)
class References:
    """The ids that exist, and the checks that others name only these."""

    known: Mapping[str, frozenset[str]]
    """Ids by kind: dimension, practice, conversation, currency, source, idea, claim."""
    unread: frozenset[str]
    """Sources whose file is broken, so that their ideas are not known."""
    unread_kinds: frozenset[str]
    """Kinds of things whose file is broken, so that none of them is known."""
    levels: tuple[str, ...] | None

    def named(self, document: Document, record: Record, loc: Loc = ()) -> Iterator[Problem]:
        """Yield what a record, or a record inside it, names that does not exist."""
        for key in type(record).model_fields:
            value = getattr(record, key)
            if isinstance(value, Record):
                yield from self.named(document, value, (*loc, key))
            elif isinstance(value, str) and key in _ONE:
                yield from self._unknown(document, (*loc, key), _ONE[key], value)
            elif isinstance(value, tuple):
                for index, inner in enumerate(value):
                    if isinstance(inner, Record):
                        yield from self.named(document, inner, (*loc, key, index))
                    elif key in _MANY:
                        yield from self._unknown(document, (*loc, key, index), _MANY[key], inner)

    def practice(self, document: Document, practice: Practice) -> Iterator[Problem]:
        """Yield what a practice names that does not exist."""
        for id in practice.dimensions:
            yield from self._unknown(document, ("dimensions", id), "dimension", id, at_key=True)
        for index, need in enumerate(practice.needs):
            yield from self._need(document, need, ("needs", index))
        yield from self.named(document, practice.model_copy(update={"needs": ()}))

    def _need(self, document: Document, need: Need, loc: Loc) -> Iterator[Problem]:
        if need.practice is not None:
            yield from self._unknown(document, (*loc, "practice"), "practice", need.practice)
        if need.dimension is not None:
            yield from self._unknown(document, (*loc, "dimension"), "dimension", need.dimension)
        for index, inner in enumerate(need.any or ()):
            yield from self._need(document, inner, (*loc, "any", index))

    def dimension(self, document: Document, dimension: records.Dimension) -> Iterator[Problem]:
        """Yield what a dimension names that does not exist."""
        named = tuple(text.level for text in dimension.levels)
        if self.levels is not None and named != self.levels:
            hint = "in this order: " + ", ".join(self.levels)
            yield document.problem(("levels",), "levels-differ", "a dimension describes each level once", hint)
        yield from self.named(document, dimension)

    def counterpart(self, document: Document, guide: CounterpartGuide) -> Iterator[Problem]:
        """Yield what a counterpart guide names that does not exist, and the currencies that it leaves out."""
        for id in guide.currencies:
            yield from self._unknown(document, ("currencies", id), "currency", id, at_key=True)
        if "currency" not in self.unread_kinds and (
            missing := sorted(self.known["currency"] - frozenset(guide.currencies))
        ):
            hint = f"add {', '.join(missing)}"
            yield document.problem(("currencies",), "currency-left-out", "a guide speaks of every currency", hint)
        yield from self.named(document, guide)

    def routing(self, document: Document, routing: records.Routing) -> Iterator[Problem]:
        """Yield what the routing names that does not exist."""
        yield from self._unknown(document, ("routing", "gate"), "dimension", routing.gate)
        for index, id in enumerate(routing.counterpart):
            yield from self._unknown(document, ("routing", "counterpart", index), "dimension", id)
        if routing.debrief is not None:
            yield from self._unknown(document, ("routing", "debrief"), "practice", routing.debrief)
        for kind, practice in routing.events.practices.items():
            yield from self._unknown(document, ("routing", "events", kind), "practice", practice)

    def _unknown(self, document: Document, loc: Loc, kind: str, id: str, *, at_key: bool = False) -> Iterator[Problem]:
        known = self.known[kind]
        if id in known or kind in self.unread_kinds or (kind == "idea" and id.split("/", maxsplit=1)[0] in self.unread):
            return
        message, hint = f"there is no {kind} '{id}'", did_you_mean(id, known)
        yield document.problem(loc, f"unknown-{kind}", message, hint, at_key=at_key)
