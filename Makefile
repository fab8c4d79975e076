# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Everything that these targets create lies in .venv/ and .build/ (and .simulator/), and `make clean` removes it.
# PYTHON: the interpreter for .venv, found when not given. JOBS: how many steps run side by side.

VENV := .venv
RUN := $(VENV)/bin/python -m tests.tools
JOBS ?= 3
CORE ?=
SCENARIO ?=
TARGET ?=
TESTS ?=
BENCH ?=
MUTANTS ?=
export JOBS

.DEFAULT_GOAL := help
.PHONY: help test test-fast test-deep mutants demo pace bench simulator units plays coverage lint format types sanity integration \
        molecule docs-lint importer changelog build clean

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

test: venv ## Everything that must hold, under every ansible-core line that has an interpreter here
	@$(RUN) test

test-fast: venv ## Units on one interpreter, formatting, lint and types
	@$(RUN) test-fast

test-deep: venv ## The experiments of `make test` with many more examples (half an hour); not part of it
	@$(RUN) test-deep

mutants: venv ## Whether unit tests notice small changes to the engine, lifecycle and transport; MUTANTS="*converge*" picks some
	@$(RUN) mutants -- $(MUTANTS)

demo: venv ## Watch an origin for several CDNs, then a live event, converge against a simulator
	@$(VENV)/bin/python tests/demo/demo.py

pace: venv ## A loop of 60 tasks against a limit of 50 requests a minute (five minutes)
	@$(VENV)/bin/python tests/demo/pace.py

bench: venv ## Benchmarks (half an hour on a quiet machine); BENCH="--quick" for a short run, "--write" updates docs/performance.md
	@$(VENV)/bin/python -m tests.benchmarks.launch $(BENCH)

simulator: venv ## Run the simulator until Ctrl-C; prints its address and a ready .edgerc
	@$(VENV)/bin/python tests/simulator serve --folder .simulator

units: venv ## Unit tests; TESTS="tests/unit/... -k ..." picks some, CORE=2.16 uses ansible-test
	@$(RUN) units $(if $(CORE),--core $(CORE)) -- $(TESTS)

plays: venv ## Tests that run playbooks; CORE=2.19 picks one ansible-core line, TESTS="tests/plays/... -k ..." some tests
	@$(RUN) plays $(if $(CORE),--core $(CORE)) -- $(TESTS)

coverage: venv ## Unit tests with branch coverage of plugins/, 90 % or more
	@$(RUN) step coverage

lint: venv ## ruff, yamllint and ansible-lint
	@$(RUN) step format lint yaml ansible-lint

format: venv ## Rewrite Python files the way `make lint` wants them
	@$(VENV)/bin/ruff check --quiet --fix-only . && $(VENV)/bin/ruff format .

types: venv ## mypy on plugins/module_utils
	@$(RUN) step types

sanity: venv ## ansible-test sanity; CORE=2.19 picks one ansible-core line
	@$(RUN) sanity $(if $(CORE),--core $(CORE))

integration: venv ## Integration targets against a simulator; TARGET="msl_origin ..." and CORE=2.19 pick some
	@$(RUN) integration $(if $(CORE),--core $(CORE)) -- $(TARGET)

molecule: venv ## Molecule scenarios; SCENARIO=multi_cdn_origin picks one
	@$(RUN) molecule -- $(SCENARIO)

docs-lint: venv ## antsibull-docs on the plugins' documentation
	@$(RUN) step docs

changelog: venv ## antsibull-changelog on the fragments
	@$(RUN) step changelog

importer: venv ## Galaxy's importer on the built tarball
	@$(RUN) step importer

build: venv ## Build the collection's tarball here
	@$(RUN) build

clean: ## Remove everything that was created
	rm -rf $(VENV) .build .simulator .mypy_cache .pytest_cache .ruff_cache tests/output

# Looks by itself whether anything is to be done.
.PHONY: venv
venv:
	@sh tests/tools/prepare_venv.sh $(VENV)
