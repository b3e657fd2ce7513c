# make demo   the whole tool at work on published figures, in ./demo
# make test   everything that must hold; installs what the office tests need, where permitted
# make bundle what a Windows machine without internet needs, in ./dist
# make addin  addin/nianbao.xlam, the add-in for Excel, after a change of the ribbon, a macro or a worksheet function
# make bench  what things cost, as ratios measured side by side in one run

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint bench office templates addin bundle clean

demo: .venv/.installed
	$(BIN)/nianbao demo

test: .venv/.installed-dev office
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal -q

bench: .venv/.installed-dev
	$(BIN)/python tests/bench/startup.py
	$(BIN)/python tests/bench/checking.py
	$(BIN)/python tests/bench/slips.py
	$(BIN)/python tests/bench/building.py
	$(BIN)/python tests/bench/publishing.py
	$(BIN)/python tests/bench/merging.py
	$(BIN)/python tests/bench/merging.py --cores
	$(BIN)/python tests/bench/merging.py --size

# LibreOffice and friends: installed where missing and permitted, else their tests skip and say so.
office:
	@sh tests/office/install.sh

# The committed blank templates, after a change of the form or of the builder.
templates: .venv/.installed
	$(BIN)/nianbao template -o templates --force

# The committed add-in: the same bytes wherever it is built.
addin: .venv/.installed-dev
	$(BIN)/python addin/build.py
	cd addin && sha256sum nianbao.xlam > SHA256SUMS

bundle: .venv/.installed-dev
	$(BIN)/python addin/bundle.py

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install -q -e ".[dev]"
	@touch $@

clean:
	rm -rf .venv demo dist .pytest_cache .mypy_cache .ruff_cache
