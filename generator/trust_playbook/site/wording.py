"""Numbers, rules and reasons in plain words, for pages and terminal alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trust_playbook.library import Library
from trust_playbook.library.practices import Practice
from trust_playbook.tailoring.results import Counterfactual, Held, Plan, Recommendation, Standing
from trust_playbook.team.records import Assessment

LIKELY = 0.5
_BANDS = {
    "3-4": "Three or four people answered",
    "5-7": "Five to seven people answered",
    "8-12": "Eight to twelve people answered",
    "13-24": "Thirteen to twenty-four people answered",
    "25+": "Twenty-five people or more answered",
}
_RESPONSES = {
    "under-half": "fewer than half of those invited",
    "most": "most of those invited",
    "nearly-all": "nearly all of those invited",
}
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_AGREEMENT = {
    "agree": "People largely agree about this.",
    "differ": "People see this differently.",
    "split": "People are split about this: some experience it very differently from others.",
}
_CHANCES = (
    (0.95, "almost certainly"),
    (0.8, "very likely"),
    (0.5, "more likely than not"),
    (0.2, "perhaps"),
    (0.05, "probably not"),
    (0.0, "almost certainly not"),
)
_FLAGS = {
    "floor-lowered": "Fewer than five people answered, and the team chose to publish a word for each dimension all the same.",
    "imputed-over-10": "More than a tenth of the answers were left open; each person's own average stands in for them.",
    "reverse-gap": "Statements worded positively and negatively gave different pictures, so take the level with care.",
    "alike-answers": "Some people gave the same answer to every statement, also to opposite ones.",
    "few-changed": "One to four people joined or left since the last wave, so the figures are given roughly.",
}


def capital(text: str) -> str:
    """Return a clause with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def count(number_of: int) -> str:
    """Return a small number as a word."""
    return _COUNTS[number_of] if number_of < len(_COUNTS) else str(number_of)


def led_by(practice: Practice) -> str:
    """Return who leads a practice first."""
    return {"leader": "the leader", "manager": "a manager", "contributor": "a contributor"}[practice.leads[0]]


def listed(words: Sequence[str], joiner: str = "and") -> str:
    """Return words as a list in running text."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def wave_name(wave: str) -> str:
    """Return `2026-q3` as `third quarter 2026`."""
    year, quarter = wave.split("-q")
    return f"{_QUARTERS[quarter]} quarter {year}"


def day_name(day: date) -> str:
    """Return a date as `5 October 2026`, in English whatever the locale."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return f"{day.day} {months[day.month - 1]} {day.year}"


def respondents(assessment: Assessment) -> str:
    """Return who answered, as a band, in one sentence."""
    if assessment.respondents is None:
        return "The team agreed on these values in a conversation."
    band = _BANDS[assessment.respondents]
    share = _RESPONSES.get(assessment.response or "unknown")
    return f"{band}; {share}." if share else f"{band}."


def doubts(assessment: Assessment) -> tuple[str, ...]:
    """Return each flag of an assessment as a sentence."""
    return tuple(_FLAGS[flag] for flag in assessment.flags)


def number(value: float) -> str:
    """Return a published value with one decimal."""
    return f"{value:.1f}"


def value(standing: Standing) -> str:
    """Return what was published of a dimension, in as many words as it takes."""
    form = standing.published
    if form is None:
        return "not asked"
    if form.mean is not None:
        return number(form.mean)
    if form.at_least is not None:
        return f"{number(form.at_least)} or more"
    if form.at_most is not None:
        return f"{number(form.at_most)} or less"
    return (
        form.word
        or {"too-few": "too few answers", "complement": "withheld", "not-asked": "not asked"}[str(form.suppressed)]
    )


def interval(standing: Standing) -> str | None:
    """Return the range of plausible means, where one was published."""
    form = standing.published
    if form is None or form.interval is None:
        return None
    return f"{number(form.interval[0])} to {number(form.interval[1])}"


def agreement(standing: Standing) -> str | None:
    """Return how far people agree, in one sentence, where it was published."""
    form = standing.published
    return _AGREEMENT[form.agreement] if form is not None and form.agreement is not None else None


def chance(probability: float) -> str:
    """Return a probability as an adverb."""
    return next(words for start, words in _CHANCES if probability >= start)


def below_target(standing: Standing) -> str:
    """Return how likely a dimension lies below the target, in words and as a rounded share."""
    if standing.p_below_target is None:
        return "not known"
    return f"{chance(standing.p_below_target)} below the target of {number(standing.target)}"


def is_below(standing: Standing) -> bool:
    """Return whether a dimension more likely than not lies below its target."""
    return standing.p_below_target is not None and standing.p_below_target >= LIKELY


