# Every target does its own set-up; a machine needs only Python >= 3.11, make and git.
#   make PYTHON=/path/to/python3.12 test     another interpreter
#   make VENV=elsewhere test                 another place for the environment
VENV ?= .venv
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
BIN := $(VENV)/bin
# Not ".": ruff would take matchers/ruff.toml, which is ours, for its own settings.
CODE := src tests bench
export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: help demo test lint format proofs faults clean trust guarantees
.DEFAULT_GOAL := help

help:
	@echo "make demo    see it work on an example"
	@echo "make test    lint, types and tests"
	@echo "make proofs  boot real hosts and hold them to the REST contract (minutes)"
	@echo "make faults  fail or kill every call that writes, one by one (minutes)"
	@echo "make trust   every campaign of tests/trust, whole, and the page of guarantees (hours)"
	@echo "make lint    ruff and mypy"

demo: $(VENV)/.ready
	@bash examples/demo.sh

test: lint
	@$(BIN)/python -m pytest -m "not proof"

lint: $(VENV)/.ready
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy

format: $(VENV)/.ready
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

proofs: $(VENV)/.ready
	@$(BIN)/python -m pytest -m proof -rs tests/proofs

faults: $(VENV)/.ready
	@PYTHONPATH=tests:tests/unit $(BIN)/python -m faults --figures docs/figures

trust: $(VENV)/.ready
	@PYTHONPATH=tests $(BIN)/python -m trust.guarantees --run

guarantees: $(VENV)/.ready
	@PYTHONPATH=tests $(BIN)/python -m trust.guarantees

$(VENV)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none is on PATH; make PYTHON=… names one" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu install its python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev --group proofs
	@touch $@

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache build dist
