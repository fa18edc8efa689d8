"""`rosace classify`: an axis for each row of any table of texts."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import (
    config_option,
    context_column_option,
    json_option,
    output_option,
    profile_option,
    quiet_option,
    table_argument,
    text_column_option,
    workers_option,
)
from pipeline.cli.output import check_output, count, print_result, put_table, table_given


@click.command()
@table_argument
@output_option
@text_column_option
@context_column_option
@profile_option
@config_option
@workers_option
@json_option
@quiet_option
def classify(
    table: Path,
    output: Path,
    text_column: str | None,
    context_column: str | None,
    profile: str | None,
    config: Path | None,
    workers: int,
    as_json: bool,
    quiet: bool,
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
