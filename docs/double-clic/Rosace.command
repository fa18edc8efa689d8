#!/bin/sh
# Ouvre Rosace d'un double clic (macOS ; sous Linux, Rosace.desktop lance ce fichier).
# La première fois, installe ce qu'il faut dans le dossier .venv.
cd "$(dirname "$0")/../.." || exit 1

attendre() {
  printf '%s\n' "$1" "Appuyez sur Entrée pour fermer."
  read -r _
  exit 1
}

neuf=
.venv/bin/python -c '' 2>/dev/null || neuf=--clear
if [ -n "$neuf" ] || ! cmp -s requirements.lock .venv/installe.lock; then
  python=
  for one in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$one; break; fi
  done
  [ -n "$python" ] || attendre "Rosace demande Python 3.11 ou plus récent. Installez-le depuis https://www.python.org/downloads/, puis ouvrez de nouveau ce fichier."
  echo "Installation de Rosace : quelques minutes, cette fois seulement."
  "$python" -m venv $neuf .venv &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . &&
    cp requirements.lock .venv/installe.lock ||
    attendre "L'installation n'a pas abouti. Vérifiez la connexion et la place sur le disque (trois gigaoctets), puis recommencez."
fi
.venv/bin/python -m pipeline.cli || attendre "Rosace s'est arrêtée."
