# Everything a newcomer needs: `make run` and `make test`. Needs Python 3.11 or later, git and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

UV := .tools/bin/uv
UV_VERSION := 0.13.8
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v $$p; break; }; done)
SYNCED := .venv/.synced

export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

.PHONY: help setup run test check format bench lock clean

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(SYNCED) ## Set up .venv with everything the project needs

$(UV):
	@test -n "$(PYTHON)" || { echo "Samsyn needs Python 3.11 or later; none was found on PATH. Install it (on Debian and Ubuntu: apt-get install python3 python3-venv) and run make again." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq python3-venv; \
		else echo "Python's venv module is missing. Install it (on Debian and Ubuntu: apt-get install python3-venv) and run make again." >&2; exit 1; fi; }
	@"$(PYTHON)" -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

# The lock names no registry: versions and checksums come from it, the files from whichever
# registry this machine's clients use.
$(SYNCED): $(UV) pyproject.toml uv.lock
	@test -x .venv/bin/python || $(UV) venv --quiet --python "$(PYTHON)" .venv
	@$(UV) export --quiet --frozen --all-groups --all-extras --no-emit-project --format requirements-txt --output-file .tools/requirements.txt >/dev/null
	@$(UV) pip sync --quiet --require-hashes --python .venv/bin/python .tools/requirements.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python .venv/bin/python --editable .
	@touch $@

run: setup ## Measure a small example and print the result
	.venv/bin/samsyn measure examples/vattland.csv --unit area --region municipality \
		--groups swedish_background,foreign_background --group foreign_background \
		--index dissimilarity,isolation --interval bootstrap --seed 1

test: setup ## Run every test
	@.venv/bin/python -m pytest -q -n auto

check: setup ## Check style, types and the house's floors
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

format: setup ## Put the code in the house's form
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: setup ## Measure speed against named peers and write benchmarks/RESULTS.md
	@.venv/bin/python -m benchmarks

lock: $(UV) ## Choose versions anew and write uv.lock
	@$(UV) lock --upgrade
	@sed -i -E 's#https://[^/"]+/#https://registry.invalid/#' uv.lock

clean: ## Remove what make has made
	rm -rf .venv .tools .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
