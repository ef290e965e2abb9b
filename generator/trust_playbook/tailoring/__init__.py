"""Library + Team → Plan. Pure: no files, no clock, no prose."""

from trust_playbook.tailoring.plan import tailor
from trust_playbook.tailoring.results import Plan

__all__ = ["Plan", "tailor"]
