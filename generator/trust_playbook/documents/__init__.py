"""YAML files as records, every error with its place, and records as YAML. The only room that imports yaml."""

from trust_playbook.documents.fields import (
    ID_PATTERN,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Number,
    Prose,
    Record,
    Ref,
    Weeks,
    broken_rule,
)
from trust_playbook.documents.records import read_record, record_in
from trust_playbook.documents.trees import Document, Loc, Place, read_document
from trust_playbook.documents.writing import to_yaml

__all__ = [
    "ID_PATTERN",
    "Count",
    "Day",
    "Document",
    "Flag",
    "Id",
    "Line",
    "Loc",
    "Number",
    "Place",
    "Prose",
    "Record",
    "Ref",
    "Weeks",
    "broken_rule",
    "read_document",
    "read_record",
    "record_in",
    "to_yaml",
]
