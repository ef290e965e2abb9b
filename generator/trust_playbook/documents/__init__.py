"""YAML files as records, every error with its place, and records as YAML. The only room that imports yaml."""

from trust_playbook.documents.fields import (
    Address,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Name,
    Number,
    Prose,
    Record,
    Ref,
    Weeks,
    broken_rule,
    is_id,
    repeated_at,
)
from trust_playbook.documents.records import read_record, record_in
from trust_playbook.documents.trees import Document, Loc, Place, Tree, read_document
from trust_playbook.documents.writing import to_yaml

__all__ = [
    "Address",
    "Count",
    "Day",
    "Document",
    "Flag",
    "Id",
    "Line",
    "Loc",
    "Name",
    "Number",
    "Place",
    "Prose",
    "Record",
    "Ref",
    "Tree",
    "Weeks",
    "broken_rule",
    "is_id",
    "read_document",
    "read_record",
    "record_in",
    "repeated_at",
    "to_yaml",
]
