"""What only a slower look finds: copied runs of words, texts that stand twice, spelling, lost links."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from trust_playbook import prose
from trust_playbook.library.reading import Content, read_content, read_info
from trust_playbook.library.texts import Text, texts_of
from trust_playbook.problems import Problem

RUN = 9
"""So many words in a row, shared with a source, count as copied."""
FINGERPRINT_BYTES = 5
_SHINGLE = 4
_ALIKE = 0.6
_LEAST_SHINGLES = 6
# American spellings that are British words as well.
_BRITISH_TOO = frozenset(
    {"story", "stories", "practice", "practices", "routing", "license", "licensed", "program", "programs", "meter",
     "meters", "check", "checks", "draft", "drafts", "curb", "curbs", "tire", "tires", "inquiry", "inquiries", "biased"}
)  # fmt: skip
# What the lists would replace, where the word stands in another sense here.
_OTHER_SENSE = frozenset({"earlies", "masters", "segregation"})


def check_deep(folder: Path) -> list[Problem]:
    """Return what a slower look at every text of a content folder finds; broken files are left to the plain check."""
    broken: list[Problem] = []
    return list(deep_problems(read_content(folder, read_info(folder, broken), broken)))


def deep_problems(content: Content) -> Iterator[Problem]:
    """Yield what a slower look at every text finds, file by file."""
    texts = list(texts_of(content))
    copied = _copied_runs(content)
    for text in texts:
        yield from _overlap(text, copied)
        yield from _spelling(text)
        yield from _lost_links(text)
    yield from _near_duplicates(texts)


def fingerprints(words: tuple[str, ...]) -> frozenset[bytes]:
    """Return a fingerprint for each run of words; the words cannot be read back from it."""
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return frozenset(hashlib.blake2b(run.encode(), digest_size=FINGERPRINT_BYTES).digest() for run in runs)


def _copied_runs(content: Content) -> Mapping[bytes, str]:
    """Return each fingerprint of the sources' own sentences with the source that it comes from."""
    if content.fingerprints is None:
        return {}
    found: dict[bytes, str] = {}
    for source, packed in content.fingerprints.record.sources.items():
        data = base64.b64decode("".join(packed.split()))
        for at in range(0, len(data), FINGERPRINT_BYTES):
            found[data[at : at + FINGERPRINT_BYTES]] = source
    return found


def _overlap(text: Text, copied: Mapping[bytes, str]) -> Iterator[Problem]:
    if len(text.words) < RUN or not copied:
        return
    for at in range(len(text.words) - RUN + 1):
        run = text.words[at : at + RUN]
        source = next((copied[one] for one in fingerprints(run) if one in copied), None)
        if source is not None:
            message = f"{RUN} words in a row stand in the source '{source}' too: \u201c{' '.join(run)}\u201d"
            yield text.document.problem(text.loc, "copied-words", message, "say it in words of your own")
            return


def _spelling(text: Text) -> Iterator[Problem]:
    misspelt, american, usage = _dictionaries()
    for word in dict.fromkeys(text.words):
        if word in _OTHER_SENSE:
            continue
        if word in misspelt:
            message, hint = f"'{word}' looks misspelt", f"perhaps {misspelt[word]}"
            yield text.document.problem(text.loc, "spelling", message, hint)
        elif word in american and word not in _BRITISH_TOO:
            message, hint = f"'{word}' is American; this library is British", f"write {american[word]}"
            yield text.document.problem(text.loc, "spelling", message, hint)
        elif word in usage:
            message, hint = f"'{word}' can shut people out", f"perhaps {usage[word]}"
            yield text.document.problem(text.loc, "wording", message, hint)


@lru_cache(maxsize=1)
def _dictionaries() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Return what is misspelt, American or excluding, each with what to write (codespell's word lists)."""
    american = {theirs: ours for ours, theirs in _word_list("dictionary_en-GB_to_en-US.txt").items()}
    return _word_list("dictionary.txt"), american, _word_list("dictionary_usage.txt")


def _word_list(name: str) -> dict[str, str]:
    lines = (files("codespell_lib") / "data" / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("->", 1) for line in lines if "->" in line)
    return {word.lower(): instead.strip().rstrip(",") for word, instead in pairs}


def _lost_links(text: Text) -> Iterator[Problem]:
    if "](" in text.text and re.search(r"<a(?![^>]*href)", prose.prose(text.text)):
        message = "a link in this text leads to an address that is not accepted"
        yield text.document.problem(text.loc, "bad-address", message, "write it in full, beginning with https://")


def _near_duplicates(texts: Iterable[Text]) -> Iterator[Problem]:
    """Yield texts most of whose words stand, in the same order, in a text of another file before it."""
    owners: dict[tuple[str, ...], list[int]] = defaultdict(list)
    seen: list[Text] = []
    for text in texts:
        shingles = {text.words[at : at + _SHINGLE] for at in range(len(text.words) - _SHINGLE + 1)}
        if len(shingles) < _LEAST_SHINGLES or text.loc == ("name",):
            continue  # a name is quoted wherever two things are told apart
        shared: dict[int, int] = defaultdict(int)
        for shingle in shingles:
            for index in owners[shingle]:
                shared[index] += 1
        best = max(shared, key=lambda index: (shared[index], -index), default=None)
        if best is not None and shared[best] >= _ALIKE * len(shingles) and seen[best].document is not text.document:
            where = f"{seen[best].document.path.name}, line {_line(seen[best])}"
            message = f"this says nearly the same as {where}"
            yield text.document.problem(
                text.loc, "near-duplicate", message, "say what is special here, or leave it out"
            )
        for shingle in shingles:
            owners[shingle].append(len(seen))
        seen.append(text)


def _line(text: Text) -> int:
    return text.document.problem(text.loc, "", "").line
