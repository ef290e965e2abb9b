"""Write content/fingerprints.yml from the sources' own texts, which stay outside the repository."""

from __future__ import annotations

import argparse
import base64
import textwrap
from pathlib import Path

from trust_playbook.library.deep import fingerprints
from trust_playbook.library.texts import words_of

HEAD = """\
# Hashes of every nine words in a row of each source, so that `check --deep` finds copies.
# Made by generator/fingerprint_sources.py; the texts themselves are not in this repository.
sources:
"""


def packed(text: str) -> str:
    """Return a text's fingerprints, sorted and joined, as base64 lines."""
    data = b"".join(sorted(fingerprints(words_of(text))))
    return "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 116))


def main() -> None:
    """Read texts named SOURCE=FILE and write the fingerprints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", metavar="SOURCE=FILE")
    parser.add_argument("--to", type=Path, default=Path("content/fingerprints.yml"))
    arguments = parser.parse_args()
    parts = []
    for named in sorted(arguments.texts):
        source, _, path = named.partition("=")
        body = textwrap.indent(packed(Path(path).read_text(encoding="utf-8")), "    ")
        parts.append(f"  {source}: >-\n{body}\n")
    arguments.to.write_text(HEAD + "".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
