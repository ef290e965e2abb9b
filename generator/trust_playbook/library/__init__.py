"""content/ as one Library: records that have been checked against each other."""

from trust_playbook.library.loading import Library, load_library

__all__ = ["Library", "load_library"]
