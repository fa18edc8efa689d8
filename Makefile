# Rosace. `make` seul montre cette aide.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPUS ?= corpus/demo
RUN ?= runs/$(notdir $(patsubst %/,%,$(CORPUS)))
PROFILE ?=
SOURCE := pipeline setup.py $(wildcard rosace)
ROOMS := restitution/quoting review/log ingest/privacy
COMPILE = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --override .override.txt
TOUCH := $(PYTHON) -c "import pathlib,sys; pathlib.Path(sys.argv[1]).touch()"

.PHONY: help install synthesize review evaluate train bench wheel lint check test hasard nuit audit memes-octets lock clean
AGAINST ?= HEAD

help: ## montre cette aide
	@$(PYTHON) -c "import re; [print(f'  make {m[1]:<12} {m[2]}') for m in re.finditer(r'^([a-z-]+):[^#\n]*## (.*)$$', open('Makefile', encoding='utf-8').read(), re.M)]"

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('Rosace demande Python 3.11 ou plus récent ; trouvé : ' + sys.version.split()[0])"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(TOUCH) $@

$(VENV)/.installed-tests: $(VENV)/.installed tests/requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/requirements.lock
	@$(TOUCH) $@

install: $(VENV)/.installed ## installe tout dans .venv (les versions de requirements.lock, empreintes vérifiées)

synthesize: $(VENV)/.installed ## la restitution d'un atelier : make synthesize CORPUS=mon-atelier (sinon la démonstration)
	$(BIN)/rosace synthesize $(CORPUS) $(if $(filter file,$(origin RUN)),,--out $(RUN)) $(if $(PROFILE),--profile $(PROFILE))

review: $(VENV)/.installed ## ouvre la page de relecture : make review CORPUS=mon-atelier
	$(BIN)/rosace review $(RUN)

evaluate: $(VENV)/.installed-tests ## mesure la qualité : axes, groupes, idées, textes, contre des seuils écrits
	$(BIN)/rosace evaluate axes
	$(BIN)/rosace evaluate ideas
	$(BIN)/rosace evaluate frames
	$(BIN)/rosace evaluate groups
	$(BIN)/rosace evaluate drafts $(RUN)

train: $(VENV)/.installed-tests ## réapprend les axes du profil rapide (les autres modèles : rosace train --profile …)
	$(BIN)/rosace train

bench: $(VENV)/.installed-tests ## mesure le temps et la mémoire de chaque étape
	$(BIN)/rosace bench

wheel: $(VENV)/.installed ## construit dans dist/ le paquet à installer ailleurs (pip install dist/rosace-….whl)
	SOURCE_DATE_EPOCH=$(shell git log -1 --format=%ct 2>/dev/null || echo 315532800) $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .

lint: $(VENV)/.installed-tests ## style, types, contrats d'import, complexité, code mort
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@complex="$$($(BIN)/radon cc -n D $(SOURCE))"; test -z "$$complex" || { echo "trop complexe (radon) :"; echo "$$complex"; exit 1; }
	$(BIN)/vulture

test: lint ## tout cela, puis tous les tests ; ceux des salles dont tout dépend en parcourent 90 % au moins
	$(BIN)/pytest -n 2 --dist loadfile $(addprefix --ignore=tests/,$(ROOMS))
	$(BIN)/pytest -n 2 --dist loadfile --cov-branch --cov-report= $(addprefix --cov=pipeline/,$(ROOMS)) $(addprefix tests/,$(ROOMS))
	@for room in $(ROOMS); do $(BIN)/coverage report --include="pipeline/$$room/*" --fail-under=90 --skip-covered || exit 1; done

check: lint ## pendant que l'on écrit : style, types, et les tests sans navigateur, suite bureautique, arrêts ni dégâts
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow and not browser and not office"

hasard: $(VENV)/.installed-tests ## les tests dans un autre ordre, qui est dit et peut être redonné : make hasard GRAINE=7
	$(BIN)/pytest -n 2 --dist loadfile -p randomly $(if $(GRAINE),--randomly-seed=$(GRAINE))

memes-octets: $(VENV)/.installed-tests ## compare, octet par octet, ce qu'écrit ce code à ce qu'écrit un autre : make memes-octets AGAINST=main
	$(BIN)/python tests/golden.py --against $(AGAINST)

audit: $(VENV)/.installed ## les failles connues de ce que l'on installe, si leur liste peut être jointe
	$(BIN)/python tests/bench/audit.py

nuit: $(VENV)/.installed-tests ## ce qui est trop long pour chaque jour : autre ordre, arrêts, dégâts, fautes, fichiers brisés, failles
	$(BIN)/python tests/bench/nightly.py --write

lock: ## refait les deux fichiers de versions (demande uv)
	printf '%s; python_version < "3"\n' sentence-transformers hdbscan huggingface-hub llvmlite plotly umap-learn > .override.txt
	$(COMPILE) --extra bertopic pyproject.toml -o requirements.lock
	printf '%s; python_version < "3"\n' sentence-transformers > .override.txt
	$(COMPILE) --extra test -c requirements.lock pyproject.toml -o tests/requirements.lock
	rm -f .override.txt

clean: ## efface .venv et ce qui se recalcule dans runs/ (jamais les décisions ni vos fichiers modifiés)
	@test ! -x $(BIN)/rosace || $(BIN)/rosace clean runs
	rm -rf $(VENV) build dist rosace.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
