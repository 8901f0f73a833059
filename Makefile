# The commands of everyday work. They need Python 3.11 or newer, make, and package registries;
# everything else (Node too) comes into .venv/. Stamp files keep a second call short.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
FRONT_END := $(wildcard package.json package-lock.json static/js/*.js static/css/*.css static/css/*/*.css static/img/*)
CATALOGUES := $(wildcard inforo/translations/*/LC_MESSAGES/messages.po)
POSTGRES_TEST_URL ?= postgresql+psycopg://127.0.0.1/inforo_test

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint test-postgres e2e wheel fix lock messages bench relevance demo-reset clean

help: ## this list
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(BIN)/.inforo static/build/manifest.json $(CATALOGUES:.po=.mo) ## virtual environment, dependencies, front-end

run: setup ## the platform with demo data on http://127.0.0.1:8000
	@exec $(BIN)/inforo serve --demo

test: setup ## the tests on SQLite; a part of them: make test T=tests/search
	@$(BIN)/python -m pytest $(T)
	@$(BIN)/python -m tests.services

check: setup ## everything CI asks for, two things at a time
	@$(MAKE) -j2 --output-sync=target --no-print-directory lint test test-postgres e2e wheel

lint: setup ## style, types, templates, lock files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/djlint --lint --quiet templates
	@! grep -l "://" requirements.txt requirements-dev.txt package-lock.json || { echo "a lock file names a registry"; exit 1; }

test-postgres: setup ## the tests on PostgreSQL (POSTGRES_TEST_URL names an empty database)
	@$(BIN)/python -m tests.services create "$(POSTGRES_TEST_URL)"
	@INFORO_TEST_DATABASE_URL="$(POSTGRES_TEST_URL)" $(BIN)/python -m pytest $(T)

e2e: setup ## the tests in a real browser (needs Chromium), screenshots in screenshots/
	@$(BIN)/python -m pytest -m e2e tests/e2e

wheel: setup ## build the wheel, install it elsewhere, try it
	@$(BIN)/python -m pytest -m wheel tests/test_wheel.py

fix: setup ## let the tools tidy up
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format .

lock: $(BIN)/.requirements ## lock the Python dependencies of pyproject.toml anew
	@for extras in "--extra postgres --extra redis --extra pdf:requirements.txt" "--all-extras:requirements-dev.txt"; do \
	  $(BIN)/uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links $${extras%%:*} -o $${extras##*:}; done

messages: setup ## collect the texts for translation
	@$(BIN)/pybabel -q extract -F pyproject.toml -k _l -k ngettext:1,2 --no-location --sort-output --omit-header -o .venv/messages.pot .
	@$(BIN)/pybabel -q update -i .venv/messages.pot -d inforo/translations --no-fuzzy-matching --ignore-obsolete --no-wrap --omit-header

bench: setup ## measure speed on SQLite and PostgreSQL (SCALE=0.1 for a smaller set)
	@$(BIN)/python -m bench --scale $(or $(SCALE),1) $(BENCH)

relevance: setup ## how well the search finds what people mean (SAVE=--save keeps the tables)
	@$(BIN)/python -m bench.relevance $(SAVE)

demo-reset: setup ## throw the demo data of instance/ away and load them anew
	@grep -q '"demo"' instance/settings.toml || { echo "instance/ is not a demo; nothing was deleted"; exit 1; }
	@rm -rf instance/inforo.db* instance/queue.db* instance/files
	@$(BIN)/inforo demo

clean: ## remove everything that can be made again, but no data
	@rm -rf .venv node_modules static/build dist .mypy_cache .pytest_cache .ruff_cache inforo/translations/*/LC_MESSAGES/*.mo

$(BIN)/.requirements: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "inforo needs Python 3.11 or newer; choose one with make PYTHON=…")'
	@test -x $(BIN)/python || { echo "Making the virtual environment …"; $(PYTHON) -m venv .venv; }
	@echo "Installing the Python packages …"
	@$(PIP) install --root-user-action=ignore --require-hashes -r requirements-dev.txt
	@touch $@

static/build/manifest.json: $(FRONT_END) inforo/assets.py $(BIN)/.requirements
	@echo "Building the front-end …"
	@$(BIN)/python -m inforo.assets

%.mo: %.po $(BIN)/.requirements
	@$(BIN)/pybabel -q compile --use-fuzzy -i $< -o $@ --statistics 2>/dev/null

$(BIN)/.inforo: pyproject.toml $(BIN)/.requirements static/build/manifest.json
	@$(PIP) install --root-user-action=ignore --no-deps --no-build-isolation -e .
	@touch $@
