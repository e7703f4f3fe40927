# Lingkar. "make help" lists what there is to make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
WORKERS ?= 3
LINGKAR_HOME ?= var
export PORT LINGKAR_HOME
# Many processes start, in tests above all: what one has compiled the others need not.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

.PHONY: help demo dev test checks lint types floors messages tests shots bench truth setup-time faults wiring permissions clean env env-dev browser

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: env ## run the product with a fictional city (PORT=8000, LINGKAR_HOME=var)
	@exec $(BIN)/lingkar demo

dev: env-dev ## as demo, reloaded when a file changes
	@exec $(BIN)/lingkar dev

test: env-dev browser ## prove everything: style, types, floors, messages, tests with a real browser
	@$(MAKE) --no-print-directory -j 3 types floors lint messages tests

checks: env-dev ## style, types, floors and messages, beside each other
	@$(MAKE) --no-print-directory -j 2 -O types floors lint messages

lint: env-dev ## style and known mistakes
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: env-dev
	$(BIN)/mypy lingkar tests

floors: env-dev
	@if [ -f .importlinter ]; then $(BIN)/lint-imports; else echo "no .importlinter yet"; fi

messages: env-dev ## check that every message is translated
	$(BIN)/lingkar messages --check

# More workers than two cores: tests that kill servers or press in a browser mostly wait.
tests: env-dev browser
	LINGKAR_CHROMIUM="$$($(BIN)/python -m tests.chromium)" $(BIN)/pytest -n $(WORKERS) --dist loadgroup

browser: env-dev
	@$(BIN)/python -m tests.chromium >/dev/null

shots: env-dev browser ## photograph every page at three widths, light and dark, into docs/shots
	$(BIN)/python -m tests.shots

bench: env-dev ## measure: server CPU per request, page weight, at the size of a province
	$(BIN)/python -m tests.perf.bench
	$(BIN)/python -m tests.perf.bench --circle
	$(BIN)/python -m tests.perf.sheets
	$(BIN)/python -m tests.perf.search
	$(BIN)/python -m tests.perf.persons
	$(BIN)/python -m tests.perf.orgs

truth: env-dev ## simulate cities with a known effect: does the estimator tell the truth?
	$(BIN)/python -m tests.perf.truth

setup-time: env-dev ## measure: seconds from a fresh clone to a served page, and of a second start
	$(BIN)/python -m tests.perf.setup_time

faults: env-dev ## races, a full disk, parts killed at random while people work: count what was lost
	$(BIN)/python -m tests.perf.races
	$(BIN)/python -m tests.perf.faults
	$(BIN)/python -m tests.perf.disk || [ $$? -eq 77 ]  # it says so itself where it could not be tried

wiring: env-dev ## write docs/wiring.md: events, actions, routes
	$(BIN)/lingkar wiring --write docs/wiring.md

permissions: env-dev ## write tests/house/permissions.csv: who may open which door
	$(BIN)/python -m tests.house.permissions --write

clean: ## remove the environment and caches; never the data
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

env:
	@./.ci/environment --no-dev --inexact

env-dev:
	@./.ci/environment
