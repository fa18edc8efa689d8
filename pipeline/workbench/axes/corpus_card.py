"""The figures of `corpus/annotated/README.md`, counted in the corpus itself.

`python -m pipeline.workbench.axes.corpus_card` writes them again between their marks, `<!-- name -->` and
`<!-- /name -->`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.errors import UsageError
from pipeline.workbench.axes.measures import macro_f1
from pipeline.workbench.cards import number, table
from pipeline.workbench.examples import CORPUS_FOLDER, read_folder

MIN_COUNT = 40
"""Words told as linked to an axis occur at least so often."""
N_WORDS_PER_AXIS = 4
README = "README.md"


def annotated(folder: Path = CORPUS_FOLDER) -> pd.DataFrame:
    """Every line of the corpus with the name of its file in `file`; missing fields are ""."""
    return pd.DataFrame([{**row, "file": f"{name}.jsonl"} for name, row in read_folder(folder)]).fillna("")


def card_blocks(corpus: pd.DataFrame) -> dict[str, str]:
    """The counted parts of the card, by name of their mark."""
    return {"contenu": _contents(corpus), "portrait": _portrait(corpus), "lectures": _readings(corpus)}


def cue_block(corpus: pd.DataFrame) -> str:
    """What the words alone tell of the axis, and the words most linked to one."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = CountVectorizer(lowercase=True, min_df=2, binary=True).fit(corpus["text"])
    matrix = counts.transform(corpus["text"])
    truth, found = corpus["axis"].to_numpy(dtype=object), np.empty(len(corpus), dtype=object)
    for name in sorted(set(corpus["file"])):
        out = (corpus["file"] == name).to_numpy()
        found[out] = LogisticRegression(max_iter=300).fit(matrix[~out], truth[~out]).predict(matrix[out])
    n_files = corpus["file"].nunique()
    told = (
        f"- Indices lexicaux : une régression logistique sur les seuls mots du texte (sans contexte), apprise sur "
        f"{n_files - 1} fichiers et jugée sur le dernier, à tour de rôle, atteint {number(macro_f1(truth, found))} de "
        f"macro-F1. Les mots les plus liés à un axe ({MIN_COUNT} textes au moins) :"
    )
    totals = np.asarray(matrix.sum(axis=0)).ravel()
    words = counts.get_feature_names_out()
    rows = []
    for axis in AXIS_CODES:
        here = np.asarray(matrix[truth == axis].sum(axis=0)).ravel()
        share = np.where(totals >= MIN_COUNT, here / np.maximum(totals, 1), 0.0)
        most = np.argsort(-share, kind="stable")[:N_WORDS_PER_AXIS]
        rows += [[axis, str(words[r]), str(int(totals[r])), f"{share[r]:.0%}".replace("%", " %")] for r in most]
    return f"{told}\n\n{table(['axe', 'mot', 'textes', 'part dans cet axe'], rows, right=True)}"


def _contents(corpus: pd.DataFrame) -> str:
    axes = list(AXIS_CODES)
    counts = pd.crosstab(corpus["file"], corpus["axis"]).reindex(columns=axes, fill_value=0)
    rows = [[f"`{name}`", str(int(row.sum())), *map(str, row)] for name, row in counts.iterrows()]
    rows.append(["**total**", *(f"**{n}**" for n in (len(corpus), *counts.sum()))])
    return table(["fichier", "idées", *axes[:-1], "hors axe"], rows, right=True)


def _portrait(corpus: pd.DataFrame) -> str:
    lengths = corpus["text"].str.split().map(len)
    facets = Counter(facet for facet in corpus["facet"] if facet)
    return (
        f"- {corpus['theme'].nunique()} thèmes nommés librement ; un contexte (rubrique ou question) pour "
        f"{_percent(corpus['context'] != '')} des idées ; une seconde étiquette défendable pour "
        f"{_percent(corpus['secondary'] != '')}.\n"
        f"- Longueur : {int(lengths.median())} mots en médiane, de {lengths.min()} à {lengths.max()}.\n"
        f"- Facettes : {', '.join(f'{name} {n}' for name, n in facets.most_common())}."
    )


def _readings(corpus: pd.DataFrame) -> str:
    from sklearn.metrics import cohen_kappa_score

    read = corpus[corpus["second_reading"] != ""]
    first = read["first_reading"].where(read["first_reading"] != "", read["axis"])
    rows = []
    for name, kept in [*((name, read["file"] == name) for name in sorted(set(read["file"]))), ("**ensemble**", None)]:
        of_first = first if kept is None else first[kept]
        of_second = read["second_reading"] if kept is None else read["second_reading"][kept]
        agreement, kappa = float((of_first == of_second).mean()), float(cohen_kappa_score(of_first, of_second))
        shown = name if kept is None else f"`{name}`"
        rows.append([shown, str(len(of_first)), number(agreement), number(kappa)])
    n_apart, n_changed = int((first != read["second_reading"]).sum()), int((first != read["axis"]).sum())
    told = f"{n_apart} désaccords ; chacun a été tranché en relisant le guide, et {n_changed} étiquettes ont changé."
    return f"{table(['fichier', 'idées relues', 'accord brut', 'κ'], rows, right=True)}\n\n{told}"


def _percent(mask: pd.Series) -> str:
    return f"{mask.mean():.0%}".replace("%", " %")


def filled(text: str, blocks: dict[str, str]) -> str:
    """The card with its blocks written between their marks."""
    for name, block in blocks.items():
        if f"<!-- {name} -->\n" not in text or f"<!-- /{name} -->" not in text:
            raise UsageError(f"La fiche du corpus n'a pas les repères <!-- {name} --> et <!-- /{name} -->.")
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        text = text[: text.index(start) + len(start)] + block + "\n" + text[text.index(end) :]
    return text


def main() -> None:
    corpus, path = annotated(), CORPUS_FOLDER / README
    path.write_text(
        filled(path.read_text(encoding="utf-8"), {**card_blocks(corpus), "indices": cue_block(corpus)}),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
