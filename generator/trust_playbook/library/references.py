"""Checks that files name only what exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trust_playbook.documents import Document, Loc
from trust_playbook.library import records
from trust_playbook.library.practices import Need, Practice
from trust_playbook.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class References:
    """The ids that exist, and the checks that others name only these."""

    dimensions: frozenset[str]
    practices: frozenset[str]
    sources: frozenset[str]
    ideas: frozenset[str]
    unread: frozenset[str]
    """Sources whose file is broken, so that their ideas are not known."""
    levels: tuple[str, ...] | None

    def practice(self, document: Document, practice: Practice) -> Iterator[Problem]:
        """Yield what a practice names that does not exist."""
        for id in practice.dimensions:
            yield from _unknown(document, ("dimensions", id), "dimension", id, self.dimensions, at_key=True)
        for index, claim in enumerate(practice.evidence.claims):
            yield from _unknown(document, ("evidence", "claims", index, "source"), "source", claim.source, self.sources)
        for index, id in enumerate(practice.related):
            yield from _unknown(document, ("related", index), "practice", id, self.practices)
        for index, need in enumerate(practice.needs):
            yield from self._need(document, need, ("needs", index))
        yield from self.grounds(document, practice.grounds, ())

    def _need(self, document: Document, need: Need, loc: Loc) -> Iterator[Problem]:
        if need.practice is not None:
            yield from _unknown(document, (*loc, "practice"), "practice", need.practice, self.practices)
        if need.dimension is not None:
            yield from _unknown(document, (*loc, "dimension"), "dimension", need.dimension, self.dimensions)
        for index, inner in enumerate(need.any or ()):
            yield from self._need(document, inner, (*loc, "any", index))

    def dimension(self, document: Document, dimension: records.Dimension) -> Iterator[Problem]:
        """Yield what a dimension names that does not exist."""
        named = tuple(text.level for text in dimension.levels)
        if self.levels is not None and named != self.levels:
            hint = "in this order: " + ", ".join(self.levels)
            yield document.problem(("levels",), "levels-differ", "a dimension describes each level once", hint)
        yield from self.grounds(document, dimension.grounds, ())

    def instrument(self, document: Document, instrument: records.Instrument) -> Iterator[Problem]:
        """Yield what an instrument names that does not exist."""
        for index, item in enumerate(instrument.items):
            loc = ("items", index, "dimension")
            yield from _unknown(document, loc, "dimension", item.dimension, self.dimensions)

    def routing(self, document: Document, routing: records.Routing) -> Iterator[Problem]:
        """Yield what the routing names that does not exist."""
        yield from _unknown(document, ("routing", "gate"), "dimension", routing.gate, self.dimensions)
        for index, id in enumerate(routing.counterpart):
            yield from _unknown(document, ("routing", "counterpart", index), "dimension", id, self.dimensions)
        if routing.debrief is not None:
            yield from _unknown(document, ("routing", "debrief"), "practice", routing.debrief, self.practices)
        for kind, practice in routing.events.practices.items():
            yield from _unknown(document, ("routing", "events", kind), "practice", practice, self.practices)

    def role(self, document: Document, guide: records.RoleGuide) -> Iterator[Problem]:
        """Yield what a role guide names that does not exist."""
        for index, aspect in enumerate(guide.aspects):
            yield from self.grounds(document, aspect.grounds, ("aspects", index))

    def currencies(self, document: Document, currencies: records.Currencies) -> Iterator[Problem]:
        """Yield what a currency names that does not exist."""
        for index, currency in enumerate(currencies.currencies):
            yield from self.grounds(document, currency.grounds, ("currencies", index))

    def grounds(self, document: Document, refs: tuple[str, ...], loc: Loc) -> Iterator[Problem]:
        """Yield the ideas that no source holds."""
        for index, ref in enumerate(refs):
            if ref.split("/")[0] in self.unread:
                continue
            yield from _unknown(document, (*loc, "grounds", index), "idea", ref, self.ideas)


def _unknown(
    document: Document, loc: Loc, kind: str, id: str, known: frozenset[str], *, at_key: bool = False
) -> Iterator[Problem]:
    if id not in known:
        yield document.problem(
            loc, f"unknown-{kind}", f"there is no {kind} '{id}'", did_you_mean(id, known), at_key=at_key
        )
