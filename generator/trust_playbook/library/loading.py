"""content/ → Library: every file read, then every reference between them checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trust_playbook.documents import Document, Record
from trust_playbook.library import records
from trust_playbook.library.completeness import completeness_problems
from trust_playbook.library.item_rules import item_problems
from trust_playbook.library.library import Library
from trust_playbook.library.overlay import lay_over
from trust_playbook.library.reading import Content, One, read_content, read_info
from trust_playbook.library.references import References
from trust_playbook.problems import Problem, raise_if_any


def load_library(folder: Path, builtin: Path | None = None) -> Library:
    """Read and check a content folder; one that extends the builtin library is laid over it.

    Raises:
        ProblemsFound: everything that is wrong in any file, or between files.
    """
    problems: list[Problem] = []
    info = read_info(folder, problems)
    content = read_content(folder, info, problems)
    if info is not None and info.record.extends == records.BUILTIN:
        if builtin is None or builtin.resolve() == folder.resolve():
            hint = "write 'extends: none'"
            problems.append(info.document.problem(("extends",), "extends-itself", "there is nothing to extend", hint))
            raise_if_any(problems)
        assert builtin is not None
        content = lay_over(read_content(builtin, read_info(builtin, problems), problems), content, folder, problems)
    problems.extend(_reference_problems(content))
    raise_if_any(problems)
    library = _library(content)
    raise_if_any(list(completeness_problems(library, content)))
    return library


def _reference_problems(content: Content) -> Iterator[Problem]:
    check = _references(content)
    for id, practice in content.practices.records.items():
        yield from check.practice(content.practices.documents[id], practice)
    for id, dimension in content.dimensions.records.items():
        yield from check.dimension(content.dimensions.documents[id], dimension)
    for id, guide in content.counterparts.records.items():
        yield from check.counterpart(content.counterparts.documents[id], guide)
    for id, instrument in content.instruments.records.items():
        yield from item_problems(content.instruments.documents[id], instrument)
    for document, record in _plain_records(content):
        yield from check.named(document, record)
    if content.info and content.info.record.routing:
        yield from check.routing(content.info.document, content.info.record.routing)


def _references(content: Content) -> References:
    sources = content.sources
    currencies = content.currencies.record.currencies if content.currencies else ()
    claims = content.claims.record.claims if content.claims else ()
    return References(
        known={
            "dimension": content.dimensions.ids,
            "practice": content.practices.ids,
            "conversation": content.conversations.ids,
            "source": sources.ids,
            "idea": frozenset(f"{id}/{idea}" for id, source in sources.records.items() for idea in source.ideas),
            "currency": frozenset(one.id for one in currencies),
            "claim": frozenset(one.id for one in claims),
        },
        unread=sources.ids - frozenset(sources.records),
        unread_kinds=frozenset(
            kind for kind, file in (("claim", "claims.yml"), ("currency", "currencies.yml")) if file in content.broken
        ),
        levels=tuple(level.id for level in content.levels.record.levels) if content.levels else None,
    )


def _plain_records(content: Content) -> Iterator[tuple[Document, Record]]:
    """Yield the records whose references need no rule of their own."""
    for many in (content.instruments, content.roles, content.conversations, content.guides):
        for id, record in many.records.items():
            yield many.documents[id], record
    alone: tuple[One[Any] | None, ...] = (
        content.currencies,
        content.pages,
        content.signals,
        content.glossary,
        content.myths,
        content.barriers,
        content.faq,
        content.claims,
    )
    for one in filter(None, alone):
        yield one.document, one.record


def _library(content: Content) -> Library:
    # A file that is missing or broken has been reported before.
    assert content.info
    assert content.info.record.routing
    assert content.levels
    assert content.currencies
    assert content.pages
    currencies = content.currencies.record.currencies
    claims = content.claims.record.claims if content.claims else ()
    return Library(
        info=content.info.record,
        routing=content.info.record.routing,
        dimensions=content.dimensions.records,
        practices=content.practices.records,
        instruments=content.instruments.records,
        sources=content.sources.records,
        roles=content.roles.records,
        currencies=MappingProxyType({currency.id: currency for currency in currencies}),
        conversations=content.conversations.records,
        counterparts=content.counterparts.records,
        guides=content.guides.records,
        labels=content.labels.records,
        signals=content.signals.record.signals if content.signals else (),
        glossary=content.glossary.record.terms if content.glossary else (),
        myths=content.myths.record.myths if content.myths else (),
        barriers=content.barriers.record.barriers if content.barriers else (),
        faq=content.faq.record.questions if content.faq else (),
        claims=MappingProxyType({claim.id: claim for claim in claims}),
        levels=content.levels.record.levels,
        pages=content.pages.record,
    )
