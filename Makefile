# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Everything that these targets create lies in .venv/ and .build/ (and .simulator/), and `make clean` removes it.
# PYTHON: the interpreter for .venv, found when not given. JOBS: how many steps run side by side.

VENV := .venv
RUN := $(VENV)/bin/python -m tests.tools
JOBS ?= 2
CORE ?=
SCENARIO ?=
TARGET ?=
TESTS ?=
export JOBS

.DEFAULT_GOAL := help
.PHONY: help test test-fast demo simulator units coverage lint format types sanity integration molecule docs-lint importer \
        changelog build clean

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

test: $(VENV)/ready ## Everything that must hold, under every ansible-core line that has an interpreter here
	@$(RUN) test

test-fast: $(VENV)/ready ## Units on one interpreter, formatting, lint and types
	@$(RUN) test-fast

demo: $(VENV)/ready ## Watch a multi-CDN origin converge against the simulator
	@$(VENV)/bin/python tests/demo/demo.py

simulator: $(VENV)/ready ## Run the simulator until Ctrl-C; prints its address and a ready .edgerc
	@$(VENV)/bin/python tests/simulator serve --folder .simulator

units: $(VENV)/ready ## Unit tests; TESTS="tests/unit/... -k ..." picks some, CORE=2.16 uses ansible-test
	@$(RUN) units $(if $(CORE),--core $(CORE)) -- $(TESTS)

coverage: $(VENV)/ready ## Unit tests with branch coverage of plugins/, 90 % or more
	@$(RUN) step coverage

lint: $(VENV)/ready ## ruff, yamllint and ansible-lint
	@$(RUN) step format lint yaml ansible-lint

format: $(VENV)/ready ## Rewrite Python files the way `make lint` wants them
	@$(VENV)/bin/ruff check --quiet --fix-only . && $(VENV)/bin/ruff format .

types: $(VENV)/ready ## mypy on plugins/module_utils
	@$(RUN) step types

sanity: $(VENV)/ready ## ansible-test sanity; CORE=2.19 picks one ansible-core line
	@$(RUN) sanity $(if $(CORE),--core $(CORE))

integration: $(VENV)/ready ## Integration targets against a simulator; TARGET="msl_origin ..." and CORE=2.19 pick some
	@$(RUN) integration $(if $(CORE),--core $(CORE)) -- $(TARGET)

molecule: $(VENV)/ready ## Molecule scenarios; SCENARIO=multi_cdn_origin picks one
	@$(RUN) molecule -- $(SCENARIO)

docs-lint: $(VENV)/ready ## antsibull-docs on the plugins' documentation
	@$(RUN) step docs

changelog: $(VENV)/ready ## antsibull-changelog on the fragments
	@$(RUN) step changelog

importer: $(VENV)/ready ## Galaxy's importer on the built tarball
	@$(RUN) step importer

build: $(VENV)/ready ## Build the collection's tarball here
	@$(RUN) build

clean: ## Remove everything that was created
	rm -rf $(VENV) .build .simulator .mypy_cache .pytest_cache .ruff_cache tests/output

# pip takes a group from pyproject.toml since 25.1, and older interpreters bring an older pip.
$(VENV)/ready: pyproject.toml
	@python="$${PYTHON:-$$(sh tests/tools/find_python.sh)}" && test -n "$$python" && \
	echo "Preparing $(VENV) with $$python (about a minute)" && \
	"$$python" -m venv --clear $(VENV) && \
	$(VENV)/bin/python -m pip install -qq --disable-pip-version-check \
	    "$$(sed -n 's/^bootstrap = \["\(.*\)"\]/\1/p' pyproject.toml)" && \
	$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --group tools && \
	touch $@
