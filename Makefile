# Everything one does with Lambdesk. `make` alone lists it. Needs Python 3.11 and the package registries; the rest it
# installs (infra/machine.sh).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PYTHON := .venv/bin/python
# What running needs, and what tests and checks need besides.
RUNNING := .venv/requirements-run.txt
TESTING := .venv/requirements-dev.txt
BY_FILE := --dist loadfile --no-loadscope-reorder
# Three to two cores: a third of the time goes into waiting for a server.
SHARED := -n 3 $(BY_FILE)

# Chalice and botocore want a region even where they call nothing. Everything local is eu-central-1.
export AWS_DEFAULT_REGION ?= eu-central-1
export PYTHONUNBUFFERED := 1

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(RUNNING) ## run everything on this machine (PORT=8000, ENGINE=moto|dynamodb-local, DEMO=1|small|0, RELOAD=1, WEB=dev)
	@if [ "$${ENGINE:-}" = dynamodb-local ]; then infra/machine.sh java npm; fi
	@exec $(PYTHON) -m infra.local

# Two: these wait for nothing, and each worker would collect them all again.
.PHONY: unit
unit: $(TESTING) ## the rules alone, in seconds
	@$(PYTHON) -m pytest -q -m "not long" -n 2 $(BY_FILE) tests/unit $(ARGS)

.PHONY: test
test: check web tools ## pass the tests, the checks first
	@$(PYTHON) -m pytest -m "not long" $(SHARED) $(ARGS)

.PHONY: test-all
test-all: check web tools ## pass the tests, those that take longer included, in random order
	@$(PYTHON) -m pytest --random-order $(SHARED) $(ARGS)

.PHONY: pr
pr: check unit test ## all that a change has to pass, what is quick first

.PHONY: check
check: $(TESTING) site ## lint, types; the template, the forge's files and the documents' links judged
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet || { echo "Not formatted; make fmt does it."; exit 1; }
	@.venv/bin/mypy
	@told=$$(.venv/bin/lint-imports --no-logo --no-cache) || { echo "$$told"; exit 1; }
	@$(PYTHON) -m tests.names
	@$(PYTHON) -m infra.openapi | cmp -s - web/openapi.json || { echo "web/openapi.json is old; make types makes it."; exit 1; }
	@$(PYTHON) -m infra.package --check
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms \
	    $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	@.venv/bin/zizmor --offline --quiet --no-progress .github

.PHONY: web
web: $(RUNNING) ## the web client: lint, types, unit tests
	@$(PYTHON) -m infra.web check

.PHONY: types
types: $(TESTING) ## the API's document and the web client's types made of it
	@$(PYTHON) -m infra.openapi web/openapi.json
	@$(PYTHON) -m infra.web types

.PHONY: shots
shots: $(RUNNING) ## pictures of every page of the web client, of a runner at URL=…, in .local/shots
	@URL="$(or $(URL),http://127.0.0.1:$(or $(PORT),8000))" $(PYTHON) -m infra.web shots

.PHONY: advisories
advisories: $(TESTING) ## ask whether what is deployed has known weaknesses (needs PyPI itself, not a mirror)
	@$(PYTHON) -m venv .local/advisories && .local/advisories/bin/pip install --quiet pip-audit
	@.local/advisories/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt

.PHONY: checkov
checkov: .local/checkov/installed.txt ## judge the template by checkov; what it asks and we don't do stands in .checkov.yaml with the reason
	@$(PYTHON) -m infra.package --resources .local/resources.json
	@.local/checkov/bin/checkov --config-file .checkov.yaml --file .local/resources.json

.PHONY: mutate
mutate: .local/mutate/installed.txt ## change the rules place by place: does a test notice? (half an hour; ARGS=lifecycle for some)
	@$(PYTHON) -m tests.mutants $(ARGS)

