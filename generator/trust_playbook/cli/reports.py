"""What import and recommend found, as plain values for JSON and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from trust_playbook.library import Library
from trust_playbook.site import sentences, wording
from trust_playbook.tailoring import Plan
from trust_playbook.tailoring.results import Held, Recommendation, Standing

if TYPE_CHECKING:
    from trust_playbook.survey import Imported
    from trust_playbook.survey.scoring import DimensionScore

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


def import_data(found: Imported, written: str | None) -> dict[str, Any]:
    """Return an import as design.md 8 names it; unrounded figures for the operator's eyes."""
    counts = found.counts
    return {
        "problems": [],
        "source": {
            "tool": found.tool,
            "encoding": found.encoding,
            "delimiter": found.delimiter,
            "header_rows": found.header_rows,
        },
        "rows": {
            "read": counts.read,
            "kept": counts.kept,
            "dropped": [{"reason": reason, "count": count} for reason, count in counts.dropped.items()],
            "repeated": counts.repeated,
            "unused_points": list(counts.unused),
            "unanswered_items": list(counts.unanswered),
        },
        "columns": {
            "matched": dict(found.columns.titles),
            "ignored": list(found.columns.ignored),
            "in_order": found.columns.in_order,
        },
        "scale_as_read": found.scale_as_read,
        "dimensions": {score.dimension: _score(score) for score in found.scores},
        "without_alike": {score.dimension: _score(score) for score in found.without_alike}
        if found.without_alike
        else None,
        "recommend": {
            "n": found.recommend.n,
            "score": found.recommend.score,
            "interval": list(found.recommend.interval) if found.recommend.interval else None,
        }
        if found.recommend
        else None,
        "flags": [{"kind": flag.kind, "count": flag.count} for flag in found.flags],
        "published": dict(found.published),
        "written": written,
    }


def _score(score: DimensionScore) -> dict[str, Any]:
    return {
        "n": score.n,
        "mean": score.mean,
        "sd": score.sd,
        "interval": list(score.interval) if score.interval else None,
        "alpha": score.alpha,
        "alpha_n": score.alpha_n,
        "rwg_star": score.rwg_star,
        "ad": score.ad,
    }


def import_text(found: Imported, file_text: str, written: str | None) -> Iterator[str]:
    """Yield what an import did, line by line."""
    yield from _source_lines(found)
    yield "Columns:"
    for item, header in found.columns.titles.items():
        yield f"  {item:<5} {' '.join(header.split())}"
    if found.columns.in_order:
        yield "  The form's codes were matched in the order of the items. Check that its questions stood in that order."
    for header in found.columns.ignored:
        yield f"  left out: {' '.join(header.split()) or '(a column without a header)'}"
    yield "For your eyes only, never written:"
    yield from _score_lines(found)
    if found.changes_assumed:
        yield "Nobody said who joined or left since the last wave, so the figures are given roughly."
        yield "If you know, say so before you publish: --joined 0 --left 0, for example."
    for flag in found.flags:
        yield f"  doubt: {DOUBTS[flag.kind]} ({flag.count})"
    yield f"Written to {written}, safe to publish:" if written else "This would be written; --dry-run writes nothing:"
    yield file_text.rstrip()


DOUBTS = {
    "imputed-over-10": "dimensions in which more than a tenth of the answers are missing",
    "reverse-gap": "dimensions whose positive and reversed statements are over a point apart: did the scale turn?",
    "alike-answers": "people who gave the same answer to every statement, reversed ones too",
}


def _source_lines(found: Imported) -> Iterator[str]:
    counts = found.counts
    separated = f", {_DELIMITERS[found.delimiter]}-separated" if found.delimiter else ""
    heads = "one header row" if found.header_rows == 1 else f"{found.header_rows} header rows"
    yield f"Read as {found.tool}: {found.encoding}{separated}, {heads}."
    if found.encoding == "cp1252":
        yield "It is not UTF-8 and was read as Windows-1252. Check that accented letters in the headers look right."
    dropped = "".join(f", {count} left out ({reason})" for reason, count in counts.dropped.items())
    yield f"Rows: {counts.read} read{dropped}, {counts.kept} kept."
    if counts.repeated:
        yield f"Rows that repeat another in every cell: {counts.repeated}. Was somebody counted twice?"
    if counts.unused:
        points = wording.listed([str(point) for point in counts.unused])
        yield f"Nobody used {points}. Had the form another scale, or codes from 0?"
    if counts.unanswered:
        yield f"Nobody answered {wording.listed(counts.unanswered)}. Is the column right, and not a formula?"
    yield f"Scale as read: {found.scale_as_read}. Pass --reversed-scale if yours ran the other way."


def _score_lines(found: Imported) -> Iterator[str]:
    for score in found.scores:
        yield f"  {score.dimension}: {_figures(score)}"
        if score.alpha is not None and score.alpha < 0:
            yield "  Alpha is negative: check whether the scale or a reversed statement runs the other way."
    for score in found.without_alike or ():
        yield f"  {score.dimension}, without those who answered everything alike: {_figures(score)}"
    if found.recommend and found.recommend.score is not None and found.recommend.interval:
        low, high = found.recommend.interval
        yield f"  recommend score {found.recommend.score:+d} ({low:+.0f} to {high:+.0f}), n {found.recommend.n}"


