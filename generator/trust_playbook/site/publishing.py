"""A compiled project → a published site: built aside, verified, swapped in whole."""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from trust_playbook.problems import Problem, raise_if_any
from trust_playbook.site.pages import Page, Section
from trust_playbook.site.places import MARKER
from trust_playbook.site.project import write_project
from trust_playbook.site.verifying import SiteBroken, verify

_AT_FDCWD, _EXCHANGE = -100, 2


def publish(pages: Sequence[Page], sections: Sequence[Section], site_config: Path, out: Path) -> Path:
    """Build a site beside `out`, verify it and swap it in; return its first page.

    Raises:
        ProblemsFound: `out` holds something that was not made by an earlier build.
        SiteBroken: the built site failed its own checks; `out` is as it was.
    """
    raise_if_any(_refused(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent)).resolve()
    try:
        config = write_project(pages, sections, site_config, aside / "project")
        built = aside / "site"
        _build(config, built)
        verify(built)
        (built / MARKER).write_text(
            "Made by trust-playbook build, which replaces this folder as a whole.\n", encoding="utf-8"
        )
        built.chmod(0o777 & ~_umask())
        _swap(built, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return out / "index.html"


def _refused(out: Path) -> list[Problem]:
    if not out.exists() and not out.is_symlink():
        return []
    if out.is_symlink() or not out.is_dir():
        return [Problem(str(out), 1, 1, "not-a-folder", "the output is not a folder", "choose another --out")]
    if any((one / MARKER).is_file() for one in out.iterdir()):
        message = "the sites of several teams lie in this folder"
        return [
            Problem(str(out), 1, 1, "foreign-folder", message, "name a folder in it, for example --out site/our-team")
        ]
    if any(out.iterdir()) and not (out / MARKER).is_file():
        message = "this folder holds something that no build made, so it is not replaced"
        return [
            Problem(str(out), 1, 1, "foreign-folder", message, "choose another --out, or empty the folder yourself")
        ]
    return []


def _build(config: Path, site: Path) -> None:
    warnings: list[str] = []
    with _mkdocs_log(warnings):
        settings = load_config(str(config), site_dir=str(site))
        try:
            mkdocs_build(settings)
        except Abort as error:
            raise SiteBroken(str(error)) from error
    if warnings:
        raise SiteBroken("\n".join(warnings))


@contextmanager
def _mkdocs_log(warnings: list[str]) -> Iterator[None]:
    """Collect what MkDocs warns about instead of printing it."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warnings.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _swap(built: Path, out: Path) -> None:
    """Put a folder in the place of another, in one step where the system can."""
    if not out.exists():
        built.rename(out)
        return
    if not _exchange(built, out):
        old = built.with_name("old")
        out.rename(old)
        built.rename(out)


def _umask() -> int:
    """Return the umask, which can only be read by setting it; a temporary folder ignores it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically (Linux renameat2); False where the system has no such call."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    code: int = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return code == 0
