"""`rosace bench`: time, rate and memory of each stage on corpora of growing size."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import PATH
from pipeline.resources import need_workbench


@click.command()
@click.option("--sizes", default="100,1000,10000", help="Nombres de contributions, séparés par des virgules.")
@click.option("--profiles", default="rapide,precis", help="Profils, séparés par des virgules.")
@click.option("--out", type=PATH, default=Path("runs/mesures"), help="Dossier des mesures.")
def bench(sizes: str, profiles: str, out: Path) -> None:
    """Mesure le temps et la mémoire de chaque étape, et l'exposant de croissance.

    Les mesures d'autres tailles déjà faites dans ce dossier sont gardées : --sizes 1000000 ajoute une taille.
    """
    from pipeline.config import load_config
    from pipeline.errors import UsageError

    need_workbench("rosace bench")
    from pipeline.workbench.speed import as_markdown, measure, merged, read_report, write_report

    try:
        numbers = sorted({int(size) for size in sizes.split(",")})
    except ValueError as error:
        raise UsageError(f"--sizes attend des nombres entiers séparés par des virgules, reçu « {sizes} ».") from error
    out.mkdir(parents=True, exist_ok=True)
    costs = read_report(out / "mesures.json")
    exponents: dict[str, float | None] = {}
    for found in measure(numbers, profiles.split(","), out, load_config().graine):
        print(as_markdown(found[-1:]).splitlines()[-1], file=sys.stderr)
        costs = merged(costs, found)
        exponents = write_report(costs, out, from_size=10_000)  # an interrupted measure keeps what it found
    print(as_markdown(costs))
    for profile, exponent in exponents.items():
        said = "non mesuré (il faut deux tailles d'au moins 10 000)" if exponent is None else f"{exponent:.2f}"
        print(f"Exposant de croissance ({profile}) : {said}")
    print(out / "mesures.md")
