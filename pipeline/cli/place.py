"""`rosace place`: titles for any table of texts; `rosace themes`: the titles of a run, to be used again."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import (
    PATH,
    config_option,
    context_column_option,
    json_option,
    output_option,
    profile_option,
    quiet_option,
    run_argument,
    table_argument,
    text_column_option,
    workers_option,
)
from pipeline.cli.output import check_output, count, print_result, put_table, table_given, tell


@click.command()
@table_argument
@click.option(
    "--themes",
    type=PATH,
    required=True,
    help="Titres : un fichier (txt, csv, xlsx, ods ; un titre par ligne), ou des résultats dont les titres resservent.",
)
@output_option
@text_column_option
@context_column_option
@profile_option
@config_option
@workers_option
@json_option
@quiet_option
def place(
    table: Path,
    themes: Path,
    output: Path,
    text_column: str | None,
    context_column: str | None,
    profile: str | None,
    config: Path | None,
    workers: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Range chaque ligne d'un tableau sous le titre qui en est vrai.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent title (vide = à placer), theme (sa rubrique),
    chance, side (dit, s_oppose, condition), also (les autres titres vrais ; d'une ligne à placer, le plus probable),
    second_title, second_chance, placed_by, et axis si le tableau n'en a pas : sinon le sien est lu. Une colonne qui
    porte déjà l'un de ces noms devient <nom>_source. Un csv garde le séparateur et l'encodage de celui qui a été lu.
    """
    from pipeline.api import place as place_texts
    from pipeline.api.placing import PLACED_COLUMNS, as_titles
    from pipeline.config import load_config
    from pipeline.tables import find_context_column, find_text_column, read_table, with_added

    check_output(output, as_json)
    settings = load_config(config, profil=profile)
    given = as_titles(themes)
    for line in given.told:
        tell(f"  · {line}", quiet)
    with table_given(table) as path:
        rows = read_table(path)
        text = find_text_column(rows, text_column)
        context = find_context_column(rows, context_column)
        axes = rows["axis"] if "axis" in rows.columns else None
        headings = None if context is None else rows[context]
        found = place_texts(rows[text], given, axes, headings, config=settings, workers=workers)
        added = [name for name in PLACED_COLUMNS if name != "axis" or axes is None]
        put_table(with_added(rows, found[added].astype(object).fillna("")), output, path)
    n_placed = int(found["title"].notna().sum())
    told = f"{count(len(rows), 'ligne')}, {n_placed} sous {count(len(given.titles), 'titre')}, "
    told += f"{len(rows) - n_placed} à placer (texte : « {text} », profil {settings.profil})"
    counts = found["title"].value_counts()
    done = {
        "output": output,
        "rows": len(rows),
        "placed": n_placed,
        "to_place": len(rows) - n_placed,
        "titles": {title.text: int(counts.get(title.text, 0)) for title in given.titles},
        "told": given.told,
        "text": text,
        "context": context,
        "profile": settings.profil,
    }
    print_result(done, told, as_json, quiet)


@click.command()
@run_argument
@output_option
@json_option
@quiet_option
def themes(run: Path, output: Path, as_json: bool, quiet: bool) -> None:
    """Sort les titres d'un résultat, pour s'en servir à nouveau (place, synthesize --themes).

    Ceux des personnes d'abord, puis les propositions, sauf celles qui ont été rejetées ; avec, s'il y en a, les paroles
    qu'une personne a rangées dessous (exemples) ou en a ôtées (pas).
    """
    from pipeline.api import themes as titles_of

    check_output(output, as_json)
    found = titles_of(run)
    put_table(found, output, Path("themes.csv") if str(output) == "-" else output)
    n_of_people = int(found["origine"].ne("machine").sum())
    told = f"{count(len(found), 'titre')}, dont {n_of_people} de personnes"
    print_result({"output": output, "titles": len(found), "of_people": n_of_people}, told, as_json, quiet)
