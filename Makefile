# Everything is done by tools/house.py; this finds a Python for it. `make` alone lists what there is.

.DEFAULT_GOAL := help
.PHONY: help run dev setup test lint test-sqlite test-postgres test-browser bench bench-answers \
	bench-search figures scan screenshots guide-screenshots messages format pins clean

# Options for what is started, as in: make bench ARGS="--people 1000"
ARGS ?=

ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$name"; break; }; done)
endif

define HOUSE
@if [ -z "$(PYTHON)" ]; then \
	echo "Python 3.11 or newer is needed, and was not found." >&2; \
	echo "Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python)," >&2; \
	echo "or name the one you have: make $@ PYTHON=/path/to/python3" >&2; \
	exit 1; \
fi; exec $(PYTHON) -m tools.house
endef

help: ## list what there is
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*##/\t/' | expand -t 16

run: ## the site with its demo, on HOST:PORT (127.0.0.1:8000)
	$(HOUSE) run

dev: ## the same with Django's own server, which reloads
	$(HOUSE) dev

setup: ## only set up: packages, front end, database
	$(HOUSE) setup

test: ## all checks and tests, on SQLite, on PostgreSQL, in Chromium
	$(HOUSE) test

lint: ## the checks alone
	$(HOUSE) test lint

test-sqlite: ## the tests on SQLite alone
	$(HOUSE) test sqlite

test-postgres: ## the tests on PostgreSQL alone
	$(HOUSE) test postgres

test-browser: ## the journeys in Chromium alone
	$(HOUSE) test browser

bench: ## figures of pages with 1.4 million enrolments
	$(HOUSE) bench $(ARGS)

bench-answers: ## many people in one quiz at once, and every answer read back
	$(HOUSE) bench-answers $(ARGS)

figures: ## Lighthouse, HTML and weight of the demo's pages
	$(HOUSE) figures $(ARGS)

bench-search: ## searching among 20,000 pages, how long and how good
	$(HOUSE) bench-search $(ARGS)

scan: ## attack the demo with wapiti (ARGS="--seconds 60": for each person)
	$(HOUSE) scan $(ARGS)

screenshots: ## the pictures of the README (ARGS="--all FOLDER": every page)
	$(HOUSE) screenshots $(ARGS)

guide-screenshots: ## the pictures of the editors' guide (ARGS="--base ADDRESS": of a demo that runs)
	$(HOUSE) guide-screenshots $(ARGS)

messages: ## find texts to translate, compile, and tell what lacks Dutch
	$(HOUSE) messages

format: ## put the code in its fixed form
	$(HOUSE) format

pins: ## pin requirements anew (UPGRADE=1: to newer versions)
	$(HOUSE) pins

clean: ## remove what was built, keep the data in var/
	$(HOUSE) clean
