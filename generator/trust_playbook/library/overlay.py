"""A team's own content laid over the builtin library: new files add, overrides change or hide."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from trust_playbook.documents import Document, Record, read_document, record_in
from trust_playbook.library import records
from trust_playbook.library.practices import Practice
from trust_playbook.library.reading import OVERRIDES, Content, Many, One, yaml_files
from trust_playbook.problems import Problem, did_you_mean

RecordT = TypeVar("RecordT", bound=Record)
HIDE, UPSTREAM = "hide", "upstream"
LISTS_OF_PRACTICES = frozenset({"practices", "related"})


def lay_over(base: Content, own: Content, folder: Path, problems: list[Problem]) -> Content:
    """Return `base` with everything that `own` adds, and with the overrides in `folder`."""
    practices = _added(base.practices, own.practices, problems)
    overridden = _overridden(practices, base.practices, folder / OVERRIDES, problems)
    joined = Content(
        info=_joined(base.info, own.info),
        levels=own.levels or base.levels,
        currencies=own.currencies or base.currencies,
        pages=own.pages or base.pages,
        signals=own.signals or base.signals,
        glossary=own.glossary or base.glossary,
        myths=own.myths or base.myths,
        barriers=own.barriers or base.barriers,
        faq=own.faq or base.faq,
        claims=own.claims or base.claims,
        fingerprints=own.fingerprints or base.fingerprints,
        dimensions=_added(base.dimensions, own.dimensions, problems),
        practices=overridden,
        instruments=_added(base.instruments, own.instruments, problems),
        sources=_added(base.sources, own.sources, problems),
        roles=_added(base.roles, own.roles, problems),
        conversations=_added(base.conversations, own.conversations, problems),
        counterparts=_added(base.counterparts, own.counterparts, problems),
        guides=_added(base.guides, own.guides, problems),
        labels=_added(base.labels, own.labels, problems),
        broken=base.broken | own.broken,
    )
    return _pruned(joined, practices.ids - overridden.ids)


def _joined(
    base: One[records.LibraryInfo] | None, own: One[records.LibraryInfo] | None
) -> One[records.LibraryInfo] | None:
    """Return the own name and version, and the base's routing where the own file has none."""
    if base is None or own is None or own.record.routing is not None:
        return own
    return replace(own, record=own.record.model_copy(update={"routing": base.record.routing}))


def _added(base: Many[RecordT], own: Many[RecordT], problems: list[Problem]) -> Many[RecordT]:
    for id in sorted(own.ids & base.ids):
        document = own.documents.get(id)
        if document is not None:
            hint = "give it another name; a practice is changed or hidden in overrides/"
            problems.append(document.problem((), "exists-already", f"the library has '{id}' already", hint))
    return Many(
        MappingProxyType(dict(sorted({**base.records, **own.records}.items()))),
        MappingProxyType({**base.documents, **own.documents}),
        base.ids | own.ids,
    )


def _overridden(
    practices: Many[Practice], base: Many[Practice], folder: Path, problems: list[Problem]
) -> Many[Practice]:
    found, documents = dict(practices.records), dict(practices.documents)
    hidden: set[str] = set()
    for path in yaml_files(folder, problems):
        id = path.stem
        document = read_document(path, problems)
        if document is None:
            continue
        if id not in base.documents:
            message = f"the library has no practice '{id}' to change"
            problems.append(document.problem((), "unknown-practice", message, did_you_mean(id, base.ids)))
        elif _is_hidden(document, problems):
            hidden.add(id)
        elif (changed := _changed(document, base.documents[id], problems)) is not None:
            found[id], documents[id] = changed
    left = {id: practice for id, practice in found.items() if id not in hidden}
    return Many(MappingProxyType(left), MappingProxyType(documents), practices.ids - hidden)


def _without_links_to(hidden: frozenset[str], record: RecordT) -> RecordT:
    """Return a record whose lists of practices lead nowhere that is hidden; a need of one stays, and is reported."""
    changed: dict[str, Any] = {}
    for key in type(record).model_fields:
        value = getattr(record, key)
        if not isinstance(value, tuple):
            continue
        if key in LISTS_OF_PRACTICES:
            changed[key] = tuple(id for id in value if id not in hidden)
        elif any(isinstance(one, Record) for one in value):
            changed[key] = tuple(_without_links_to(hidden, one) for one in value)
    return record.model_copy(update=changed)


def _pruned(content: Content, hidden: frozenset[str]) -> Content:
    if not hidden:
        return content
    changed: dict[str, Any] = {}
    for part in fields(content):
        value = getattr(content, part.name)
        if isinstance(value, One):
            changed[part.name] = replace(value, record=_without_links_to(hidden, value.record))
        elif isinstance(value, Many):
            records_left = {id: _without_links_to(hidden, one) for id, one in value.records.items()}
            changed[part.name] = replace(value, records=MappingProxyType(records_left))
    return replace(content, **changed)


def _is_hidden(document: Document, problems: list[Problem]) -> bool:
    tree = document.tree
    if not isinstance(tree, dict) or HIDE not in tree:
        return False
    if tree != {HIDE: "true"}:
        hint = "write 'hide: true' and nothing else, or leave 'hide' out"
        problems.append(document.problem((HIDE,), "bad-override", "an override hides a practice or changes it", hint))
        return False
    return True


def _changed(document: Document, base: Document, problems: list[Problem]) -> tuple[Practice, Document] | None:
    """Return the practice with the override's keys in place of the base's."""
    if not isinstance(document.tree, dict) or not isinstance(base.tree, dict):
        message = "an override is a mapping of keys to values"
        problems.append(document.problem((), "bad-override", message, "write the keys that you change"))
        return None
    own = {key: value for key, value in document.tree.items() if key not in (UPSTREAM, HIDE)}
    problems.extend(_upstream_problems(document, {key: base.tree.get(key) for key in own}))
    merged = replace(document, tree={**base.tree, **own})
    record = record_in(merged, Practice, problems)
    return None if record is None else (record, merged)


def _upstream_problems(document: Document, replaced: dict[str, Any]) -> list[Problem]:
    """Return a problem where it is not stated which text an override replaces, or where that text has changed."""
    digest = hashlib.sha256(json.dumps(replaced, sort_keys=True).encode()).hexdigest()[:12]
    stated = document.tree.get(UPSTREAM) if isinstance(document.tree, dict) else None
    if stated == digest:
        return []
    if stated is None:
        message = "it is not stated which text this replaces"
        return [document.problem((), "upstream-unstated", message, f"add a line '{UPSTREAM}: {digest}'")]
    hint = f"look at the library's own text, change yours if need be, then write '{UPSTREAM}: {digest}'"
    return [document.problem((UPSTREAM,), "upstream-changed", "the text that this replaces has changed", hint)]
