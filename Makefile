# Samsyn's commands: `make` alone lists them.
# Nothing is installed outside this folder: the project lives in .venv, the tool that fills it in .tools.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

UV_VERSION := 0.13.8
UV := .tools/bin/uv
UV_READY := .tools/uv-$(UV_VERSION)
READY := .venv/.ready

export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Any environment that happens to be active has no say here.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME CONDA_PREFIX

# The first Python on the path that is new enough and can make an environment with pip in it.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTHON_FITS := import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
NO_PYTHON := Samsyn needs Python 3.11 or later with its venv module: install it \
	(on Debian and Ubuntu: apt-get install python3-venv) and run make again.

.PHONY: help
help: ## List these targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: setup
setup: $(READY) ## Make the environment .venv with everything that the lock file names

$(UV_READY):
	@for candidate in $(PYTHONS); do \
		if "$$candidate" -c '$(PYTHON_FITS)' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$${python:-}" ]; then echo '$(NO_PYTHON)' >&2; exit 1; fi; \
	"$$python" -m venv --clear .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
	@touch $@

# uv reads no pip settings: where the machine has set an index for pip alone, uv is told of it.
# The lock file names no index; every archive is checked against its hash.
$(READY): $(UV_READY) pyproject.toml uv.lock
	@[ -n "$${HOME:-}" ] || export UV_CACHE_DIR=$(CURDIR)/.tools/cache; \
	if [ -z "$${UV_DEFAULT_INDEX:-}$${UV_INDEX_URL:-}" ]; then \
		index=$$(.tools/bin/python -m pip config get global.index-url 2>/dev/null || true); \
		if [ -n "$${PIP_INDEX_URL:-$$index}" ]; then export UV_DEFAULT_INDEX="$${PIP_INDEX_URL:-$$index}"; fi; \
	fi; \
	[ -x .venv/bin/python ] || $(UV) venv --quiet --clear --python .tools/bin/python .venv; \
	$(UV) export --quiet --frozen --all-groups --all-extras --no-emit-project \
		--format requirements-txt --output-file .tools/requirements.txt; \
	$(UV) pip sync --quiet --python .venv/bin/python --require-hashes .tools/requirements.txt; \
	$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: run
run: setup ## Measure the segregation in the example file and print the result
	@echo 'Residential segregation between Swedish and foreign background in three municipalities'
	@echo 'of examples/vattland.csv: dissimilarity and isolation with 95 % bootstrap intervals.'
	@echo
	@.venv/bin/samsyn measure examples/vattland.csv --unit area --region municipality \
		--groups swedish_background,foreign_background --group foreign_background \
		--index dissimilarity,isolation --interval bootstrap --seed 1

.PHONY: test
test: setup ## Run the tests, in random order, with warnings as errors
	@.venv/bin/pytest -n auto

.PHONY: check
check: setup ## Lint, look at format, types and the floors; change nothing
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

.PHONY: format
format: setup ## Put the code into the agreed form and mend what can be mended safely
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

.PHONY: bench
bench: setup ## Time Samsyn against its peers (takes long; makes .bench for the peers)
	@.venv/bin/python -m benchmarks

# The host goes, the path and the hash stay: the file is the same wherever it was made.
.PHONY: lock
lock: $(UV_READY) ## Resolve the dependencies anew, within pyproject.toml, and write uv.lock
	@$(UV) lock --upgrade
	@sed -i -E 's#https://[^/"]+/#https://registry.invalid/#g' uv.lock

.PHONY: clean
clean: ## Remove the environments and what the tools left behind
	@rm -rf .venv .tools .bench build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
