"""python -m trust_playbook."""

from trust_playbook.cli import main

main()
