"""The terminal shell: arguments in, exit code and text out."""

from trust_playbook.cli.app import main

__all__ = ["main"]
