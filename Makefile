# make playbook   from a made-up survey export to the example team's finished site
# make test       every check of this repository
#
# Everything is set up in .venv inside this folder, from lock files with hashes. A second run installs
# nothing and needs no network. Another Python: make playbook PYTHON=python3.13

PYTHON ?= python3
RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet
CLI := $(RUN) -m trust_playbook
EXAMPLE := playbooks/example-team
SITE := site/example-team

.PHONY: playbook test serve reference wheel lock setup setup-test clean

playbook: setup
	@folder=$$(mktemp -d) && export="$$folder/synthetic-example-team.google-forms.csv" && \
	$(RUN) generator/example_export.py "$$export" --seed 1 && \
	echo "A made-up Google Forms export of ten people: $$export" && \
	$(CLI) import "$$export" --team $(EXAMPLE) --wave 2026-q4 --instrument psychological-safety-7 --invited 12 && \
	$(CLI) build $(EXAMPLE) --out $(SITE) > /dev/null && \
	printf '\nThe playbook is ready. Open its first page in a browser:\n%s\n' "$$(pwd)/$(SITE)/index.html"

test: setup-test
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(CLI) check --deep
	$(RUN) -m pytest

serve: setup
	$(CLI) serve $(EXAMPLE)

reference: setup
	NO_MKDOCS_2_WARNING=1 $(RUN) -m mkdocs build --strict --site-dir site/reference

# What a repository of playbooks installs: the code with content, templates and theme inside.
wheel: setup
	@$(PIP) wheel --no-deps --no-build-isolation --no-index --wheel-dir dist .

# The locks name versions and hashes and no registry. Needs uv.
lock:
	uv pip compile pyproject.toml --group pyproject.toml:build --universal --python-version 3.11 \
	  --generate-hashes --no-header --upgrade --quiet -o requirements.lock
	uv pip compile pyproject.toml --group pyproject.toml:build --group pyproject.toml:test --universal \
	  --python-version 3.11 --generate-hashes --no-header --upgrade --quiet -c requirements.lock -o requirements-test.lock

setup: ; @$(call install,requirements.lock,requirements-test.lock)
setup-test: ; @$(call install,requirements-test.lock,requirements-test.lock)

clean:
	rm -rf .venv site dist .mypy_cache .pytest_cache .ruff_cache

# Install lock file $(1) unless it, or the larger lock $(2), is what .venv holds already. A folder that
# was moved only needs the link to its own code renewed.
define install
set -e; \
sum() { cat "$$@" pyproject.toml | cksum; }; \
if [ -x $(RUN) ] && ! $(RUN) -c '' 2>/dev/null; then rm -rf .venv; fi; \
held=$$(cat .venv/installed 2>/dev/null || true); \
if [ "$$held" != "$$(sum $(1))" ] && [ "$$held" != "$$(sum $(2))" ]; then \
  if [ ! -x $(RUN) ]; then \
    command -v "$(PYTHON)" > /dev/null || { echo "$(PYTHON) is not installed. Install Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv), or name one: make PYTHON=python3.13"; exit 1; }; \
    "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$("$(PYTHON)" -V 2>&1), and 3.11 or newer is needed. Name another one: make PYTHON=python3.13"; exit 1; }; \
    "$(PYTHON)" -c 'import ensurepip, venv' 2> /dev/null || { echo "$(PYTHON) cannot make environments. Install its venv package (Debian, Ubuntu: apt install $$("$(PYTHON)" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'))."; exit 1; }; \
    echo "Setting up .venv, once ..."; \
    "$(PYTHON)" -m venv .venv; \
  fi; \
  rm -f .venv/installed .venv/place; \
  $(PIP) install --require-hashes -r $(1); \
  sum $(1) > .venv/installed; \
fi; \
if [ "$$(cat .venv/place 2>/dev/null)" != "$$(pwd)" ]; then \
  $(PIP) install --no-deps --no-build-isolation --no-index -e .; \
  pwd > .venv/place; \
fi
endef
