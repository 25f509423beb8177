# contact-import: `make demo` shows it, `make test` proves it, `make` alone lists the rest.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check format sample large picture sources countries oracle fuzz campaign canary mutation bench bench-phones pins clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "contact-import needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.13" % sys.version.split()[0])'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## upload a messy list to the built-in sandbox: no account, nothing leaves this machine
	@rm -rf build/demo && mkdir -p build/demo
	$(BIN)/contact-import inspect sample_data/messy.csv --country IN
	@echo
	$(BIN)/contact-import upload sample_data/messy.csv --country IN --sandbox $(DEMO) || test $$? -eq 3
	@echo
	cat build/demo/messy-failures.csv
	@echo
	$(BIN)/contact-import sandbox --list --state-dir build/demo/state

DEMO := --state-dir build/demo/state --failures build/demo/messy-failures.csv

test: $(READY) ## set up, then run the whole suite
	$(BIN)/pytest -n auto --dist worksteal

check: $(READY) ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY) ## put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

sample: $(READY) ## write the files of sample_data/ anew
	$(BIN)/python sample_data/build.py

ROWS ?= 100000
large: $(READY) ## write build/large.csv: ROWS=100000 made-up people with known truth
	@mkdir -p build
	$(BIN)/python sample_data/large.py $(ROWS) build/large.csv

picture: $(READY) ## draw docs/run.svg, the picture in the README, from a real run on a terminal
	$(BIN)/python docs/picture.py

sources: $(READY) ## write docs/sources.md from the table of known exports
	$(BIN)/python docs/sources.py > docs/sources.md

countries: $(READY) ## write the names of countries anew, from the installed phonenumbers
	$(BIN)/python tests/phones/country_names.py

oracle: $(READY) ## compare the phone engine with phonenumbers: NUMBERS=5000000 SEED=1
	$(BIN)/python tests/phones/oracle_campaign.py --numbers $(NUMBERS) --seed $(SEED)
	$(BIN)/python tests/phones/literals.py

fuzz: $(READY) ## feed CELLS=10000000 random cells to the phone room
	$(BIN)/python tests/phones/fuzz.py --cells $(CELLS) --seed $(SEED)

campaign: $(READY) ## kill it, cut its power, break its network, some thousand times: a quarter of an hour
	$(BIN)/python -m tests.campaign --seed $(SEED)

canary: $(READY) ## run the whole suite, then look for its tokens in every byte that it left
	$(BIN)/python -m tests.campaign.canary

mutation: $(READY) ## plant small mistakes in the core, one at a time: do the tests see each?
	$(BIN)/python -m tests.campaign.mutation

bench: bench-phones ## every ratio: phones beside phonenumbers, workbooks beside calamine
	$(BIN)/python benchmarks/workbook.py

bench-phones: $(READY) ## how many times faster than phonenumbers alone, in one run
	$(BIN)/python benchmarks/phones.py

NUMBERS ?= 5000000
CELLS ?= 10000000
SEED ?= 1

clean: ## remove everything that make made
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

pins: ## resolve requirements-dev.txt anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev pyproject.toml -o requirements-dev.txt
