"""What content/instruments/<id>.yml says: a questionnaire, its scale, its items and their terms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from trust_playbook.documents import Count, Flag, Id, Line, Name, Number, Prose, Record, Ref, broken_rule, repeated_at


class ResponseScale(Record):
    """A response scale with every anchor in words, lowest number first."""

    min: Count
    max: Count
    anchors: Annotated[tuple[Line, ...], Field(min_length=2)]
    direction: Literal["agreement-rises", "frequency-rises", "accuracy-rises"]

    @model_validator(mode="after")
    def _one_anchor_each(self) -> ResponseScale:
        if self.min >= self.max or len(self.anchors) != self.max - self.min + 1:
            message = f"a scale from {self.min} to {self.max} cannot have {len(self.anchors)} anchors"
            raise broken_rule("bad-scale", message, "write one anchor for each point, lowest first", "anchors")
        return self


class Item(Record):
    """One statement of a questionnaire."""

    id: Id
    text: Line | None = None
    """None where the wording may not be shipped and the user supplies it."""
    dimension: Id | None = None
    """None for the recommend question, which measures no dimension."""
    reverse: Flag = False
    quoted: Flag = False
    """Wording of a cited instrument, kept as its authors wrote it."""
    accepted: tuple[Line, ...] = ()


class Licence(Record):
    """Under which terms an instrument's text stands here."""

    position: Prose
    text: Literal["shipped", "user-supplied"]


class Instrument(Record):
    """A questionnaire; content/instruments/<id>.yml."""

    name: Name
    version: Annotated[Count, Field(ge=1)]
    citation: Line
    licence: Licence
    validated: Line
    scale: ResponseScale
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    minimum_items: Annotated[Number, Field(gt=0, le=1)]
    """The share of a dimension's items that a person must have answered to be scored."""
    min_respondents: Annotated[Count, Field(ge=5, le=50)] | None = None
    """More than a team's own minimum, where the statements are about one person."""
    asks: Line
    grounds: tuple[Ref, ...] = ()

    @property
    def asks_to_recommend(self) -> bool:
        """Whether this is the one question from 0 to 10 that measures no dimension."""
        return self.items[0].dimension is None

    @model_validator(mode="after")
    def _items_once(self) -> Instrument:
        repeated = repeated_at(item.id for item in self.items)
        if repeated is not None:
            raise broken_rule("duplicate-id", "this id stands here twice", "give each its own", "items", repeated, "id")
        return self

    @model_validator(mode="after")
    def _wording_as_licensed(self) -> Instrument:
        shipped = self.licence.text == "shipped"
        for index, item in enumerate(self.items):
            if shipped and item.text is None:
                hint = "add 'text: …', or say 'text: user-supplied' in the licence"
                raise broken_rule("missing-key", "'text' is missing", hint, "items", index)
            if not shipped and item.text is not None:
                hint = "leave the text out, or say 'text: shipped' in the licence"
                message = "the licence says that the user supplies the wording"
                raise broken_rule("contradiction", message, hint, "items", index, "text")
        return self

    @model_validator(mode="after")
    def _one_recommend_question(self) -> Instrument:
        without = next((index for index, item in enumerate(self.items) if item.dimension is None), None)
        if without is not None and (len(self.items) > 1 or (self.scale.min, self.scale.max) != (0, 10)):
            hint = "add 'dimension: …'; only a single question from 0 to 10, the recommend question, has none"
            raise broken_rule("missing-key", "'dimension' is missing", hint, "items", without)
        return self
