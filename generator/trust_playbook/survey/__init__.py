"""A survey tool's export and an instrument → one publishable assessment.

The only room that ever sees a person's answer. No message that leaves it holds the content of a cell.
"""

from trust_playbook.survey.importing import Imported, ImportRequest, import_export

__all__ = ["ImportRequest", "Imported", "import_export"]
