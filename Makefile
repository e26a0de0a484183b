# Run `make` to see the targets. They write to .venv, _build and the caches of tools only.

VENV = .venv
REQUIREMENTS = requirements.txt
OUT = _build
BIN = $(VENV)/bin
READY = $(VENV)/.ready
STRICT = -n -W --keep-going
SPHINX = $(BIN)/sphinx-build $(STRICT) -j auto $(SPHINXOPTS) -d $(OUT)/doctrees/$@
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

# The first of these that is new enough makes the environment.
PYTHON = python3 python3.13 python3.12 python3.11
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
VENV_PACKAGE = import sys; print("python{}.{}-venv".format(*sys.version_info))

.DEFAULT_GOAL = help
.DELETE_ON_ERROR:

.PHONY: help
help:
	@awk -F ':.*## ' '/^##@ / { print "\n" substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

$(READY): $(REQUIREMENTS)
	@for python in $(PYTHON); do $$python -c '$(NEW_ENOUGH)' 2>/dev/null && break; python=; done; \
	if test -z "$$python"; then \
	    echo 'make: this needs Python 3.11 or newer; where it is, say: make PYTHON=/path/to/python3'; \
	    exit 1; \
	fi >&2; \
	if ! $$python -c 'import ensurepip' 2>/dev/null; then \
	    echo "make: $$python lacks its venv module; run: sudo apt install $$($$python -c '$(VENV_PACKAGE)')"; \
	    exit 1; \
	fi >&2; \
	echo "Making $(VENV) with $$($$python --version); this takes a minute, once"; \
	$$python -m venv --clear $(VENV)
	@$(PIP) --require-hashes --requirement $(REQUIREMENTS)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

##@ The site
.PHONY: html live epub latex demo clean
html: $(READY) ## build the site into _build/html
	@$(SPHINX) -b $@ . $(OUT)/$@
	@$(BIN)/python -c 'from pathlib import Path; print("Open", Path("$(OUT)/$@/index.html").absolute().as_uri())'

live: $(READY) ## serve the site, and build it again after every change
	@$(BIN)/sphinx-autobuild -n -D confnotes_search=0 --ignore $(OUT) --re-ignore '/\.[^/]*$$|~$$' \
	    --open-browser $(SPHINXOPTS) -d $(OUT)/doctrees/$@ . $(OUT)/$@

epub: $(READY) ## build the site as a book for e-readers
	@$(SPHINX) -b $@ . $(OUT)/$@

latex: $(READY) ## write the site as LaTeX; then make -C _build/latex makes a PDF
	@$(SPHINX) -b $@ . $(OUT)/$@

SHARED = ../shared
DEMO = $(OUT)/demo
demo: $(READY) ## build a large site of the talks in ../shared/data, if that is at hand
	@test -e $(SHARED)/data/pyvideo-talks.jsonl.gz || \
	    { echo 'make: there is no $(SHARED)/data/pyvideo-talks.jsonl.gz; where it is, say: make demo SHARED=/path/to/shared' >&2; exit 1; }
	@$(BIN)/python -m tests.bench.demo $(DEMO)/notes $(SHARED)
	@$(BIN)/sphinx-build -q -j auto -c . -d $(DEMO)/doctrees $(SPHINXOPTS) $(DEMO)/notes $(DEMO)/html
	@$(BIN)/python -c 'from pathlib import Path; print("Open", Path("$(DEMO)/html/index.html").absolute().as_uri())'

clean: ## remove what was built
	@rm -rf $(OUT)

##@ The notes
.PHONY: check linkcheck
check: $(READY) ## report what is unclear or wrong in the notes
	@$(BIN)/confnotes check

linkcheck: STRICT = # only URLs fail it
linkcheck: $(READY) ## check the external links of the notes
	@$(SPHINX) -b $@ . $(OUT)/$@

##@ The code
.PHONY: test test-lowest pytest accuracy confidence name-model bench soak requirements
test: $(READY) ## check style and types, and run the tests
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

test-lowest: ## run the tests on the lowest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory VENV=.venv-lowest REQUIREMENTS=requirements-lowest.txt pytest

pytest: $(READY)
	@$(BIN)/python -m pytest

accuracy: $(READY) ## measure how many labelled notes are read correctly
	@$(BIN)/python -m tests.accuracy

confidence: $(READY) ## fit the confidence of guesses to labelled notes
	@$(BIN)/python -m tests.fit_confidence $(NOTES)

name-model: $(READY) ## train the classifier of names
	@$(BIN)/python -m tests.train_name_model

bench: $(READY) ## measure the speed of builds, side by side with other tools
	@$(BIN)/python -m tests.bench $(CORPUS)

soak: $(READY) ## edit and build at random for an hour, and compare with clean builds
	@$(BIN)/python -m pytest --numprocesses=0 --capture=no -m soak

COMPILE = UV_CUSTOM_COMPILE_COMMAND='make requirements' $(BIN)/uv pip compile --quiet --upgrade \
    --universal --python-version 3.11 --extra site --extra lsp --extra live --extra test --extra environment \
    --generate-hashes --no-emit-index-url --no-annotate
requirements: $(READY) ## pin the newest and the lowest versions that pyproject.toml allows
	@$(COMPILE) --output-file requirements.txt pyproject.toml
	@$(COMPILE) --output-file requirements-lowest.txt --resolution lowest-direct pyproject.toml
