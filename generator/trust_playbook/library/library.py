"""The library: everything in content/, read, joined and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trust_playbook.library import guides, instruments, knowledge, records
from trust_playbook.library.labels import Labels
from trust_playbook.library.page_texts import Pages
from trust_playbook.library.practices import Practice


@dataclass(frozen=True, slots=True)
class Library:
    """All content, by id; mappings are in the order of their ids."""

    info: records.LibraryInfo
    routing: records.Routing
    dimensions: Mapping[str, records.Dimension]
    practices: Mapping[str, Practice]
    instruments: Mapping[str, instruments.Instrument]
    sources: Mapping[str, records.Source]
    roles: Mapping[str, records.RoleGuide]
    currencies: Mapping[str, records.Currency]
    conversations: Mapping[str, guides.Conversation]
    counterparts: Mapping[str, guides.CounterpartGuide]
    """By relation."""
    guides: Mapping[str, guides.Guide]
    signals: tuple[knowledge.Sign, ...]
    glossary: tuple[knowledge.Term, ...]
    myths: tuple[knowledge.Myth, ...]
    barriers: tuple[knowledge.Barrier, ...]
    faq: tuple[knowledge.Question, ...]
    claims: Mapping[str, knowledge.GeneralClaim]
    labels: Mapping[str, Labels]
    """By language."""
    levels: tuple[records.Level, ...]
    pages: Pages

    def level_of(self, mean: float) -> records.Level:
        """Return the stage that a mean on 1 to 7 has reached."""
        reached = [level for level in self.levels if mean >= level.at_least - 1e-9]
        return reached[-1] if reached else self.levels[0]

    def level_at(self, value: float, low: int, high: int) -> records.Level:
        """Return the stage that a value on another scale, from `low` to `high`, has reached."""
        return self.level_of(1 + (value - low) * 6 / (high - low))
