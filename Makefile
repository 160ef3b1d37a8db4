# Guichet: one command for each thing you want to do. `make` alone lists them.
PYTHON ?= python3
WORKERS ?= 2
BENCHES ?= turns
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast test-long bench bench-nlu lint format constraints system-packages clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-16s %s\n", $$1, $$2}'

install: $(STAMP)  ## make .venv with everything in it, from constraints.txt
	@:

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Guichet needs Python 3.11 or later: make install PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ echo "Python cannot make a virtual environment here; on Debian: apt-get install python3-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[cluster,test]"
	@touch $@

run: install  ## open the desk on this machine: no token, no network, one file
	$(BIN)/guichet run

system-packages:
	.ci/system-packages

test: install system-packages  ## all tests, real browser, mail servers and both databases included
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long"

# What takes seconds each, or talks to the whole house, is for `make test`.
FAST := dialog flows packs people stats actions tickets console kb
THOROUGH := dialog/test_laws.py dialog/test_ways.py dialog/test_state.py dialog/test_actions.py dialog/test_secrets.py
test-fast: install  ## the inner loop: rules, flows and packs, in seconds
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m "not (long or kill or postgres or browser or mail)" \
		$(addprefix tests/,$(FAST)) $(addprefix --ignore=tests/,$(THOROUGH))

test-long: install system-packages  ## the tests that take minutes
	$(BIN)/python -m pytest -m long

bench: install  ## measure, one JSON line for each benchmark
	@for what in $(BENCHES); do $(BIN)/guichet bench $$what --json || exit $$?; done

bench-nlu: install  ## measure understanding and knowledge, and write docs/benchmarks.md (most of an hour, needs ../shared)
	$(BIN)/python -m tests.bench $(PARTS)

lint: install  ## format, style, types, import contracts, flows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/guichet flow check

format: install  ## rewrite the code as `make lint` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

constraints:  ## renew constraints.txt with today's newest versions
	PYTHON=$(PYTHON) .ci/renew-constraints

clean:  ## forget .venv and all caches (your .guichet stays)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
