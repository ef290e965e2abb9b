"""playbooks/<team>/ as one Team: who they are, what they want, and their publishable assessments."""

from trust_playbook.team.loading import Team, check_team, load_team

__all__ = ["Team", "check_team", "load_team"]
