# Each command sets up what it needs by itself; Python 3.11 or newer and make are all that must be there.
.PHONY: serve build release bill-of-materials check test accessibility-tests ordinary-edits lock clean fix schemas bench bench-pages fuzz fuzz-pages pythons mutate
.DELETE_ON_ERROR:

# Python keeps what it has compiled, whatever the shell says: the tests start it some hundred times.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
RUN := .venv/bin/python

serve: .venv/build
	$(RUN) -m macros serve

build: .venv/build
	$(RUN) -m macros build

release: .venv/build
	$(RUN) -m macros build --with-pdfs $(OPTIONS)

# What the site is made with, in the CycloneDX form, from the locked list of packages.
bill-of-materials: .venv/bill
	$(RUN) -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --output-file bill-of-materials.cdx.json requirements/build.txt

check: .venv/build
	@$(RUN) -m macros check

fix: .venv/build
	@$(RUN) -m macros fix

schemas: .venv/build
	@$(RUN) -m macros schemas

test:
	@$(MAKE) --no-print-directory -j2 .venv/test node_modules
	$(RUN) -m tests.browser_setup
	$(RUN) -m pytest

# Tests the real site's accessibility and writes down what was found, for the accessibility statement (data/tables/accessibility-tests.csv).
accessibility-tests: .venv/test
	$(RUN) -m tests.browser_setup
	@$(MAKE) --no-print-directory node_modules
	@$(RUN) -m tests.accessibility_record

# The edits that editors make most, each alone on a copy: check, build and the tests of the real site. One of them: EDITS="--only a_news_post"
ordinary-edits: .venv/test
	@$(RUN) -m tests.ordinary_edits $(EDITS)

# A million broken files through the readers; fewer with: make fuzz FUZZ="--count 10000"
fuzz: .venv/test
	$(RUN) -m tests.fuzz $(FUZZ)

# A million texts like HTML through the Markdown converter and the list of what a page may hold.
fuzz-pages: .venv/test
	$(RUN) -m tests.fuzz_pages $(FUZZ)

# The small site on every Python that is installed here, by MkDocs and by its successor, byte for byte.
pythons: .venv/test
	@$(RUN) -m tests.pythons

# What the tests would notice, room by room, into tests/MUTATION.md; one room: make mutate MUTATE="sums"
mutate: .venv/mutate
	@$(RUN) -m tests.mutation $(MUTATE)

# The same pages with stock Material and the peers, in turn, and how soon an edit is on the screen; and what a phone on a poor line meets.
bench: .venv/bench bench/node_modules
	$(RUN) -m bench.run $(BENCH)
	$(RUN) -m tests.browser_setup
	$(RUN) -m bench.preview

bench-pages: .venv/test bench/node_modules build
	$(RUN) -m tests.browser_setup
	$(RUN) -m bench.weigh

lock: .venv/test
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade --extra install pyproject.toml -o requirements/build.txt
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade --extra install --extra bill pyproject.toml -o requirements/bill.txt
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade --extra install --extra bill --extra test pyproject.toml -o requirements/test.txt
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade --extra install --extra bench pyproject.toml -o requirements/bench.txt
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade --extra install --extra bill --extra test --extra mutate pyproject.toml -o requirements/mutate.txt

clean:
	rm -rf .venv node_modules bench/node_modules site .site-build .pytest_cache .hypothesis .mypy_cache .ruff_cache .cache *.egg-info

# The environment is made from the locked list, every file checked by its hash, and then the project itself. Python compiles what it uses when it
# first does: to compile all beforehand takes a third of the time.
.venv/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	touch $@

.venv/build: .venv/python requirements/build.txt pyproject.toml
	$(RUN) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(RUN) -m pip install --quiet --no-compile --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/test: .venv/build requirements/test.txt
	$(RUN) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

.venv/bill: .venv/build requirements/bill.txt
	$(RUN) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements/bill.txt
	touch $@

.venv/bench: .venv/test requirements/bench.txt
	$(RUN) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

.venv/mutate: .venv/test requirements/mutate.txt
	$(RUN) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements/mutate.txt
	touch $@

bench/node_modules: bench/package.json bench/package-lock.json
	cd bench && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

# Checkers of pages and workflows. What is left out without Node is said by tests/browser_setup.py.
node_modules: package.json package-lock.json
	if command -v npm >/dev/null; then npm ci --silent --ignore-scripts --no-audit --no-fund && touch $@; fi
