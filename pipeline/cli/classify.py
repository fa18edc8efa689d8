"""`rosace classify`: an axis for each row of any table of texts."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.config import Config
    from pipeline.execution import Executor


def classify(
    table: Annotated[Path, typer.Argument(help="Tableau : csv, tsv, xlsx, ods, jsonl ou parquet.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Tableau à écrire (mêmes formats, sauf ods).")],
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
) -> None:
    """Lit l'axe de chaque ligne d'un tableau.

    Les lignes, leur ordre et les colonnes sont gardés ; s'ajoutent axis, facet, confidence, second_axis, status et les
    probabilités p_nord … p_hors_axe. Une colonne qui porte déjà l'un de ces noms devient <nom>_source.
    """
    from pipeline.axes import AXIS_CODES
    from pipeline.config import load_config
    from pipeline.execution import LocalExecutor
    from pipeline.tables import find_context_column, find_text_column, read_table, write_table

    settings = load_config(config, profil=profile)
    rows = read_table(table)
    text = find_text_column(rows, text_column)
    context = find_context_column(rows, context_column)
    contexts = rows[context].tolist() if context is not None else [""] * len(rows)
    tags = read_axes(rows[text].tolist(), contexts, settings, LocalExecutor(workers or os.cpu_count() or 1))
    added = ["axis", "facet", "confidence", "second_axis", "status", *(f"p_{code}" for code in AXIS_CODES)]
    kept = rows.rename(columns={name: f"{name}_source" for name in added if name in rows.columns})
    for name in added:
        kept[name] = tags[name].to_numpy()
    write_table(kept, output)
    n_unsure = int((tags["status"] == "a_relire").sum())
    said = f"texte : « {text} »" + (f", contexte : « {context} »" if context is not None else ", sans contexte")
    print(f"{len(rows)} lignes, dont {n_unsure} à relire ({said}, profil {settings.profil})", file=sys.stderr)
    print(output)


def read_axes(texts: list[str], contexts: list[str], settings: Config, executor: Executor) -> pd.DataFrame:
    """The tags of loose texts, one row each, in order; `contexts` are "" where there is none."""
    import numpy as np
    import pandas as pd

    from pipeline.classify.stage import classify, load_axis_model
    from pipeline.embed.stage import embed
    from pipeline.language.models.encoders import Embeddings, load_encoder

    ids = [f"i{row:09d}" for row in range(len(texts))]
    items = pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": texts})
    contributions = pd.DataFrame({"contribution_id": ids, "context": contexts})
    model = load_axis_model(settings.profil)
    if model.encoder_sha256:
        embeddings = embed(
            items, contributions, load_encoder(settings.embed.encodeur), settings.taille_partition, executor
        )
    else:  # the model reads the texts themselves
        nothing = np.zeros((len(texts), 0), dtype=np.float16)
        rows = np.arange(len(texts), dtype=np.int32)
        embeddings = Embeddings(np.array(ids, dtype=str), nothing, rows, np.full_like(rows, -1), "")
    return classify(items, contributions, embeddings, model, settings, executor, with_ideas=False).tags
