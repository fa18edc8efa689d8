"""Commands on the files of a workshop: `nouveau` makes its folder, `inspect` shows what would be read, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import PATH, config_option
from pipeline.cli.output import count
from pipeline.contracts.labels import origin_told
from pipeline.errors import EXIT_DONE, EXIT_REFUSED, UsageError, os_reason
from pipeline.resources import corpus, is_repository

if TYPE_CHECKING:
    from pipeline.ingest.inspection import Inspection


@click.command()
@click.argument("folder", type=PATH, metavar="DOSSIER", help="Dossier à créer pour les fichiers d'un atelier.")
@click.option("--demo", is_flag=True, help="Y met l'atelier de démonstration, prêt à traiter.")
def nouveau(folder: Path, demo: bool) -> None:
    """Crée un dossier d'atelier : atelier.toml à remplir, une feuille de saisie, un mode d'emploi."""
    import pandas as pd

    from pipeline.ingest.workshop import ENTRY_HEADINGS, ENTRY_SHEET_NAME, HELP_NOTE_NAME, WORKSHOP_FILE, blank_file
    from pipeline.tables.frames import table_bytes

    texts = {name: blank_file(name).encode() for name in (WORKSHOP_FILE, HELP_NOTE_NAME)}
    if demo:
        texts = {path.name: path.read_bytes() for path in sorted((corpus() / "demo").iterdir())}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = [name for name in (*texts, ENTRY_SHEET_NAME) if (folder / name).exists()]
        for name, text in texts.items():
            if name not in kept:
                (folder / name).write_bytes(text)
        if not demo and ENTRY_SHEET_NAME not in kept:
            sheet = folder / ENTRY_SHEET_NAME
            sheet.write_bytes(table_bytes(pd.DataFrame(columns=list(ENTRY_HEADINGS), dtype=object), sheet))
    except OSError as error:
        raise UsageError(
            f"Impossible de créer {folder} ({os_reason(error)}). Choisissez un dossier où vous avez le droit d'écrire."
        ) from error
    print(folder)
    for name in kept:
        print(f"  {name} existait déjà\u00a0: gardé tel quel.")
    fill = "" if demo else f"remplissez {folder / WORKSHOP_FILE}, déposez vos fichiers, puis "
    print(f"Ensuite\u00a0: {fill}lancez")
    command = "make synthesize CORPUS=" if is_repository() else "rosace synthesize "
    print(f"  {command}{folder}")


_CELL_WIDTH, _N_ROWS = 100, 5


@click.command()
@click.argument(
    "files",
    type=PATH,
    nargs=-1,
    required=True,
    metavar="FICHIER…",
    help="Fichiers ou dossiers à regarder, un ou plusieurs.",
)
@config_option
def inspect(files: tuple[Path, ...], config: Path | None) -> None:
    """Montre ce qui serait lu d'un fichier : format, colonnes et pourquoi, premières paroles, mises de côté."""
    from pipeline.config import load_config
    from pipeline.ingest.inspection import inspections

    settings = load_config(config).ingest
    missing = [path for path in files if not path.exists()]
    if missing:
        raise UsageError(f"Fichier introuvable : {missing[0]}. Donnez un ou plusieurs fichiers, ou un dossier.")
    is_refused = False
    for path in files:
        for inspection in inspections(path, settings):
            is_refused = is_refused or inspection.problem is not None
            print("\n".join(_lines(inspection)), end="\n\n")
    print(
        "Une lecture à corriger\u00a0? Dites-le dans atelier.toml, sous [[fichiers]] (canal, colonnes, contexte, "
        "intervenants, sans_voix, pas_une_parole, paroles)."
    )
    sys.exit(EXIT_REFUSED if is_refused else EXIT_DONE)


def _lines(inspection: Inspection) -> list[str]:
    lines = [f"━━ {inspection.source}"]
    if inspection.problem is not None:
        return [*lines, f"Refusé\u00a0: {inspection.problem}"]
    if inspection.ignored:
        return [*lines, f"Pas lu\u00a0: {inspection.ignored}."]
    lines += [
        f"Format\u00a0: {inspection.format}",
        "Canal\u00a0: {}. Provenance\u00a0: {}.".format(*origin_told(inspection.channel, inspection.provenance)),
        _counts(inspection),
        *(f"Note\u00a0: {note}." for note in inspection.notes),
    ]
    return [*lines, *_columns(inspection), *_passages(inspection), *_first_rows(inspection), *_left_out(inspection)]


def _columns(inspection: Inspection) -> Iterator[str]:
    if inspection.choices:
        width = max(len(choice.role) for choice in inspection.choices)
        yield "Colonnes\u00a0:"
        yield from (f"  {c.role.ljust(width)}  {_cut(c.name, 60)}  ({c.reason})" for c in inspection.choices)


def _passages(inspection: Inspection) -> Iterator[str]:
    if inspection.frames:
        yield "Passages\u00a0:"
        yield from (f"  {n} × {name}, d'après {why} ({place})" for name, n, why, place in inspection.frames)


def _first_rows(inspection: Inspection) -> Iterator[str]:
    yield "Premières paroles\u00a0:"
    for locator, context, voice, text, ideas in inspection.rows[:_N_ROWS]:
        told = " · ".join(part for part in (locator, voice, _cut(context, 50)) if part)
        yield f"  [{told}] {_cut(text.replace(chr(10), ' ⏎ '), _CELL_WIDTH)}"
        if len(ideas) > 1:
            yield from (f"      {rank}. {_cut(idea, _CELL_WIDTH)}" for rank, idea in enumerate(ideas, start=1))


def _left_out(inspection: Inspection) -> Iterator[str]:
    if inspection.rejects:
        yield "Mis de côté\u00a0:"
        for detail, n, places in inspection.rejects:
            yield f"  {n} × {detail} ({', '.join(place for place, _ in places[:3])}{'…' if n > 3 else ''})"
    if inspection.marks:
        marks = ", ".join(f"{n} [{mark}]" for mark, n in inspection.marks)
        yield f"Données personnelles remplacées\u00a0: {marks}"


def _counts(inspection: Inspection) -> str:
    """What was found, adding up: "4 entrées lues\u00a0: 3 gardées (5 idées), 1 mise de côté."."""
    n_aside = sum(n for _, n, _ in inspection.rejects)
    found = count(inspection.n_kept + inspection.n_positions + n_aside, "entrée lue", "entrées lues")
    ideas = count(inspection.n_items, "idée", "idées")
    told = f"{found}\u00a0: {count(inspection.n_kept, 'gardée', 'gardées')} ({ideas})"
    if inspection.n_positions:
        told += f", {count(inspection.n_positions, 'position sans autre parole', 'positions sans autre parole')}"
    return f"{told}, {count(n_aside, 'mise de côté', 'mises de côté')}." if n_aside else f"{told}."


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
