"""`rosace classify`, `place`, `cluster`: columns added to any table of texts; `rosace themes`: the titles of a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
    themes_option,
    workers_option,
)
from pipeline.cli.output import check_output, count, print_result, put_table, table_given, tell_each

if TYPE_CHECKING:
    import pandas as pd


class Texts(NamedTuple):
    """What a table gives to read: its texts, and their contexts and axes where it has them; whether to say nothing."""

    said: pd.Series
    contexts: pd.Series | None
    axes: pd.Series | None
    quiet: bool


class Added(NamedTuple):
    """Columns to add, what is told of them in words, and in JSON."""

    columns: pd.DataFrame
    told: str
    values: dict[str, Any]


Command = Callable[..., Added]


def table_command(*options: Callable[[Command], Command], finds_context: bool = True) -> Callable[[Command], Any]:
    """Make a command of what adds columns to a table, which is read, written and told in one way.

    `finds_context` : whether the column of contexts is looked for when it is not named.
    """

    def made(add: Command) -> Any:
        @wraps(add)
        def run(
            table: Path,
            output: Path,
            text_column: str | None,
            context_column: str | None,
            as_json: bool,
            quiet: bool,
            **given: Any,
        ) -> None:
            from pipeline.tables.columns import find_context_column, find_text_column
            from pipeline.tables.frames import read_table, with_added

            check_output(output, as_json)
            with table_given(table) as path:
                rows = read_table(path)
                text = find_text_column(rows, text_column)
                wanted = finds_context or context_column is not None
                context = find_context_column(rows, context_column) if wanted else None
                contexts = None if context is None else rows[context]
                axes = rows["axis"] if "axis" in rows.columns else None
                added = add(Texts(rows[text], contexts, axes, quiet), **given)
                put_table(with_added(rows, added.columns), output, path)
            said = f"texte : « {text} »" + (f", contexte : « {context} »" if context is not None else ", sans contexte")
            values = {"output": output, "rows": len(rows), **added.values, "text": text, "context": context}
            print_result(values, f"{count(len(rows), 'ligne')}, {added.told} ({said})", as_json, quiet)

        command = run
        first = (text_column_option, output_option, table_argument)
        for option in (quiet_option, json_option, *reversed(options), *first):
            command = option(command)
        return click.command()(command)

    return made


@table_command(context_column_option, profile_option, config_option, workers_option)
def classify(texts: Texts, profile: str | None, config: Path | None, workers: int) -> Added:
    """Lit l'axe de chaque ligne d'un tableau.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent axis, facet, confidence, second_axis, status et les
    probabilités p_nord … p_hors_axe. Une colonne qui porte déjà l'un de ces noms devient <nom>_source. Un csv garde le
    séparateur et l'encodage de celui qui a été lu.
    """
    from pipeline.api.texts import read
    from pipeline.config import load_config

    settings = load_config(config, profil=profile)
    tags = read(texts.said, texts.contexts, config=settings, workers=workers)
    n_unsure = int((tags["status"] == "a_relire").sum())
    told = f"dont {n_unsure} à relire, profil {settings.profil}"
    return Added(tags.drop(columns="text"), told, {"to_reread": n_unsure, "profile": settings.profil})


@table_command(themes_option(required=True), context_column_option, profile_option, config_option, workers_option)
def place(texts: Texts, themes: Path, profile: str | None, config: Path | None, workers: int) -> Added:
    """Range chaque ligne d'un tableau sous le titre qui en est vrai.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent title (vide = à placer), theme (sa rubrique),
    chance, side (pour, contre, nuance, inconnu), also (les autres titres vrais ; d'une ligne à placer, le plus
    probable), second_title, second_chance, placed_by, et axis si le tableau n'en a pas : sinon le sien est lu. Une
    colonne qui porte déjà l'un de ces noms devient <nom>_source. Un csv garde le séparateur et l'encodage de celui qui
    a été lu.
    """
    from pipeline.api.runs import control_of
    from pipeline.api.texts import PLACED_COLUMNS, as_titles
    from pipeline.api.texts import place as place_texts
    from pipeline.config import load_config
    from pipeline.place.model import load_place

    settings = load_config(config, profil=profile)
    given = as_titles(themes)
    tell_each(given.told, texts.quiet)
    found = place_texts(texts.said, given, texts.axes, texts.contexts, config=settings, workers=workers)
    added = [name for name in PLACED_COLUMNS if name != "axis" or texts.axes is None]
    n_placed, counts = int(found["title"].notna().sum()), found["title"].value_counts()
    to_place, sure = len(found) - n_placed, load_place(settings.profil).sure
    n_sure = int((found["title"].notna() & found["chance"].ge(sure)).sum())
    values = {
        "placed": n_placed,
        "to_place": to_place,
        "sure": n_sure,
        "sure_from": sure,
        "titles": {title.text: int(counts.get(title.text, 0)) for title in given.titles},
        "sides": {str(title): part["side"].value_counts().to_dict() for title, part in found.groupby("title")},
        "told": given.told,
        "profile": settings.profil,
        "control": control_of(themes),
    }
    told = f"{n_placed} sous {count(len(given.titles), 'titre')}, {to_place} à placer, "
    told += f"{n_sure} sûres (19 sur 20 sont justes), profil {settings.profil}"
    return Added(found[added].astype(object).where(found[added].notna(), ""), told, values)


@table_command(
    click.option("--context-column", help="Colonne des contextes, lus avec les textes (sinon, aucun)."),
    click.option("--themes", type=PATH, help="Sujets, un par ligne : « Mobilités » ou « Mobilités : bus, vélo »."),
    config_option,
    finds_context=False,
)
def cluster(texts: Texts, themes: Path | None, config: Path | None) -> Added:
    """Regroupe les textes d'un tableau, dans chaque valeur de sa colonne « axis » si elle existe.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent group (vide = signal faible), group_title, theme,
    stance et group_sides (combien sont pour, contre…). Une colonne qui porte déjà l'un de ces noms devient
    <nom>_source. Un csv garde le séparateur et l'encodage de celui qui a été lu.
    """
    from pipeline.api.texts import group

    found = group(texts.said, texts.axes, texts.contexts, themes=_lines(themes) if themes else (), config=config)
    n_groups, n_weak = found["group"].nunique(), int((found["group"].isna() & found["stance"].notna()).sum())
    told = f"{count(n_groups, 'groupe')}, {count(n_weak, 'signal faible', 'signaux faibles')}"
    columns = found.drop(columns="text").astype(object).fillna("")
    return Added(columns, told, {"groups": n_groups, "weak_signals": n_weak})


def _lines(path: Path) -> list[str]:
    from pipeline.errors import UsageError

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} : liste de sujets illisible. Attendu : un texte en UTF-8, un sujet par ligne."
        ) from error
    return list(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))


@click.command()
@run_argument
@output_option
@json_option
@quiet_option
def themes(run: Path, output: Path, as_json: bool, quiet: bool) -> None:
    """Sort les titres d'un résultat ou d'un programme, pour s'en servir à nouveau (place, synthesize --themes).

    Ceux des personnes d'abord, puis les propositions, sauf celles qui ont été rejetées ; avec, s'il y en a, les paroles
    qu'une personne a rangées dessous (exemples) ou en a ôtées (pas).
    """
    from pipeline.api.texts import themes as titles_of

    check_output(output, as_json)
    found = titles_of(run)
    put_table(found, output, Path("themes.csv") if str(output) == "-" else output)
    n_of_people = int(found["origine"].ne("machine").sum())
    told = f"{count(len(found), 'titre')}, dont {n_of_people} de personnes"
    print_result({"output": output, "titles": len(found), "of_people": n_of_people}, told, as_json, quiet)
