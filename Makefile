# Wireroom's own commands. `make` alone prints them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run demo test check bench gold quality chaos fuzz prove dev samples

VENV := .venv
PYTHON := $(VENV)/bin/python
# What was installed from which lock file: made anew when the lock is newer.
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_BENCH := $(VENV)/.ready-bench
READY_FUZZ := $(VENV)/.ready-fuzz
# The checks look at the code, never at somebody's site.
HOMELESS := env -u DATABASE_URL WIREROOM_HOME=$(VENV)/check-home

help: ## print this list
	@echo "Wireroom: agency wires in, a live and trustworthy news site out."
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 17

setup: $(READY) ## make .venv with the locked packages; safe to repeat

run: setup ## start a site with the sample wire on this machine (PORT=9000 WIREROOM_HOME=/elsewhere)
	@exec $(VENV)/bin/wireroom run

demo: ## as run, with readers' traces and a quick clock; comes with readers' traces
	$(call later,readers' traces)

test: dev samples ## the suite, on SQLite and PostgreSQL (ONLY=MARKER runs a part)
	@$(PYTHON) tests/harness/suite.py $(ONLY)

check: dev ## format, lint, types, imports, migrations, docs; no tests
	@echo "Format"       && $(VENV)/bin/ruff format --check --quiet
	@echo "Lint"         && $(VENV)/bin/ruff check --quiet
	@echo "Types"        && $(HOMELESS) $(VENV)/bin/mypy
	@echo "Imports"      && $(VENV)/bin/lint-imports --no-logo
	@echo "Migrations"   && $(HOMELESS) $(VENV)/bin/wireroom manage makemigrations --check --dry-run
	@echo "Docs"         && $(VENV)/bin/pytest --quiet tests/docs

bench: $(READY_BENCH) ## measure against the goals, each beside its yardstick (ONLY=B2 measures one)
	@$(PYTHON) -m bench $(ONLY)

gold: ## enrichment held against gold; comes with the full enrichment
	$(call later,the full enrichment)

quality: ## gates of weight, access and looks at full length; comes with the full site
	$(call later,the full site)

chaos: ## a fault at every point of the way in; comes with the wires
	$(call later,the wires)

fuzz: $(READY_FUZZ) ## readers and the cleaner fed with nonsense for ten minutes (ONLY=rss SECONDS=60)
	@PYTHONPATH=tests $(PYTHON) -m fuzz $(if $(ONLY),--only $(ONLY)) $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(SEED),--seed $(SEED)) $(if $(REPLAY),--replay $(REPLAY))

prove: ## state machines at full length; comes with the whole life of a story
	$(call later,the whole life of a story)

dev: $(READY_DEV)

# feedparser's own samples, from its source package; fetched once.
samples: dev
	@$(PYTHON) tests/formats/fetch_feedparser_samples.py

$(PYTHON):
	@for name in python3 python3.11 python3.12 python3.13 python3.14; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$name --version)"; \
			exec $$name -m venv $(VENV); \
		fi; \
	done; echo "No Python 3.11 or newer was found; install one and try again." >&2; exit 1

# Nothing but the locked packages is fetched: setuptools, which builds ours, is among them.
$(READY): requirements/run.txt pyproject.toml | $(PYTHON)
	@echo "Installing the locked packages (half a minute when pip has them already)"
	@$(PYTHON) -m pip install --quiet --require-hashes --requirement requirements/run.txt
	@echo "Installing wireroom itself, as it stands in this folder"
	@$(PYTHON) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): requirements/dev.txt $(READY)
	@echo "Installing what tests and checks need"
	@$(PYTHON) -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

$(READY_BENCH): requirements/bench.txt $(READY)
	@echo "Installing what benchmarks compare with"
	@$(PYTHON) -m pip install --quiet --require-hashes --requirement requirements/bench.txt
	@touch $@

$(READY_FUZZ): requirements/fuzz.txt $(READY)
	@echo "Installing what makes nonsense"
	@$(PYTHON) -m pip install --quiet --require-hashes --requirement requirements/fuzz.txt
	@touch $@

later = @echo "make $@ comes with $(1)." >&2; exit 1
