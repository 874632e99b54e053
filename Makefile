# Two commands: `make demo` shows a running organisation, `make test` runs everything.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
YEAR ?= middle

.PHONY: help install demo test lint bench peers docs lock vendor clean dev

help:
	@echo "make demo      a demo organisation at http://127.0.0.1:$(PORT) (YEAR=vote, YEAR=opening: a secret vote; YEAR=whole: its whole year)"
	@echo "make test      every test; installs what it needs"
	@echo "make install   the command at $(BIN)/quorate"
	@echo "make lint      ruff, mypy, import directions"
	@echo "make bench     measured speeds, as a table"
	@echo "make peers     our counts against other libraries"
	@echo "make docs      the reference of every act, made from the code"
	@echo "make lock      the lock files, anew from pyproject.toml"
	@echo "make vendor    the booth's library, anew from npm"

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing (Debian 12: apt-get install python3 python3-venv)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The environment could not be made: is python3-venv missing? (Debian 12: apt-get install python3-venv)"; exit 2; }

$(VENV)/installed: requirements/server.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements/server.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/developed: requirements/dev.txt $(VENV)/installed
	$(BIN)/pip install -q --disable-pip-version-check -r requirements/dev.txt
	@touch $@

# The libraries that the bench counts beside want other versions of what we use: a place of their own.
$(VENV)/beside: requirements/peers.txt $(VENV)/developed
	$(BIN)/python -m venv $(VENV)/peers
	$(VENV)/peers/bin/pip install -q --disable-pip-version-check -r requirements/peers.txt
	@touch $@

# Our counts against those libraries', where they count by the same rule.
peers: $(VENV)/beside
	PYTHONPATH=src:tests $(VENV)/peers/bin/python -m pytest -q --rootdir tests/peers tests/peers

install: $(VENV)/installed

dev: $(VENV)/developed

demo: install
	$(BIN)/quorate demo --dir demo --port $(PORT) $(if $(filter whole,$(YEAR)),--whole)$(if $(filter vote opening,$(YEAR)),--until $(YEAR))

test: dev
	@sh tests/support/prepare.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

# Two test files of one name are one module to pytest: it reads the first, and not the second.
lint: dev
	@! find tests -name 'test_*.py' -printf 'two test files are named %f\n' | sort | uniq -d | grep .
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/beside
	PYTHONPATH=tests:$$PYTHONPATH $(BIN)/python -m bench

docs: install
	$(BIN)/quorate docs docs/development/acts

COMPILE := $(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

lock: dev
	$(COMPILE) -o requirements/base.txt pyproject.toml
	$(COMPILE) --extra server --extra postgres --extra fast -o requirements/server.txt pyproject.toml requirements/build.in
	$(COMPILE) --extra server --extra postgres --extra fast --extra dev -o requirements/dev.txt pyproject.toml requirements/build.in
	$(COMPILE) --extra peers -o requirements/peers.txt pyproject.toml

vendor:
	sh requirements/browser/vendor.sh src/quorate/web/static/ballots/vendor

clean:
	rm -rf $(VENV) demo bench/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
