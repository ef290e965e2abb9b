"""content/ as one Library: records that have been checked against each other."""

from trust_playbook.library.library import Library
from trust_playbook.library.loading import load_library

__all__ = ["Library", "load_library"]
