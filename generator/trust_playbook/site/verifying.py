"""Checks on a built site: every link leads somewhere, nothing foreign lies in it, nothing calls out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FILE_TYPES = frozenset(
    {
        ".html",
        ".css",
        ".js",
        ".map",
        ".svg",
        ".png",
        ".ico",
        ".woff2",
        ".txt",
        ".xml",
        ".ics",
        ".gz",
    }
)
OTHER_FILES = frozenset({"search/search_index.json"})
_LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("form", "action"),
}
_NOT_LOADED = frozenset({"canonical", "prev", "next", "alternate"})


class SiteBroken(Exception):
    """The site that was built is not fit to publish; a bug of ours, never a user's mistake."""


@dataclass(slots=True)
class _PageFacts(HTMLParser):
    """Addresses and anchors of one page."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.anchors.add(named["id"])
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        for name, value in named.items():
            if (tag, name) in _LOADING and named.get("rel") not in _NOT_LOADED:
                self.loads.append(value)


def verify(site: Path) -> None:
    """Check a built site.

    Raises:
        SiteBroken: a link or anchor leads nowhere, a file does not belong, or a page loads from elsewhere.
    """
    found = list(_foreign_files(site))
    facts = {path: _facts(path) for path in sorted(site.rglob("*.html"))}
    for path, page in facts.items():
        name = path.relative_to(site).as_posix()
        found.extend(f"{name} loads {address}" for address in page.loads if _is_foreign(address))
        # Addresses on the error page are absolute, because it is served at any depth.
        if name != "404.html":
            found.extend(
                f"{name} links to {address}" for address in page.links + page.loads if _broken(path, address, facts)
            )
    if found:
        raise SiteBroken("\n".join(found))


def _foreign_files(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            yield f"{name} is a link"
        elif path.is_file() and path.suffix not in FILE_TYPES and name not in OTHER_FILES:
            yield f"{name} is no file of a site"


def _facts(path: Path) -> _PageFacts:
    page = _PageFacts()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def _broken(path: Path, address: str, facts: dict[Path, _PageFacts]) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return False
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return True
    page = facts.get(target)
    return bool(parts.fragment) and page is not None and parts.fragment not in page.anchors
