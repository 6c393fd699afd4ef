# Digitale Heimat PB. Two commands matter: `make demo` and `make test` (README.md).
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
NPM = $(shell command -v npm 2>/dev/null || echo $(BIN)/npm)

.PHONY: demo test e2e services check bench clean setup setup-dev locks messages format

demo: setup
	@exec env DEMO=1 $(BIN)/python manage.py demo --port $(PORT)

# The whole suite on the embedded default; the browser tests are `make e2e`.
test: setup-dev
	$(BIN)/pytest -q -n 2

# The same suite against PostgreSQL, Redis and MQTT (addresses from the environment, see docs/how-to/develop.md).
services: setup-dev
	$(BIN)/pytest -q -n 2

e2e: setup-dev
	$(BIN)/pytest -q -m e2e -n 2 --dist loadfile tests/e2e

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djhtml --check portal projects dialogues ethics mapviews
	$(BIN)/curlylint portal projects dialogues ethics mapviews
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	VAR_DIR=var/check SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') BASE_URL=https://digitale-heimat.example \
		ALLOWED_HOSTS=digitale-heimat.example EMAIL_URL=smtp://mail.example DJANGO_SETTINGS_MODULE=portal.settings.production $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: setup-dev
	@for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

clean:
	rm -rf var

setup: .venv/.runtime node_modules/.installed locale/.compiled

setup-dev: setup .venv/.dev

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 oder neuer wird gebraucht.")'
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Node comes from a Python wheel where the machine has none.
node_modules/.installed: package.json package-lock.json | .venv/bin/python
	@command -v npm >/dev/null 2>&1 || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-node.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(NPM) ci --no-audit --no-fund --silent
	@touch $@

locale/.compiled: $(wildcard locale/*/LC_MESSAGES/*.po) .venv/.runtime
	$(BIN)/pybabel -q compile -d locale -D django -f
	@touch $@

messages: setup-dev
	$(BIN)/python manage.py makemessages -l en --no-obsolete --ignore node_modules --ignore var --ignore .venv --ignore tests --ignore bench

format: setup-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djhtml portal projects dialogues ethics mapviews

locks:
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-node.in -o requirements-node.txt
