"""Records as YAML, in the order of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


def to_yaml(values: Mapping[str, Any], comment: str) -> str:
    """Return `values` as block YAML under a comment; short lists stand on one line."""
    body = yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)
    return "".join(f"# {line}\n" for line in comment.splitlines()) + body
