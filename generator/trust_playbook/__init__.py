"""The trust playbook generator: practices plus a team's assessment, rendered as the team's own site."""

__version__ = "0.1.0"
