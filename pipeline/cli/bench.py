"""`rosace bench`: time, rate and memory of each stage on corpora of growing size."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def bench(
    sizes: Annotated[str, typer.Option("--sizes", help="Nombres de contributions, séparés par des virgules.")] = (
        "100,1000,10000,30000"
    ),
    profiles: Annotated[str, typer.Option("--profiles", help="Profils, séparés par des virgules.")] = "rapide,precis",
    out: Annotated[Path, typer.Option("--out", help="Dossier des mesures.")] = Path("runs/mesures"),
) -> None:
    """Mesure le temps et la mémoire de chaque étape, et l'exposant de croissance."""
    from pipeline.benchmark import as_markdown, measure, write_report
    from pipeline.config import load_config
    from pipeline.errors import UsageError

    try:
        numbers = sorted({int(size) for size in sizes.split(",")})
    except ValueError as error:
        raise UsageError(f"--sizes attend des nombres entiers séparés par des virgules, reçu « {sizes} ».") from error
    out.mkdir(parents=True, exist_ok=True)
    costs = measure(numbers, profiles.split(","), out, load_config().graine)
    exponents = write_report(costs, out, from_size=10_000)
    print(as_markdown(costs))
    for profile, exponent in exponents.items():
        said = "non mesuré (il faut deux tailles d'au moins 10 000)" if exponent is None else f"{exponent:.2f}"
        print(f"Exposant de croissance ({profile}) : {said}")
    print(out / "mesures.svg")
