"""The MkDocs shell: hands the generator's pages to MkDocs, so that mkdocs build and mkdocs serve work."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from pathspec.gitignore import GitIgnoreSpec

from trust_playbook.library import load_library
from trust_playbook.problems import ProblemsFound, render
from trust_playbook.site.pages import Page, pages_of, sections
from trust_playbook.site.places import Places, places_of
from trust_playbook.site.project import THEME, navigation_of
from trust_playbook.site.verifying import SiteBroken, verify
from trust_playbook.team import load_team

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class PlaybookConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs has no types here
    """Options of the plugin in mkdocs.yml."""

    team = config_options.Type(str, default="")
    """A team's folder, relative to mkdocs.yml; empty for the reference playbook."""

    content = config_options.Type(str, default="")
    """The content folder; by default the one beside mkdocs.yml, else the package's."""


class TrustPlaybookPlugin(BasePlugin[PlaybookConfig]):  # type: ignore[no-untyped-call]  # nor here
    """Adds a playbook's pages to a MkDocs site."""

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002  # MkDocs names both
        """Remember whether the site is only served, so that it need not be verified."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read library and team, set the navigation, and bring the theme where mkdocs.yml does not name it."""
        self._places = self._find(config)
        self._pages, navigation = self._read(config)
        theme = str(self._places.site_config / THEME)
        if theme not in config.theme.dirs:
            config.theme.dirs.insert(0, theme)
        config.nav = navigation["nav"]
        config.not_in_nav = GitIgnoreSpec.from_lines(str(navigation["not_in_nav"]).splitlines())
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages."""
        for page in self._pages:
            files.append(File.generated(config, page.file, content=page.text))
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the finished site, as every other way of publishing does."""
        if not self._serving:
            try:
                verify(Path(config.site_dir))
            except SiteBroken as broken:
                raise PluginError(str(broken)) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """Watch what the pages are made from."""
        folder = self._team(config)
        for path in (self._places.content, self._places.builtin, self._places.site_config, folder):
            if path is not None:
                server.watch(str(path))
        return server

    def _team(self, config: MkDocsConfig) -> Path | None:
        return Path(config.config_file_path).parent / self.config.team if self.config.team else None

    def _find(self, config: MkDocsConfig) -> Places:
        root = Path(config.config_file_path).parent
        return places_of(root, root / self.config.content if self.config.content else None)

    def _read(self, config: MkDocsConfig) -> tuple[tuple[Page, ...], dict[str, object]]:
        folder = self._team(config)
        try:
            library = load_library(self._places.content, self._places.builtin)
            team = load_team(folder, library) if folder else None
        except ProblemsFound as found:
            raise PluginError(render(found.problems, "text")) from None
        pages = pages_of(library, team, self._places.templates)
        return pages, navigation_of(pages, sections(team))