def _figures(score: DimensionScore) -> str:
    if score.mean is None or score.sd is None or score.interval is None:
        return f"n {score.n}, too few to compute anything"
    low, high = score.interval
    alpha = "not estimable" if score.alpha is None else f"{score.alpha:.2f}"
    return f"n {score.n}, mean {score.mean:.2f} ({low:.2f} to {high:.2f}), sd {score.sd:.2f}, alpha {alpha}"


def recommend_data(plan: Plan, library: Library) -> dict[str, Any]:
    """Return a plan as design.md 8 names it."""
    return {
        "problems": [],
        "team": plan.team,
        "wave": plan.wave,
        "needs": {id: _need(standing) for id, standing in plan.standings.items()},
        "gate": {
            "dimension": plan.gate.dimension,
            "threshold": plan.gate.threshold,
            "p_at_least": plan.gate.p_at_least,
            "open": plan.gate.is_open,
            "read_first": plan.gate.read_first,
        },
        "focus": [_recommendation(one) for one in plan.focus],
        "next": [_recommendation(one) for one in plan.next],
        "later": [_held(one, plan, library) for one in plan.later],
        "excluded": [_held(one, plan, library) for one in plan.excluded],
        "ranking": [{"practice": id, "score": score} for id, score in plan.ranking],
        "strength": plan.strength,
    }


def _need(standing: Standing) -> dict[str, Any]:
    return {
        "mean": standing.mean,
        "target": standing.target,
        "need": standing.need,
        "p_below_target": standing.p_below_target,
        "p_lowest": standing.p_lowest,
        "standing": standing.level or wording.value(standing),
    }


def _recommendation(found: Recommendation) -> dict[str, Any]:
    change = found.counterfactual
    return {
        "practice": found.practice,
        "rank": found.rank,
        "score": found.score,
        "stability": found.stability,
        "pinned": found.rule == "pinned",
        "rule": found.rule,
        "reasons": [
            {"dimension": one.dimension, "weight": one.weight, "need": one.need, "contribution": one.contribution}
            for one in found.reasons
        ],
        "factors": {
            "evidence": found.factors.evidence,
            "fit": found.factors.fit,
            "ledger": found.factors.ledger,
            "effort": found.factors.effort,
        },
        "counterfactual": None
        if change is None
        else {
            "dimension": change.dimension,
            "mean": change.mean,
            "instead": change.instead,
        },
    }


def _held(found: Held, plan: Plan, library: Library) -> dict[str, Any]:
    return {"practice": found.practice, "because": sentences.held(found, plan, library), "rule": found.hold}


def recommend_text(plan: Plan, library: Library) -> Iterator[str]:
    """Yield a plan, line by line."""
    yield sentences.finding(plan, library)
    for standing in plan.measured:
        name = library.dimensions[standing.dimension].name
        interval = wording.interval(standing)
        plausible = f" (plausible {interval})" if interval else ""
        yield f"  {name}: {wording.value(standing)}{plausible}, {wording.against_target(standing)}"
    if plan.gate.read_first:
        yield f"{library.pages.read_first.title}: {library.pages.read_first.why}"
    if not plan.focus:
        below = any(map(wording.is_below, plan.measured))
        yield f"{(library.pages.none_fits if below else library.pages.at_target).title}."
    for found in plan.focus:
        yield f"{found.rank}. {library.practices[found.practice].name} ({found.practice}, {found.score:.3f})"
        yield f"   {sentences.because(found, plan, library)}"
    for found in plan.next:
        yield f"next: {library.practices[found.practice].name} ({found.practice}, {found.score:.3f})"
    for one in (*plan.later, *plan.excluded):
        if one.hold != "no-need":
            label = "later" if one in plan.later else "left out"
            yield f"{label}: {library.practices[one.practice].name}. {sentences.held(one, plan, library)}"
    if idle := sum(one.hold == "no-need" for one in plan.later):
        yield f"Nothing that was measured calls for the other {wording.count(idle)}."


def explain_text(practice: str, plan: Plan, library: Library) -> Iterator[str]:
    """Yield why a practice stands where it stands, with numbers that add up."""
    yield f"{library.practices[practice].name}: {library.practices[practice].outcome}"
    held = next((one for one in (*plan.later, *plan.excluded) if one.practice == practice), None)
    found = next((one for one in (*plan.focus, *plan.next) if one.practice == practice), None)
    if found is not None:
        place = (
            f"It is number {found.rank} of your focus."
            if found in plan.focus
            else f"It would come next, as number {found.rank}."
        )
        yield place
        yield sentences.because(found, plan, library)
        yield f"{sentences.arithmetic(found, library)}."
        yield from filter(None, (sentences.stability(found, plan), sentences.counterfactual(found, plan, library)))
    elif held is not None:
        yield sentences.held(held, plan, library)
    on_list = next((one for one in plan.eligible if one.practice == practice), None)
    if on_list is not None:
        yield from _on_the_list(on_list, plan, library)


def _on_the_list(found: Recommendation, plan: Plan, library: Library) -> Iterator[str]:
    """Yield where a practice stands before anything is chosen, and what stands around it."""
    yield f"Before anything is chosen it is number {found.rank} of {len(plan.eligible)}:"
    yield f"  {sentences.arithmetic(found, library)}."
    for words, rank in (("above it", found.rank - 1), ("below it", found.rank + 1)):
        other = next((one for one in plan.eligible if one.rank == rank), None)
        if other is not None:
            reason = other.reasons[0]
            name = library.dimensions[reason.dimension].name.lower()
            gain = f"{reason.contribution:.3f} of it from {name}"
            yield f"  {words}: {library.practices[other.practice].name} ({other.practice}), {other.score:.3f}, {gain}"
