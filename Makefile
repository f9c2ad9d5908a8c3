# Everything one does with Lambdesk. `make` alone lists it. Needs Python 3.11 and the package registries; the rest it
# installs (infra/machine.sh).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PYTHON := .venv/bin/python
INSTALLED := .venv/requirements-dev.txt
# Three to two cores: a third of the time goes into waiting for a server.
SHARED := -n 3 --dist loadfile --no-loadscope-reorder

# Chalice and botocore want a region even where they call nothing. Everything local is eu-central-1.
export AWS_DEFAULT_REGION ?= eu-central-1
export PYTHONUNBUFFERED := 1

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(INSTALLED) ## run everything on this machine (PORT=8000, ENGINE=moto|dynamodb-local, DEMO=0, RELOAD=1)
	@if [ "$${ENGINE:-}" = dynamodb-local ]; then infra/machine.sh java npm; fi
	@exec $(PYTHON) -m infra.local

.PHONY: test
test: $(INSTALLED) tools ## pass the tests
	@$(PYTHON) -m pytest -m "not long" $(SHARED) $(ARGS)

.PHONY: test-all
test-all: $(INSTALLED) tools ## pass the tests, those that take longer included
	@$(PYTHON) -m pytest $(SHARED) $(ARGS)

.PHONY: check
check: $(INSTALLED) ## lint, types, and the deployment template judged by cfn-lint and aws-sam-translator
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet || { echo "Not formatted; make fmt does it."; exit 1; }
	@.venv/bin/mypy
	@$(PYTHON) -m infra.package --check

.PHONY: advisories
advisories: $(INSTALLED) ## ask whether what is deployed has known weaknesses (needs PyPI itself, not a mirror)
	@$(PYTHON) -m venv .local/advisories && .local/advisories/bin/pip install --quiet pip-audit
	@.local/advisories/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt

.PHONY: fmt
fmt: $(INSTALLED) ## format the code, mend what a linter can mend
	@.venv/bin/ruff format --quiet
	@.venv/bin/ruff check --fix --quiet

.PHONY: package
package: $(INSTALLED) ## out/sam.yaml and out/deployment.zip, ready for aws cloudformation
	@$(PYTHON) -m infra.package out

.PHONY: bench
bench: $(INSTALLED) ## what requests, assignments and cold starts cost, as ratios and counts (bench/README.md)
	@$(PYTHON) -m bench $(ARGS)

.PHONY: replay
replay: $(INSTALLED) ## play 1,000 tickets of a help desk's log through each engine and recount (LOG=…)
	@infra/machine.sh java npm
	@for engine in moto dynamodb-local; do \
	    ENGINE=$$engine $(PYTHON) -m infra.replay --limit 1000 $(LOG) || exit; \
	done

.PHONY: replay-metrics
replay-metrics: $(INSTALLED) ## play the whole log on a clock that follows it and recount every figure (LOG=…)
	@LAMBDESK_LOG="$(or $(LOG),$(LAMBDESK_LOG),../shared/data/helpdesk-italy-2010-2014.csv.gz)" \
	    $(PYTHON) -m pytest --quiet --capture=sys --show-capture=no -k whole_real_log tests/e2e/test_metrics.py

.PHONY: lock
lock: $(INSTALLED) ## pin what requirements*.in ask for (ARGS=--upgrade: the newest)
	@for name in requirements requirements-dev; do \
	    CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(ARGS) \
	        --output-file $$name.txt $$name.in || exit; \
	done

.PHONY: clean
clean: ## remove what was made here, .venv and kept local data included
	rm -rf .venv .local out .chalice/deployments .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

.PHONY: tools
tools:
	@infra/machine.sh java npm clients chromium poppler

$(INSTALLED): requirements-dev.txt
	@infra/machine.sh venv