def finding(plan: Plan, library: Library) -> str:
    """Return the one sentence that the start page is about."""
    lowest = plan.lowest
    if lowest is None:
        return "Nothing has been measured yet, so this playbook begins with what helps nearly every team."
    weakest = plan.standings[lowest.dimensions[0]]
    text = library.dimensions[weakest.dimension].finding
    if not any(is_below(one) for one in plan.measured):
        strongest = library.dimensions[plan.strength or weakest.dimension].finding
        return f"{capital(strongest.strong)}."
    if lowest.certainty == "only":
        low = weakest.mean is not None and weakest.mean < plan.gate.threshold
        return f"What is missing here is {text.missing}." if low else f"{capital(text.unsure)}."
    missing = listed([library.dimensions[id].finding.missing for id in lowest.dimensions[:3]], "or")
    best = plan.standings[plan.strength] if plan.strength else weakest
    clauses = library.dimensions[best.dimension].finding
    opening = clauses.unsure if is_below(best) else clauses.strong
    return f"{capital(opening)}; what is missing is {missing}."


def certainty(plan: Plan, library: Library) -> str | None:
    """Return how sure it is which dimension stands lowest."""
    lowest = plan.lowest
    if lowest is None:
        return None
    names = [library.dimensions[id].name.lower() for id in lowest.dimensions]
    if lowest.certainty == "only":
        others = count(len(plan.standings) - 1)
        return f"Only {names[0]} was asked about. What the other {others} dimensions are like here, this playbook does not know."
    if lowest.certainty == "cannot-tell":
        return f"The lowest is {listed(names, 'or')}: these answers cannot tell them apart."
    return f"The lowest is {lowest.certainty} {names[0]}."


def because(found: Recommendation, plan: Plan, library: Library) -> str:
    """Return in one line why a practice is in the focus."""
    reason = found.reasons[0]
    name = library.dimensions[reason.dimension].name
    if found.rule == "pinned":
        return "You pinned it in playbook.yml."
    if found.rule == "split":
        return f"People are split about {name.lower()}, so a conversation comes first."
    if found.rule == "event":
        return "It belongs to something that happened in the team."
    standing = plan.standings[reason.dimension]
    if not standing.measured:
        return "Nothing was measured yet; it helps most teams and costs little."
    return f"{name} stands at {value(standing)} of 7, {below_target(standing)}."


def arithmetic(found: Recommendation, library: Library) -> str:
    """Return a score as the sum that makes it."""
    terms = " + ".join(f"{one.weight:.2f} × {one.need:.3f}" for one in found.reasons)
    factors = found.factors
    names = " + ".join(library.dimensions[one.dimension].name.lower() for one in found.reasons)
    sum_ = f"({terms}) × {factors.evidence:.2f} × {factors.fit:.2f} × {factors.ledger:.2f} × {factors.effort:.2f}"
    return f"{sum_} = {found.score:.3f}; weight × need for {names}, times evidence, fit, history and effort"


def stability(found: Recommendation) -> str | None:
    """Return how firmly a practice stands in the focus."""
    share = found.stability
    if share is None or found.rule != "score":
        return None
    words = f"In {round(share * 100)} of 100 draws from what the answers leave open it stays in the focus"
    if share >= 0.8:  # noqa: PLR2004
        return f"{words}: a firm choice."
    if share >= 0.6:  # noqa: PLR2004
        return f"{words}: a fair choice, not the only one."
    return f"{words}: close to a tie. Choose with the team."


def counterfactual(found: Recommendation, plan: Plan, library: Library) -> str | None:
    """Return what would have to be different for another practice to stand here."""
    if found.rule != "score" or found.stability is None:
        return None
    if found.counterfactual is None:
        name = library.dimensions[found.reasons[0].dimension].name.lower()
        return f"It would stay even with a higher value for {name} alone."
    return _would_leave(found.counterfactual, plan, library)


def _would_leave(change: Counterfactual, plan: Plan, library: Library) -> str:
    name = library.dimensions[change.dimension].name.lower()
    now = value(plan.standings[change.dimension])
    start = f"If {name} stood at {number(change.mean)} instead of {now}"
    if change.instead is None:
        return f"{start}, nothing would call for it."
    return f"{start}, {library.practices[change.instead].name} would take its place."


def held(found: Held, plan: Plan, library: Library) -> str:
    """Return by which rule a practice is not offered now, and what would change that."""
    gate = library.dimensions[plan.gate.dimension].name.lower()
    threshold = number(found.threshold) if found.threshold is not None else ""
    needs = listed([_name(id, library) for id in found.needs])
    known = plan.gate.p_at_least is not None
    return {
        "gate": (
            f"It asks people to expose themselves first. That waits until {gate} is more likely than not at {threshold} or more."
            if known
            else f"It asks people to expose themselves first. That waits until {gate} has been measured."
        ),
        "tier": f"It asks for more than the basics. It comes once {gate} is more likely than not at {threshold} or more.",
        "need": f"It builds on {needs}, which comes first.",
        "minutes": "Its minutes do not fit beside the others.",
        "dimension-full": "Two practices for the same dimension are enough.",
        "blocked": "The ledger says that something blocks it.",
        "no-need": "Nothing that was measured calls for it now.",
        "excluded": "You excluded it in playbook.yml.",
        "setting": "It is not made for the way you work together.",
        "mandate": "It needs someone to lead it whom this playbook cannot count on.",
        "kept": "You already do it. Keep it.",
    }[found.hold]


def _name(id: str, library: Library) -> str:
    if id in library.practices:
        return library.practices[id].name
    return library.dimensions[id].name.lower()
