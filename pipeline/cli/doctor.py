"""`rosace doctor`: what is installed, what is missing, and the command to get it."""

import platform
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click

from pipeline.errors import EXIT_DONE, EXIT_USAGE, RosaceError
from pipeline.extras import EXTRAS, command, missing
from pipeline.resources import root

INSTALL = "make install dans le dépôt (ou : pip install rosace, avec le fichier .whl qui vous a été donné)"


@click.command()
def doctor() -> None:
    """Vérifie l'installation : versions, modèles, place sur le disque, outils facultatifs."""
    problems = [*_packages(), *_models(), *_disk(Path.cwd())]
    _optional()
    if problems:
        print("\nÀ réparer :")
        for problem in problems:
            print(f"  ✗ {problem}")
        sys.exit(EXIT_USAGE)
    print("\nTout est en ordre.")
    sys.exit(EXIT_DONE)


def needed() -> list[str]:
    """Packages that Rosace asks for, those of its extras left out."""
    asked = [line for line in requires("rosace") or [] if "extra ==" not in line]
    return list(dict.fromkeys(found[0] for line in asked if (found := re.match(r"[\w.-]+", line))))


def _packages() -> list[str]:
    print(f"Python {platform.python_version()} sur {platform.machine()}, {root()}")
    problems = []
    for name in needed():
        try:
            print(f"  ✓ {name} {version(name)}")
        except PackageNotFoundError:
            problems.append(f"{name} n'est pas installé : {INSTALL}")
    return problems


def _models() -> list[str]:
    from pipeline.classify.reading.store import open_model
    from pipeline.classify.stage import load_axis_model
    from pipeline.cluster.pairs import PAIRS, load_pairs
    from pipeline.place.model import PLACE, load_place

    models: dict[str, Callable[[], str]] = {
        "des axes « rapide »": lambda: load_axis_model("rapide").sha256,
        "des axes « precis »": lambda: load_axis_model("precis").sha256,
        "des paires d'idées": lambda: (load_pairs(), PAIRS.sha256())[1],
        "des titres": lambda: (load_place("precis"), PLACE.sha256())[1],
    }
    problems = []
    for name, sha256 in models.items():
        try:
            print(f"  ✓ modèle {name}, sha256 {sha256()[:12]}…")
        except RosaceError as error:
            problems.append(str(error))
    with suppress(RosaceError):  # told above
        second = open_model("precis").second
        where = None if second is None else second.folder / "TERMS.txt"
        told = (
            "  – seconde lecture de « precis » (Gemma) : absente, la première lit seule"
            if where is None
            else "  ✓ seconde lecture de « precis », tirée de Gemma 3 270M : son usage est soumis aux Gemma Terms of "
            f"Use ({where}). Sans ce dossier, Rosace lit avec la première seule."
        )
        print(told)
    return problems


def _disk(folder: Path) -> list[str]:
    free = shutil.disk_usage(folder).free / 2**30
    print(f"  ✓ {free:.1f} Gio libres dans {folder}".replace(".", ",", 1))
    return (
        [] if free > 1 else [f"Moins de 1 Gio libre dans {folder} : faites de la place, ou choisissez un autre --out."]
    )


def _optional() -> None:
    for extra, (use, _) in EXTRAS.items():
        absent = missing(extra)
        told = f"absent (facultatif, pour {use} : {command(extra)})"
        print(f"  {'–' if absent else '✓'} rosace[{extra}] : {told if absent else use}")
