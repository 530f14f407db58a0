# The only commands to remember. CI calls the same ones.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export UV_CACHE_DIR := $(CURDIR)/.cache/uv

.PHONY: help install demo clean-demo deploy test lint check gate crash format lock bench screenshots soak clean

help:  ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

install: .venv/.installed  ## make the virtual environment from the hashed lock

.venv/.installed: requirements.lock pyproject.toml
	@echo "installing into .venv from requirements.lock"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@awk '/^uv==/{p=1} p{print} p&&!/\\$$/{exit}' requirements.lock > .venv/uv.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-cache-dir --no-deps --require-hashes -r .venv/uv.txt
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@touch $@

lock:  ## resolve requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements.lock

demo: install  ## do the main job on real data: a year of flights, a retraining a month
	@$(BIN)/python examples/demo.py

clean-demo: install  ## take away everything that the demo made
	@$(BIN)/python examples/clean_demo.py

deploy: install  ## tell the Prefect server that PREFECT_API_URL names what deployments/ says
	@$(BIN)/registry deploy

test: install  ## run everything
	$(BIN)/pytest -n 4 --dist worksteal

lint: install  ## format, lint, types, import contracts
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/lint-imports --no-logo | tail -n 3
	@$(BIN)/mypy
	@cd src/registry_tasks/steps && ../../../$(BIN)/mypy --config-file ../../../pyproject.toml --explicit-package-bases .

check: lint  ## the same and the fast tests: under a minute
	@$(BIN)/pytest -q -n 2 -m "not slow"

format: install  ## format and sort imports
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

gate: install  ## full trials of every promise, before a release: docs/reliability.md
	$(BIN)/pytest --gate -q -n 3 --dist worksteal tests/promises

CASES ?= test
crash: install  ## kills and disk errors at every point, every state, for hours; CASES=promote: of these
	$(BIN)/pytest --gate --every-point -q -k "$(CASES)" \
		tests/promises/test_p01_crash_anywhere.py tests/promises/test_p09_full_disk.py \
		tests/promises/test_p24_every_state.py tests/promises/test_p27_migrations_survive_sigkill.py

MLFLOW ?=
bench: install  ## measure against plain DVC, raw SQLite and raw files; MLFLOW=bin/mlflow: its server too
	$(BIN)/pytest benchmarks --benchmark-only
	$(BIN)/python benchmarks/rest_load.py $(if $(MLFLOW),--mlflow $(MLFLOW))

screenshots: install  ## draw every page into build/screenshots: `make demo` first
	PYTHONPATH=tests:benchmarks $(BIN)/python -m browser.screenshots

MINUTES ?= 30
STORE ?= sqlite
REMOTE ?= folder
SEED ?= 1
soak: install  ## everything at once with faults: does anything grow? MINUTES, STORE, REMOTE, SEED
	PYTHONPATH=tests $(BIN)/python -m soak --minutes $(MINUTES) --store $(STORE) --remote $(REMOTE) --seed $(SEED)

clean: clean-demo  ## also remove the virtual environment and caches
	rm -rf .venv .cache build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
