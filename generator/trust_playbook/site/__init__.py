"""Plan → pages → a MkDocs project → a published site."""

from trust_playbook.site.pages import Page, pages_of, sections
from trust_playbook.site.places import Places

__all__ = ["Page", "Places", "pages_of", "sections"]
