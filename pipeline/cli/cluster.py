"""`rosace cluster`: groups for any table of texts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def cluster(
    table: Annotated[Path, typer.Argument(help="Tableau : csv, tsv, xlsx, ods, jsonl ou parquet.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Tableau à écrire (mêmes formats, sauf ods).")],
    text_column: Annotated[
        str | None, typer.Option("--text-column", help="Colonne des textes (sinon : text, texte, contribution…).")
    ] = None,
    themes: Annotated[
        Path | None,
        typer.Option("--themes", help="Sujets voulus, un par ligne : « Mobilités » ou « Mobilités : bus, vélo »."),
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
) -> None:
    """Regroupe les textes d'un tableau, dans chaque valeur de sa colonne « axis » si elle existe.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent group (vide = signal faible), group_title, theme et
    stance. Une colonne qui porte déjà l'un de ces noms devient <nom>_source.
    """
    from pipeline.cli.meaning import meaning_of
    from pipeline.cluster.table import ADDED_COLUMNS, group_texts
    from pipeline.config import load_config
    from pipeline.tables import find_text_column, read_table, write_table

    settings = load_config(config)
    frame = read_table(table)
    column = find_text_column(frame, text_column)
    axes = frame["axis"].tolist() if "axis" in frame.columns else None
    asked = _lines(themes) if themes is not None else list(settings.cluster.themes)
    found = group_texts(frame[column].tolist(), axes, meaning_of(settings), settings.graine, asked)
    kept = frame.rename(columns={name: f"{name}_source" for name in ADDED_COLUMNS if name in frame.columns})
    for name in ADDED_COLUMNS:
        kept[name] = found.rows[name].to_numpy()
    write_table(kept, output)
    print(
        f"{len(frame)} lignes, {found.n_groups} groupes, {found.n_weak} signaux faibles (texte : « {column} »)",
        file=sys.stderr,
    )
    print(output)


def _lines(path: Path) -> list[str]:
    from pipeline.errors import UsageError

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} : liste de sujets illisible. Attendu : un texte en UTF-8, un sujet par ligne."
        ) from error
    return list(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))
