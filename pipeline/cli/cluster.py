"""`rosace cluster`: groups for any table of texts."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import (
    PATH,
    config_option,
    json_option,
    output_option,
    quiet_option,
    table_argument,
    text_column_option,
)
from pipeline.cli.output import check_output, count, print_result, put_table, table_given


@click.command()
@table_argument
@output_option
@text_column_option
@click.option("--context-column", help="Colonne des contextes, lus avec les textes (sinon, aucun).")
@click.option("--themes", type=PATH, help="Sujets voulus, un par ligne : « Mobilités » ou « Mobilités : bus, vélo ».")
@config_option
@json_option
@quiet_option
def cluster(
    table: Path,
    output: Path,
    text_column: str | None,
    context_column: str | None,
    themes: Path | None,
    config: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Regroupe les textes d'un tableau, dans chaque valeur de sa colonne « axis » si elle existe.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent group (vide = signal faible), group_title, theme,
    stance et group_sides (combien sont pour, contre…). Une colonne qui porte déjà l'un de ces noms devient
    <nom>_source. Un csv garde le séparateur et l'encodage de celui qui a été lu.
    """
    from pipeline.api import group
    from pipeline.tables import find_context_column, find_text_column, read_table, with_added

    check_output(output, as_json)
    with table_given(table) as path:
        rows = read_table(path)
        column = find_text_column(rows, text_column)
        axes = rows["axis"] if "axis" in rows.columns else None
        context = None if context_column is None else rows[find_context_column(rows, context_column)]
        asked = _lines(themes) if themes is not None else ()
        found = group(rows[column], axes, context, themes=asked, config=config)
        put_table(with_added(rows, found.drop(columns="text").astype(object).fillna("")), output, path)
    n_groups, n_weak = found["group"].nunique(), int((found["group"].isna() & found["stance"].notna()).sum())
    counts = ((len(rows), "ligne"), (n_groups, "groupe"), (n_weak, "signal faible", "signaux faibles"))
    told = f"{', '.join(count(*one) for one in counts)} (texte : « {column} »)"
    done = {"output": output, "rows": len(rows), "groups": n_groups, "weak_signals": n_weak, "text": column}
    print_result(done, told, as_json, quiet)


def _lines(path: Path) -> list[str]:
    from pipeline.errors import UsageError

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} : liste de sujets illisible. Attendu : un texte en UTF-8, un sujet par ligne."
        ) from error
    return list(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))
