# `make` alone lists what there is. Set-up happens by itself, from the lock, with uv where it is found and pip otherwise.

VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := .venv-benchmarks
PEERS_READY := $(PEERS)/.ready
PEERS_LOCK := benchmarks/requirements-benchmarks.lock
FUZZ := .venv-fuzz
FUZZ_READY := $(FUZZ)/.ready
FUZZ_LOCK := benchmarks/requirements-fuzz.lock
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-19s %s\n", $$1, $$2}'

.PHONY: run
run: $(READY) ## set up, and build raw/sample into processed/ as a Prefect flow
	$(BIN)/archive-listings build --prefect --raw raw/sample --processed processed

.PHONY: test
test: $(READY) ## set up, and pass every check: style, types, all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

.PHONY: check
check: test ## the same as test: all that runs on every submission

.PHONY: test-fast
test-fast: $(READY) ## the tests that start no Prefect server
	$(BIN)/pytest -n 2 --dist loadfile -m "not flow"

.PHONY: torture
torture: $(READY) ## killed, failing, raced, rotten and shuffled in full (ten minutes); writes docs/torture.md
	ARCHIVE_LISTINGS_TORTURE=docs/torture.md $(BIN)/pytest tests/release

.PHONY: test-schedule
test-schedule: $(READY) ## a Prefect server, workers and times that come, killed at work (ten minutes)
	ARCHIVE_LISTINGS_SCHEDULE=1 $(BIN)/pytest tests/flows/test_schedule.py

.PHONY: bench
bench: $(READY) ## throughput on 100,000 generated entries, beside the limit measured in the same run
	$(BIN)/python benchmarks/throughput.py

.PHONY: bench-incremental
bench-incremental: $(READY) ## builds that find nothing new, or one page in a hundred, beside the first one
	$(BIN)/python benchmarks/incremental.py --stages

.PHONY: bench-deduplication
bench-deduplication: $(READY) $(PEERS_READY) ## deduplication beside other systems, 100,000 labelled records; options in OPTIONS="--noise hard"
	$(BIN)/python benchmarks/deduplication.py $(OPTIONS)

.PHONY: bench-titles
bench-titles: $(READY) $(PEERS_READY) ## what titles say, beside spaCy and a plain expression, on titles labelled by hand
	$(BIN)/python benchmarks/titles.py $(or $(OPTIONS),$(wildcard tests/titles/labelled/*.jsonl))

.PHONY: bench-web-archive
bench-web-archive: $(READY) ## reading a made web archive of 2 GB beside warcio alone; options in OPTIONS="--gzip"
	$(BIN)/python benchmarks/web_archive.py $(OPTIONS)

.PHONY: mutate
mutate: $(READY) ## a sample of small faults put into a room, and how many the tests find; OPTIONS="--room deduplicate --count 100"
	$(BIN)/python benchmarks/mutation.py $(OPTIONS)

.PHONY: fuzz
fuzz: $(READY) ## 100,000 mutated files, each read twice: nothing raised, no line lost; options in OPTIONS="--count 5000"
	$(BIN)/python benchmarks/fuzz.py $(OPTIONS)

.PHONY: fuzz-coverage
fuzz-coverage: $(FUZZ_READY) ## ten minutes of files changed towards code that none has reached, by atheris; needs Linux
	$(FUZZ)/bin/python benchmarks/fuzz_coverage.py $(OPTIONS)

.PHONY: setup-benchmarks
setup-benchmarks: $(PEERS_READY) ## set up .venv-benchmarks with what only a benchmark needs, from its own lock

.PHONY: docs
docs: $(READY) ## write processed/README.md and docs/problems.md anew from the declarations
	$(BIN)/python -m pipelines.documentation

.PHONY: golden
golden: $(READY) ## write the expected readings in tests/golden anew; read the diff before you commit it
	$(BIN)/pytest tests/test_golden.py --update-golden

.PHONY: setup
setup: $(READY) ## set up .venv from the lock

.PHONY: lock
lock: ## resolve requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-annotate --group dev --python-version 3.11 \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock

.PHONY: lock-benchmarks
lock-benchmarks: ## resolve the lock of .venv-benchmarks anew, with the versions of requirements.lock (needs uv)
	uv pip compile --universal --generate-hashes --no-annotate --python-version 3.11 --constraints requirements.lock \
	  --custom-compile-command "make lock-benchmarks" benchmarks/requirements-benchmarks.in -o $(PEERS_LOCK)

.PHONY: lock-fuzz
lock-fuzz: ## resolve the lock of .venv-fuzz anew (needs uv)
	uv pip compile --universal --generate-hashes --no-annotate --python-version 3.11 \
	  --custom-compile-command "make lock-fuzz" benchmarks/requirements-fuzz.in -o $(FUZZ_LOCK)

.PHONY: clean
clean: ## remove the virtual environments and caches; raw and processed stay
	rm -rf $(VENV) $(PEERS) $(FUZZ) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The lock holds hashes for everything, the build backend included, so nothing unlocked is fetched but setuptools, with which
# one part of a test tool is built that has no wheel (jsonpath-rw, for mlcroissant). Where uv is found and
# cannot do it (a proxy with a certificate of its own), pip does. Bytecode is compiled once: without it imports cost several
# times more.
WITH_UV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV) \
	&& $(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock \
	&& $(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
WITH_PIP = $(PYTHON) -m venv --clear $(VENV) \
	&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock \
	&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

$(READY): requirements.lock pyproject.toml
	$(if $(UV),$(WITH_UV) || { $(WITH_PIP); },$(WITH_PIP))
	$(BIN)/python -m compileall -q $(VENV)/lib pipelines schemas
	@touch $(READY)

PEERS_WITH_UV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(PEERS) \
	&& $(UV) pip sync --quiet --require-hashes --python $(PEERS)/bin/python $(PEERS_LOCK)
PEERS_WITH_PIP = $(PYTHON) -m venv --clear $(PEERS) \
	&& $(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(PEERS_LOCK)

$(PEERS_READY): $(PEERS_LOCK)
	$(if $(UV),$(PEERS_WITH_UV) || { $(PEERS_WITH_PIP); },$(PEERS_WITH_PIP))
	$(PEERS)/bin/python -m compileall -q $(PEERS)/lib
	@touch $(PEERS_READY)

FUZZ_WITH_UV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(FUZZ) \
	&& $(UV) pip sync --quiet --require-hashes --python $(FUZZ)/bin/python requirements.lock $(FUZZ_LOCK)
FUZZ_WITH_PIP = $(PYTHON) -m venv --clear $(FUZZ) \
	&& $(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock -r $(FUZZ_LOCK)

$(FUZZ_READY): requirements.lock $(FUZZ_LOCK)
	$(if $(UV),$(FUZZ_WITH_UV) || { $(FUZZ_WITH_PIP); },$(FUZZ_WITH_PIP))
	@touch $(FUZZ_READY)
