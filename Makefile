# Everything a newcomer needs: `make run` and `make test`. Needs Python 3.11 or later, git and make.
# The project lives in .venv, the tool that fills it in .tools, what its pages are bundled from in
# frontend/node_modules. Nothing is installed outside this folder but the browser, the database and
# the office of the tests, which root gets as Debian's packages and everybody else is told of.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

UV := .tools/bin/uv
UV_VERSION := 0.13.8
UV_READY := .tools/.uv-$(UV_VERSION)
SYNCED := .venv/.synced
MODULES := frontend/node_modules/.installed
BUNDLES := src/samsyn/site/static/bundles/manifest.json

export UV_PYTHON_DOWNLOADS := never
# An environment that happens to be active has no say here.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

# The first Python on PATH that is new enough and can make an environment with pip in it.
define FIND_PYTHON
find_python() { \
	for name in python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then echo "$$name"; return; fi; \
	done; }
endef
NO_PYTHON := Samsyn needs Python 3.11 or later with its venv module, and found none on PATH: \
	install it (on Debian and Ubuntu: apt-get install python3-venv) and run make again.

.PHONY: help setup bundles translations run test check chromium postgresql libreoffice format bench lock upgrade clean

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(SYNCED) ## Set up .venv with everything the project needs

$(UV_READY):
	@$(FIND_PYTHON); \
	python=$$(find_python); \
	if [ -z "$$python" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq python3-venv || true; python=$$(find_python); \
	fi; \
	if [ -z "$$python" ]; then echo "$(NO_PYTHON)" >&2; exit 1; fi; \
	"$$python" -m venv --clear .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@touch $@

# The lock names no registry: versions and checksums come from it, the files from whichever
# registry this machine's clients use. uv reads no pip settings, so it is told of pip's index.
$(SYNCED): $(UV_READY) pyproject.toml uv.lock
	@[ -n "$${HOME:-}" ] || export UV_CACHE_DIR="$(CURDIR)/.tools/cache"; \
	index=$${PIP_INDEX_URL:-$$(.tools/bin/python -m pip config get global.index-url 2>/dev/null || true)}; \
	if [ -z "$${UV_DEFAULT_INDEX:-}$${UV_INDEX_URL:-}" ] && [ -n "$$index" ]; \
	then export UV_DEFAULT_INDEX="$$index"; fi; \
	[ -x .venv/bin/python ] || $(UV) venv --quiet --clear --python .tools/bin/python .venv; \
	$(UV) export --quiet --frozen --all-groups --all-extras --no-emit-project \
		--format requirements-txt --output-file .tools/requirements.txt >/dev/null; \
	$(UV) pip sync --quiet --require-hashes --python .venv/bin/python .tools/requirements.txt; \
	$(UV) pip install --quiet --no-deps --no-build-isolation --python .venv/bin/python --editable .
	@touch $@

# Node is one of .venv's packages. Its lock names no registry either.
NPM = cd frontend && { [ -n "$${HOME:-}" ] || export npm_config_cache="$(CURDIR)/.tools/npm"; } && \
	PATH="$(CURDIR)/.venv/bin:$$PATH" npm --loglevel=error

$(MODULES): frontend/package.json frontend/package-lock.json frontend/.npmrc | $(SYNCED)
	@$(NPM) ci >/dev/null
	@touch $@

$(BUNDLES): $(MODULES) frontend/build.mjs frontend/tsconfig.json $(shell find frontend/src)
	@$(NPM) run --silent build >/dev/null

bundles: setup $(BUNDLES) ## Bundle frontend/ into the static files of the site, where it has changed

TRANSLATED := .tools/.translated
$(TRANSLATED): $(SYNCED) $(shell find src/samsyn -name '*.po')
	@.venv/bin/python -c 'from samsyn.site.translations import compile_all; compile_all()'
	@touch $@

translations: setup ## Find what the pages say and write it into the translations, saying what lacks
	@.venv/bin/python -m samsyn.site.translations

# The demonstration: a made-up county, built into a release of its own.
DEMO := .demo
PORT ?= 8000
run $(DEMO)/.built $(DEMO)/.worked: export SAMSYN_STORE := $(CURDIR)/$(DEMO)/store
# What people write in the demonstration is no business of an installation of one's own.
run $(DEMO)/.worked: export SAMSYN_WORK := $(CURDIR)/$(DEMO)/work
run $(DEMO)/.worked: export SAMSYN_DATABASE :=

$(DEMO)/.built: $(SYNCED) $(wildcard src/samsyn/statistics/demonstration/*.py)
	@rm -rf $(DEMO)/vattland $(DEMO)/store
	@echo 'Building a release of the demonstration data (a made-up county) ...'
	@.venv/bin/samsyn demo-data $(DEMO)/vattland >/dev/null
	@.venv/bin/samsyn release build $(DEMO)/vattland --name demo >/dev/null
	@touch $@

# What it says is told again each time: whom one can log in as.
$(DEMO)/.worked: $(DEMO)/.built $(SYNCED)
	@mkdir -p $(DEMO)
	@echo 'Loading what people of the made-up county would have written ...'
	@.venv/bin/samsyn demo-work >$@.new
	@mv $@.new $@

run: setup $(BUNDLES) $(TRANSLATED) $(DEMO)/.worked ## Serve the site with a made-up county, at port 8000 or PORT
	@sed -n '/^Log in/,$$p' $(DEMO)/.worked
	@echo 'The work is at http://127.0.0.1:$(PORT)/arbete/'
	@.venv/bin/samsyn serve --port $(PORT)

# $(call DEBIAN,package,what it is,test whether it is there): where a program is missing, root gets
# Debian's package and others are told. Tests without it are skipped, but on a build server.
define DEBIAN
	@if $(3); then :; elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing the package $(1), for the tests ...'; \
		export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get update -qq -o DPkg::Lock::Timeout=300 && apt-get install -qq --no-install-recommends \
			-o DPkg::Lock::Timeout=300 $(1); } >/dev/null; \
	else \
		echo '$(2) is missing, and tests need it: install it' \
			'(on Debian and Ubuntu: apt-get install $(1)) and run make again.' >&2; \
		[ -z "$${CI:-}" ]; \
	fi
endef

chromium: ## Install the browser that the tests drive, where it is missing
	$(call DEBIAN,chromium,Chromium,command -v chromium chromium-browser google-chrome >/dev/null)

postgresql: ## Install the PostgreSQL that the tests start, where it is missing
	$(call DEBIAN,postgresql,PostgreSQL,\
		command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1)

libreoffice: ## Install the LibreOffice that opens Word reports in the tests, where it is missing
	$(call DEBIAN,libreoffice-writer-nogui,LibreOffice,command -v soffice >/dev/null)

test: setup $(BUNDLES) $(TRANSLATED) chromium postgresql libreoffice ## Run every test, in random order
	@.venv/bin/python -m tests.on_postgresql -q tests/people tests/cycle -m django_db -n auto --dist loadfile \
		--ignore tests/people/keeping --ignore tests/people/test_migrations.py
	@.venv/bin/python -m pytest -q -n auto --dist loadfile

check: setup $(MODULES) ## Check style, types and the house's floors
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@$(NPM) run --silent check
	@.venv/bin/lint-imports --no-cache

format: setup ## Put the code in the house's form
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: setup ## Measure speed against named peers and write benchmarks/RESULTS.md
	@.venv/bin/python -m benchmarks

# In the lock, hosts give way to one that cannot exist: paths and checksums say what is meant.
STRIP_HOSTS = sed -E 's|https://[^/"]+/|https://registry.invalid/|g' uv.lock >.tools/uv.lock && mv .tools/uv.lock uv.lock

# Node comes with what uv.lock names, so the lock of frontend/ is written last.
lock: $(UV_READY) ## Write the locks anew after a change of what is needed, keeping versions that fit
	@$(UV) lock
	@$(STRIP_HOSTS)
	@$(MAKE) --no-print-directory setup
	@$(NPM) install --package-lock-only >/dev/null

upgrade: $(UV_READY) ## Choose the newest versions that are allowed and write the locks
	@$(UV) lock --upgrade
	@$(STRIP_HOSTS)
	@$(MAKE) --no-print-directory setup
	@$(NPM) update --package-lock-only >/dev/null

clean: ## Remove what make has made
	rm -rf .venv .tools .bench .demo frontend/node_modules $(dir $(BUNDLES)) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
