# Thin: every target calls a Python module or manage.py. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup venv dev demo run worker db shell test check lint fix proof bench backup restore audit words lock

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: venv  ## make .venv, compile messages, migrate, load the lists (repeatable)
	@$(BIN)/python manage.py prepare

venv:
	@$(PYTHON) -m rakortek.setup

dev:
	@$(PYTHON) -m rakortek.setup --dev

demo: venv  ## serve the portal with demo data; PORT=8000 RESET=1
	@exec $(BIN)/python manage.py demo $(if $(PORT),--port $(PORT)) $(if $(RESET),--reset)

run: dev setup  ## serve with reload, for developers; PORT=8000
	@RAKORTEK_DEBUG=1 exec $(BIN)/python manage.py runserver $(or $(PORT),8000)

worker: venv  ## do the background work
	@exec $(BIN)/python manage.py worker

db: venv  ## open psql on the database
	@$(BIN)/python manage.py dbshell

shell: venv  ## open a Python shell with the models
	@$(BIN)/python manage.py shell

test: dev  ## run the whole suite; ARGS= goes to pytest
	@$(BIN)/python -m tests.run -n 2 $(ARGS)

lint: dev  ## ruff, mypy, djlint, floors, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run

fix: dev  ## format, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: lint test  ## all that CI runs

proof: dev  ## run the long proofs and write docs/proof.md
	@$(BIN)/python -m tests.run -m proof -n 2 $(ARGS)

bench: dev  ## measure and write docs/bench.md
	@$(BIN)/python -m bench

backup: venv  ## write var/backup/rakortek-<time>.tar; TO= another folder
	@$(BIN)/python manage.py backup $(if $(TO),--to $(TO))

restore: venv  ## bring an archive back into an empty database; FILE=
	@$(BIN)/python manage.py restore $(or $(FILE),$(error Rakortek: name the archive: make restore FILE=var/backup/rakortek-....tar))

audit: dev  ## look up known weaknesses of the pinned packages (needs the internet)
	@$(BIN)/uv tool run pip-audit --require-hashes --disable-pip -r requirements.txt

words: dev  ## collect the words of the screen into locale/ (needs gettext)
	@$(BIN)/python manage.py makemessages -l id --no-location --no-obsolete

lock: dev  ## pin the packages of requirements*.in with hashes
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements-s3.in -o requirements-s3.txt
