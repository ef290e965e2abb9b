"""Where readers find an idea: everything that cites it, with its page."""

from __future__ import annotations

from dataclasses import dataclass

from trust_playbook.library import Library
from trust_playbook.library.citations import Citation, citations
from trust_playbook.site import links

_ON_ONE_PAGE = {
    "role": links.ROLES,
    "currency": links.CURRENCIES,
    "instrument": links.QUESTIONNAIRES,
    "signal": links.SIGNALS,
    "glossary": links.GLOSSARY,
    "myth": links.MYTHS,
    "barrier": links.BARRIERS,
    "faq": links.FAQ,
    "claim": links.EVIDENCE,
}
_OF_ITS_OWN = {
    "dimension": links.dimension,
    "practice": links.practice,
    "conversation": links.conversation,
    "counterpart": links.counterpart,
}
# Pages of a team's own playbook; the reference playbook has none, so they are named and not linked.
_IN_A_PLAYBOOK = {"balance": "results page", "sequence": "plan page", "going_on": "plan page"}
_PAGES = {"welcome": (links.START, "start page"), "outcomes": (links.MEASURE, "measure")}


@dataclass(frozen=True, slots=True)
class Home:
    """One place where an idea is used."""

    name: str
    address: str | None
    anchor: str = ""


def homes(library: Library) -> dict[str, tuple[Home, ...]]:
    """Return for each idea the places that use it."""
    found: dict[str, list[Home]] = {}
    for citation in citations(library):
        home = _home(citation, library)
        for ref in citation.grounds:
            found.setdefault(ref, []).append(home)
    return {ref: tuple(dict.fromkeys(places)) for ref, places in found.items()}


def doubtful(library: Library) -> dict[str, str]:
    """Return for each idea that a doubtful claim rests on the id of that claim."""
    return {ref: claim.id for claim in library.claims.values() if claim.status == "doubtful" for ref in claim.grounds}


def _home(citation: Citation, library: Library) -> Home:
    name = citation.name
    if citation.home in _OF_ITS_OWN:
        return Home(name, _OF_ITS_OWN[citation.home](citation.id))
    if citation.home == "guide":
        return Home(name, links.guide(citation.id, library.guides[citation.id].section))
    if citation.home == "page":
        if citation.id in _IN_A_PLAYBOOK:
            return Home(f"a team's {_IN_A_PLAYBOOK[citation.id]}", None)
        address, name = _PAGES[citation.id]
        return Home(name, address)
    if citation.home in ("role", "currency", "instrument"):
        return Home(name, _ON_ONE_PAGE[citation.home], citation.id)
    return Home(f"{citation.home}: {name}", _ON_ONE_PAGE[citation.home], citation.id)
