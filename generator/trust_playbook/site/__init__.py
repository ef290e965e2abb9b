"""Plan → pages → a MkDocs project → a published site."""