.PHONY: coverage
coverage: .local/coverage/installed.txt ## which lines and branches of the rules and services no test of tests/unit or tests/integration runs
	@export PYTHONPATH=$$(echo $(CURDIR)/.local/coverage/lib/python3*/site-packages) COVERAGE_FILE=.local/coverage/data; \
	$(PYTHON) -m coverage run --branch --source chalicelib -m pytest -q -n 0 -m "not long" $(or $(ARGS),tests/unit tests/integration); passed=$$?; \
	$(PYTHON) -m coverage report --skip-covered --sort miss --show-missing && exit $$passed

.PHONY: site
site: .local/site/installed.txt ## the documents as pages in .local/site-built; a link that leads nowhere is an error
	@NO_MKDOCS_2_WARNING=1 .local/site/bin/mkdocs build --strict --quiet

.PHONY: fmt
fmt: $(TESTING) ## format the code, mend what a linter can mend
	@.venv/bin/ruff format --quiet
	@.venv/bin/ruff check --fix --quiet

.PHONY: package
package: $(TESTING) ## out/sam.yaml and out/deployment.zip, ready for aws cloudformation
	@$(PYTHON) -m infra.package out

.PHONY: deploy
deploy: $(TESTING) ## a help desk in your AWS account (ARGS='--plan --region …'; docs/deploy.md)
	@$(PYTHON) -m infra.deploy $(ARGS)

.PHONY: destroy
destroy: $(RUNNING) ## takes a stack away; what people wrote stays unless told (ARGS='--stack …')
	@$(PYTHON) -m infra.destroy $(ARGS)

.PHONY: bench
bench: $(TESTING) ## what requests, assignments and cold starts cost, as ratios and counts (bench/README.md)
	@$(PYTHON) -m bench $(ARGS)

.PHONY: replay
replay: $(RUNNING) ## play 1,000 tickets of a help desk's log through each engine and recount (LOG=…)
	@infra/machine.sh java npm
	@for engine in moto dynamodb-local; do \
	    ENGINE=$$engine $(PYTHON) -m infra.replay --limit 1000 $(LOG) || exit; \
	done

.PHONY: replay-metrics
replay-metrics: $(TESTING) ## play the whole log on a clock that follows it and recount every figure (LOG=…)
	@LAMBDESK_LOG="$(or $(LOG),$(LAMBDESK_LOG),../shared/data/helpdesk-italy-2010-2014.csv.gz)" \
	    $(PYTHON) -m pytest --quiet --capture=sys --show-capture=no -k whole_real_log tests/e2e/test_metrics.py

.PHONY: lock
lock: $(TESTING) ## pin what requirements*.in ask for (ARGS=--upgrade: the newest)
	@for name in infra/uv infra/node infra/checkov infra/coverage infra/mutate infra/site requirements requirements-run requirements-dev; do \
	    .venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	        --no-emit-find-links --custom-compile-command "make lock" $(ARGS) --output-file $$name.txt $$name.in || exit; \
	done

.PHONY: clean
clean: ## remove what was made here, .venv and kept local data included
	rm -rf .venv .local out .chalice/deployments .pytest_cache .mypy_cache .ruff_cache .hypothesis web/dist web/node_modules web/checks/node_modules
	find . -name __pycache__ -prune -exec rm -rf {} +

.PHONY: tools
tools:
	@infra/machine.sh java npm clients chromium poppler

# A tool in an environment of its own: what it needs doesn't go with the rest.
.local/%/installed.txt: infra/%.txt | $(TESTING)
	@.venv/bin/uv venv --quiet --clear --python $(PYTHON) .local/$*
	@.venv/bin/uv pip install --quiet --require-hashes --python .local/$*/bin/python -r $<
	@cp $< $@

$(RUNNING): requirements-run.txt infra/uv.txt
	@infra/machine.sh running

$(TESTING): requirements-dev.txt requirements-run.txt infra/uv.txt
	@infra/machine.sh testing
