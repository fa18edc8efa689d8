"""`rosace classify`: an axis for each row of any table of texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.terminal.figures import count
from pipeline.cli.terminal.piped import check_output, put_table, table_given
from pipeline.cli.terminal.results import Json, Quiet, print_result


def classify(
    table: Annotated[
        Path, typer.Argument(help="Tableau : csv, tsv, xlsx, ods, jsonl ou parquet ; - : l’entrée standard.")
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="Tableau à écrire (mêmes formats, sauf ods) ; - : la sortie standard."),
    ],
    text_column: Annotated[
        str | None, typer.Option("--text-column", help="Colonne des textes (sinon : text, texte, contribution…).")
    ] = None,
    context_column: Annotated[
        str | None, typer.Option("--context-column", help="Colonne des contextes (sinon : context, question…).")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="precis (encodeur affiné) ou rapide (grands corpus).")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processus locaux ; 0 : autant que de cœurs.")] = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Lit l'axe de chaque ligne d'un tableau.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent axis, facet, confidence, second_axis, status et les
    probabilités p_nord … p_hors_axe. Une colonne qui porte déjà l'un de ces noms devient <nom>_source. Un csv garde le
    séparateur et l'encodage de celui qui a été lu.
    """
    from pipeline.api import read
    from pipeline.api.reading import READ_COLUMNS
    from pipeline.config import load_config
    from pipeline.tables import find_context_column, find_text_column, read_table, with_added

    check_output(output, as_json)
    settings = load_config(config, profil=profile)
    with table_given(table) as path:
        rows = read_table(path)
        text = find_text_column(rows, text_column)
        context = find_context_column(rows, context_column)
        tags = read(rows[text], None if context is None else rows[context], config=settings, workers=workers)
        put_table(with_added(rows, tags[list(READ_COLUMNS)]), output, path)
    n_unsure = int((tags["status"] == "a_relire").sum())
    said = f"texte : « {text} »" + (f", contexte : « {context} »" if context is not None else ", sans contexte")
    found = {"output": output, "rows": len(rows), "to_reread": n_unsure, "text": text, "context": context}
    told = f"{count(len(rows), 'ligne')}, dont {n_unsure} à relire ({said}, profil {settings.profil})"
    print_result({**found, "profile": settings.profil}, told, as_json, quiet)
