# Les commandes du projet. `make` seul les énumère.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# Des options de plus pour pytest : make test ARGS="-k flux --no-cov"
ARGS ?=
# Les deux cœurs d’une petite machine ; les tests d’un groupe restent ensemble, pour ne préparer qu’une fois ce qu’ils partagent.
PYTEST := -n 2 --dist loadgroup
WAGTAIL_NEXT ?= 8.0
# De quoi lancer les réglages de production sans secret ni service (make check).
PRODUCTION := DJANGO_SETTINGS_MODULE=site_ocu.settings.production SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=exemple.org BASE_URL=https://exemple.org EMAIL_URL=consolemail:// DEFAULT_FROM_EMAIL=site@exemple.org

.PHONY: help
help: ## Ce qu’on peut demander à make
	@echo "make <commande>"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Voir le site -------------------------------------------------------------------------------------------

.PHONY: run dev
run: runtime ## Le site avec son contenu de démonstration, sur http://127.0.0.1:8000 (PORT=… pour un autre port)
	@BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} PORT=$(PORT) DJANGO_SETTINGS_MODULE=site_ocu.settings.local \
		sh -c '$(PY) manage.py prepare_local && exec $(VENV)/bin/gunicorn -c python:site_ocu.gunicorn site_ocu.wsgi'

dev: development ## Le serveur de développement de Django : recharge le code, barre de débogage
	@BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} DJANGO_SETTINGS_MODULE=site_ocu.settings.dev \
		sh -c '$(PY) manage.py prepare_local && exec $(PY) manage.py runserver $(PORT)'

# Vérifier -----------------------------------------------------------------------------------------------

.PHONY: test test-services test-next check audit
test: development ## Tous les tests, navigateur compris (ARGS="-k mot" pour en choisir)
	@packages/install runtime test
	$(PY) -m pytest $(PYTEST) --cov --cov-report=term $(ARGS)

test-services: development ## Les mêmes tests sur PostgreSQL et Redis (DATABASE_URL, CACHE_URL), sauf ceux marqués « once »
	@packages/install runtime test
	DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/ocu} CACHE_URL=$${CACHE_URL:-redis://127.0.0.1:6379/1} \
		$(PY) -m pytest $(PYTEST) -m "not once" $(ARGS)

test-next: ## Les mêmes tests sur la prochaine version de Wagtail, dans .venv-next
	@packages/environment .venv-next requirements.txt requirements-dev.txt
	@.venv-next/bin/python -m pip install --quiet --disable-pip-version-check "wagtail==$(WAGTAIL_NEXT).*"
	.venv-next/bin/python -m pytest $(PYTEST) $(ARGS)

check: development ## Style, types, couches, gabarits, migrations, réglages de production
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --quiet --check --lint home practices blog site_ocu
	DJANGO_SETTINGS_MODULE=site_ocu.settings.test $(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m tests.supply.run licences secrets
	@echo "manage.py check --deploy (production)"
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

audit: development ## Failles connues des paquets (il faut Internet), licences, secrets dans l’arbre
	@$(PY) -m tests.supply.run $(ARGS)

# Mesurer et montrer -------------------------------------------------------------------------------------

.PHONY: bench soak screenshots
MINUTES ?= 60
bench: development ## Les mesures : un tableau, et var/bench.json (ARGS=--sizes= évite les 30 000 fiches, un quart d’heure)
	@$(PY) -m tests.bench.run $(ARGS)

soak: development ## Une heure de lecteur·rices, d’auteur·rices et de sauvegardes à la fois (MINUTES=10) ; dit ce qui casse
	@$(PY) -m tests.bench.soak --minutes $(MINUTES)

screenshots: development ## Chaque type de page à 360, 768 et 1440 px, clair et sombre, dans var/screenshots/
	@packages/install runtime test
	@$(PY) -m tests.bench.screenshots

# Entretenir ---------------------------------------------------------------------------------------------

.PHONY: format requirements runtime development clean
format: development ## Met en forme le code et les gabarits
	$(VENV)/bin/ruff check --fix-only --quiet .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djlint --quiet --reformat home practices blog site_ocu || true

PIP_COMPILE := $(VENV)/bin/pip-compile --quiet --allow-unsafe --generate-hashes \
	--no-emit-find-links --no-emit-index-url --no-emit-options --no-emit-trusted-host
requirements: development ## Recalcule requirements*.txt (ARGS=--upgrade prend les dernières versions permises)
	$(PIP_COMPILE) $(ARGS) --strip-extras --output-file=requirements.txt requirements.in
	@# Une contrainte n’a pas d’« extra » ; mais sans lui, pip prend la dernière version de coverage[toml], sans empreinte.
	$(PIP_COMPILE) $(ARGS) --no-strip-extras --output-file=requirements-dev.txt requirements-dev.in

runtime: # L’environnement de `make run`
	@PYTHON="$(PYTHON)" packages/environment $(VENV) requirements.txt

development: # L’environnement de tout le reste
	@PYTHON="$(PYTHON)" packages/environment $(VENV) requirements.txt requirements-dev.txt

clean: ## Enlève ce qui se recalcule (environnements, caches) ; garde var/, c’est-à-dire les données
	rm -rf .venv .venv-next .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
