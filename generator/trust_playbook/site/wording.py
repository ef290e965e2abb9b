"""Single values in plain words: numbers, dates, bands, chances, standings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trust_playbook.library.practices import Practice
from trust_playbook.tailoring.results import Standing
from trust_playbook.team import rules
from trust_playbook.team.records import Assessment, PublishedItem

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
_GRADES = {"A": "A, trials", "B": "B, field experiment", "C": "C, indirect", "D": "D, practice"}
_LEADERS = {"leader": "the leader", "manager": "a manager", "contributor": "a contributor"}
_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_AGREEMENT = {
    "agree": "People largely agree about this.",
    "differ": "People differ about this.",
    "split": "People are split about this: some experience it very differently from others.",
}
_CHANCES = (
    (0.975, "almost certainly"),
    (0.8, "very likely"),
    (0.5, "more likely than not"),
)
RECOMMEND = {
    "positive": "More people would recommend working here than would advise against it.",
    "mixed": "It cannot be told whether more people would recommend working here or advise against it.",
    "negative": "More people would advise against working here than would recommend it.",
}
_EVEN = 0.5 + 1e-9
_SUPPRESSED = {"too-few": "too few answers", "complement": "withheld", "not-asked": "not asked"}
_BASES = {
    "typical": "The ranges are typical of small groups. This team's own spread stays unpublished, because it could show single answers.",
    "own": "The ranges come from how far this team's answers lie apart (95 %).",
    "consensus": "The values were agreed in a conversation, so they have no range of their own.",
}
_FLAGS = {
    "imputed-over-10": "More than a tenth of the answers were left open; each person's own average stands in for them.",
    "reverse-gap": "Statements worded positively and negatively gave different pictures, so take the level with care.",
    "alike-answers": "Some people gave the same answer to every statement, also to opposite ones.",
    "few-changed": "One to four people joined or left since the last wave, or it was not stated who did, so the figures are given roughly.",
}


def capital(text: str) -> str:
    """Return a clause with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def count(number_of: int) -> str:
    """Return a small number as a word."""
    return _COUNTS[number_of] if number_of < len(_COUNTS) else str(number_of)


def led_by(practice: Practice) -> str:
    """Return who can lead a practice."""
    if len(practice.leads) == len(_LEADERS):
        return "anyone on the team"
    return listed([_LEADERS[role] for role in practice.leads], "or")


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
    """Return each doubt about the answers as a sentence; a lowered floor is said on every page already."""
    return tuple(_FLAGS[flag] for flag in assessment.flags if flag in _FLAGS)


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
    return form.word or _SUPPRESSED[str(form.suppressed)]


def on_scale(standing: Standing) -> str:
    """Return the published value with the top of its scale, `4.1 of 7`; a word stands alone."""
    form, source = standing.published, standing.assessment
    if form is None or source is None or form.word is not None or form.suppressed is not None:
        return value(standing)
    comma = "" if form.mean is not None else ","
    return f"{value(standing)}{comma} of {source.scale.max}"


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


def is_agreed(standing: Standing) -> bool:
    """Return whether a value was agreed in a conversation, so that no chance can be given."""
    return standing.published is not None and standing.published.basis == "consensus"


def is_below(standing: Standing) -> bool:
    """Return whether a dimension more likely than not lies below its target."""
    return standing.p_below_target is not None and standing.p_below_target > _EVEN


def chance(probability: float) -> str:
    """Return a probability of more than a half as an adverb."""
    return next(words for start, words in _CHANCES if probability >= start)


def against_target(standing: Standing, target: str = "the target") -> str:
    """Return how a dimension stands against its target, as certain as the answers allow."""
    below = standing.p_below_target
    if below is None:
        return "not known"
    if is_agreed(standing):
        return f"below {target}" if is_below(standing) else f"at {target} or above"
    if below > _EVEN:
        return f"{chance(below)} below {target}"
    if below > 1 - _CHANCES[1][0]:
        return f"about at {target}, perhaps below"
    return f"{chance(1 - below)} at {target} or above"


def against_target_in_full(standing: Standing) -> str:
    """Return the same with the target's value."""
    return against_target(standing, f"the target of {target(standing)}")


def target(standing: Standing) -> str:
    """Return the target on the scale of a dimension's questionnaire."""
    if standing.assessment is None:
        return number(standing.target)
    return number(rules.on_scale(standing.target, standing.assessment.scale))


def change(standing: Standing) -> str | None:
    """Return how a dimension differs from the wave before, in words, with what could be told from chance."""
    found = standing.change
    if found is None:
        return None
    since = wave_name(found.since)
    if not found.is_clear:
        return (
            f"No change since the {since} that could be told from chance; that would take about {number(found.noise)}."
        )
    direction = "Higher" if found.difference > 0 else "Lower"
    return f"{direction} than in the {since}, by more than chance explains."


def basis(standing: Standing) -> str | None:
    """Return where a range comes from, or why there is none."""
    form = standing.published
    if form is None or form.suppressed is not None:
        return None
    if form.word is not None:
        return "Only a word is published for each dimension, because so few people answered."
    if form.mean is None:
        return "So near the end of the scale the exact mean stays unpublished, because it could show single answers."
    return _BASES[str(form.basis)]


def time_of(practice: Practice) -> str:
    """Return how long a practice takes, first and then."""
    time = practice.time
    if not time.then:
        return f"{time.first} minutes once"
    return f"{time.first} minutes to begin, then {time.then} a {time.every}"


def grade(practice: Practice) -> str:
    """Return what kind of evidence supports a practice."""
    return _GRADES[practice.evidence.grade]


def effort(practice: Practice) -> str:
    """Return a practice's effort with its place on the scale."""
    ends = {1: ", least", 5: ", most"}
    return f"{practice.effort} of 5{ends.get(practice.effort, '')}"


def share(published: PublishedItem) -> str:
    """Return the share of people whose answer to a statement was favourable."""
    words = {"<10": "fewer than one in ten", ">90": "more than nine in ten"}
    return words.get(published.favourable, f"about {published.favourable} of 100")
