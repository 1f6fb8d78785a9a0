# Each target is one or two lines that can be typed without make, too; CONTRIBUTING.md prints them.
# .venv is made by the first target that needs it; the stamps in it say what was installed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-rekap page test golden bench clean

# The first Python on this machine that is new enough; `make PYTHON=/path/to/python` chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && command -v $$python && break; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Tests import from each other as from a package; benchmarks are scripts.
TYPED := MYPYPATH=tests:benchmarks $(BIN)/mypy --explicit-package-bases

help:  ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

demo: .venv/runtime.stamp  ## build the Lahat workbook, and its PDF where LibreOffice is there
	@mkdir -p demo
	@if command -v soffice >/dev/null || command -v libreoffice >/dev/null; then pdf=--pdf; \
	else echo "LibreOffice is not installed: the workbook is built without its PDF."; fi; \
	$(BIN)/rak --lang en build examples/lahat-2024.yaml -o demo/lahat-2024.xlsx --force $$pdf

demo-rekap: .venv/dev.stamp  ## 40 plausible offices with planted faults, added up to one recapitulation
	@rm -rf demo/rekap demo/rekap.xlsx
	@$(BIN)/python tools/many_offices.py demo/rekap
	@status=0; $(BIN)/rak consolidate demo/rekap -o demo/rekap.xlsx --expect demo/rekap-unit.csv \
	--exclude '*-konsep.*' || status=$$?; \
	test $$status -eq 4 || { echo "rak ended with $$status; 4 was expected, for the two damaged files" >&2; exit 1; }
	@echo "The recapitulation: demo/rekap.xlsx"

page: .venv/dev.stamp  ## make dist/rak.html, which needs nothing installed (node and npm are needed to make it)
	@$(BIN)/python tools/make_page.py

test: .venv/dev.stamp  ## all checks: lint, format, types, import contract, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TYPED) rak_excel tests tools benchmarks
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -rs -n 2 --dist loadfile

golden: .venv/dev.stamp  ## write the expected outputs anew; git shows what changed
	$(BIN)/python -m pytest --update

bench: .venv/dev.stamp  ## measure speed and memory against bare scripts
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/many.py

clean:  ## remove what was made here, except .venv
	rm -rf demo build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found; on Debian: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	echo "$(PYTHON) cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }

.venv/runtime.stamp: pyproject.toml | .venv/bin/python
	@test -e .venv/dev.stamp || echo "Installing rak into .venv ..."
	@$(INSTALL) --editable .
	@touch $@

.venv/dev.stamp: pyproject.toml | .venv/bin/python
	@echo "Installing rak and what its tests need into .venv ..."
	@$(INSTALL) --editable '.[dev]'
	@touch .venv/runtime.stamp $@
