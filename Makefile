# Two commands: `make run` and `make test`. All else is for people who work on the code.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
MEMBERS ?= 5000
PORT ?= 8050
WORKERS ?= 3

.PHONY: run install test bench soak faults turns slips decks rates lint lock clean

run: install
	$(BIN)/huddleboard demo --members $(MEMBERS) --port $(PORT)

install: .venv/installed

test: .venv/installed-test
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(BIN)/playwright install chromium
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: install
	$(BIN)/python -m benchmarks.run

# Ten minutes of 32 users while deliveries keep landing; SECONDS_OF_SOAK=20 for a short one.
SECONDS_OF_SOAK ?= 600
soak: install
	$(BIN)/python -m benchmarks.soak --members $(MEMBERS) --seconds $(SECONDS_OF_SOAK)

# Passes and web processes killed at 200 random points (half an hour); `make test` tries a few.
faults: .venv/installed-test
	HUDDLEBOARD_TEST_KILLS=200 $(BIN)/pytest tests/live tests/build tests/web/test_killed.py -k killed

# The turn of a day on twenty random histories (a quarter of an hour); `make test` tries one.
turns: .venv/installed-test
	HUDDLEBOARD_TEST_TURNS=20 $(BIN)/pytest tests/live/test_turn.py

# Every slip of every card; `make test` tries one of four.
slips: .venv/installed-test
	HUDDLEBOARD_TEST_SLIPS=1 $(BIN)/pytest tests/measures/test_slips.py

# Every deck of official test patients evaluated alone; `make test` counts all of a period in one go, and two alone.
decks: .venv/installed-test
	HUDDLEBOARD_TEST_DECKS=1 $(BIN)/pytest tests/measures/test_conformance.py

rates: .venv/installed-test
	HUDDLEBOARD_TEST_MEMBERS=100000 $(BIN)/pytest tests/generate/test_funnel.py

lint: .venv/installed-test
	$(BIN)/ruff check .

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing; on Debian and Ubuntu it is the package python3-venv." >&2; exit 1; }

# The package itself goes in last, editable and without build isolation, so that nothing arrives unhashed.
.venv/installed: requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-test: requirements-test.txt .venv/installed
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

# Makes both lock files anew from pyproject.toml.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header --no-emit-options \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --build-deps-for editable
lock: install
	$(PIP) install pip-tools
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) --extra test -c requirements.txt -o requirements-test.txt pyproject.toml

clean:
	rm -rf .venv build *.egg-info data/home
