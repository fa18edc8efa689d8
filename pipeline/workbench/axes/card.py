"""The model card, in French, written with its figures from `metrics.json` so that no figure is copied by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.axes import AXIS_CODES, compass
from pipeline.classify.reading.store import METRICS_FILE
from pipeline.workbench.axes.error_reading import read_errors, with_errors

Metrics = Mapping[str, Any]
CARD_FILE, NOTES_FILE, FIGURES_FOLDER = "card.md", "notes.md", "figures"


def write_card(folder: Path, metrics: Metrics) -> None:
    """Write `metrics.json`, the figures and `card.md` in the folder of a model.

    What people wrote in its `notes.md` (how it was made, limits) ends the card, with the errors read one by one.
    """
    from pipeline.workbench.axes.plots import write_figures

    (folder / METRICS_FILE).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_figures(folder / FIGURES_FOLDER, metrics)
    (folder / CARD_FILE).write_text(model_card(metrics, model_notes(folder, metrics)), encoding="utf-8")


def model_notes(folder: Path, metrics: Metrics) -> str:
    """The notes of a model with the table of its errors, "" if it has no notes."""
    notes = folder / NOTES_FILE
    told = notes.read_text(encoding="utf-8") if notes.is_file() else ""
    return with_errors(told, read_errors(folder), metrics)


def model_card(metrics: Metrics, notes: str) -> str:
    """Markdown of the card: figures from `metrics`, then `notes` (how it was made, limits, errors read one by one)."""
    parts = [
        f"# Modèle des axes « {metrics['profil']} »",
        "_Les chiffres de cette page sont écrits par `pipeline.workbench.axes.card` à partir de `metrics.json`._",
        _learnt(metrics["appris"]),
        "## Mesures",
        _summary(metrics),
        "## Par axe (F1)",
        _per_axis(metrics),
        "## Confiance et abstention",
        _calibration(metrics),
        "![Erreur selon la part gardée](figures/erreur-et-part-gardee.svg) "
        "![Confiance annoncée et justesse](figures/confiance.svg)",
        "## Seules, et parmi leurs voisines",
        _together(metrics["lues_ensemble"]),
        "## Par source, registre et longueur",
        _groups(metrics),
        *(["## Idées qui reviennent", _ideas(metrics["idees"])] if "idees" in metrics else []),
        "## Facettes",
        _facets(metrics["facettes"]),
        "## Confusions hors source",
        _confusion((metrics.get("avec_gemma") or metrics["hors_source"])["confusion"]),
        notes.strip(),
    ]
    return "\n\n".join(parts) + "\n"


def _learnt(counts: Metrics) -> str:
    names = {"ecrits": "idées écrites pour le projet", "reels": "textes réels référencés", "corrections": "corrections"}
    told = [f"{n} {names[kind]}" for kind, n in counts.items()]
    return f"Appris de {' et '.join(told)}."


SETS = (
    ("hors_source", "Hors source (textes réels)"),
    ("avec_gemma", "Hors source, avec la seconde lecture (Gemma)"),
    ("dev", "Textes réels, sources vues"),
    ("themes_mis_de_cote", "Thèmes mis de côté (textes écrits)"),
)


SHOWN_TOGETHER = ("macro_f1", "accuracy", "accuracy_surest_60")


def _summary(metrics: Metrics) -> str:
    rows = [
        [
            name,
            str(metrics[key]["n"]),
            _number(metrics[key]["macro_f1"]),
            f"{_number(metrics[key]['macro_f1_low'])} à {_number(metrics[key]['macro_f1_high'])}",
            _number(metrics[key]["accuracy"]),
            _number(metrics[key].get("accuracy_with_second")),
            _number(metrics[key]["accuracy_surest_60"]),
            _number(metrics[key]["ece"]),
            _number(metrics[key]["share_to_reread"]),
            *(_number(score) for score in metrics[key]["reperes"].values()),
        ]
        for key, name in _sets(metrics)
    ]
    header = ["mesuré sur", "n", "macro-F1", "intervalle à 95 %", "justes", "justes, la seconde lecture admise"]
    header += ["justes parmi les 60 % les plus nettes", "ECE"]
    header += ["à relire", *(f"repère : {name}" for name in metrics["hors_source"]["reperes"])]
    how = f"Hors source : {metrics['hors_source']['methode']}."
    if "dev_sans_contexte" in metrics:
        without = _number(metrics["dev_sans_contexte"]["macro_f1"])
        how += f" Sans le contexte, le macro-F1 des sources vues passe à {without}."
    return f"{_table(header, rows)}\n\n{how}"


def _sets(metrics: Metrics) -> list[tuple[str, str]]:
    return [(key, name) for key, name in SETS if key in metrics]


def _per_axis(metrics: Metrics) -> str:
    rows = [
        [compass()[axis].name, *(_number(metrics[key]["f1"][axis]) for key, _ in _sets(metrics))] for axis in AXIS_CODES
    ]
    return _table(["axe", *(name for _, name in _sets(metrics))], rows)


def _calibration(metrics: Metrics) -> str:
    shown = metrics["avec_gemma"] if "avec_gemma" in metrics else metrics["hors_source"]
    fitted, crossed = shown.get("calibration", metrics["calibration"]), metrics["calibration_croisee"]
    curve = shown["risk_coverage"]
    told = _table(
        [
            "part gardée, des plus nettes aux moins nettes",
            *(f"{float(share):.0%}".replace("%", " %") for share in curve),
        ],
        [["erreur", *(_number(error) for error in curve.values())]],
    )
    alone = metrics["calibration"]
    without = (
        f" Sans la seconde lecture : {_weights(alone)[0].lower()}{_weights(alone)[1:]} `sur` à partir de "
        f"{_number(alone['min_confidence'])}, erreur sous {_number(alone['error_bound'])}."
        if "avec_gemma" in metrics
        else ""
    )
    return (
        f"{_weights(fitted)} Une idée est `sur` à partir de "
        f"{_number(fitted['min_confidence'])} ; un second axe est donné à partir de "
        f"{_number(fitted['min_second'])}.\n\nGarantie : sur des textes de même nature que ceux des sources non vues, "
        "l'erreur parmi les idées `sur` est sous "
        f"{_number(fitted['error_bound'])} (borne de Clopper-Pearson à 95 %), et {_number(fitted['share_to_reread'])} "
        "des idées restent à relire. Réglé sur une moitié des textes hors source et mesuré sur l'autre : ECE "
        f"{_number(crossed['ece'])}, à relire {_number(crossed['a_relire'])}, justes parmi les sûres "
        f"{_number(crossed['justes_parmi_sures'])}.{without}\n\n{told}"
    )


def _weights(calibration: Metrics) -> str:
    """The weights that were learnt, in a sentence."""
    told = [
        ", ".join(f"{name.replace('_', ' ')} {_number(weight)}" for name, weight in calibration[key].items())
        for key in ("readers", "neighbours")
    ]
    return f"Poids des lectures : {told[0]} ; des voisines : {told[1]}."


def _together(metrics: Metrics) -> str:
    names = {"hors_source": "Hors source", "murs": "Documents entiers (murs triés, hors source)"}
    rows = [
        [f"{names[place]}, {way}", str(found["n"]), *(_number(found[key]) for key in SHOWN_TOGETHER)]
        for place, ways in metrics.items()
        for way, found in ways.items()
    ]
    header = ["idées lues", "n", "macro-F1", "justes", "justes parmi les 60 % les plus nettes"]
    return _table(header, rows)


def _groups(metrics: Metrics) -> str:
    rows = [
        [name, str(found["n"]), _number(found["macro_f1"]), _number(found["accuracy"])]
        for key, kind in (
            ("hors_source", "par_source"),
            ("hors_source", "par_longueur"),
            *((("avec_gemma", "par_longueur"),) if "avec_gemma" in metrics else ()),
            ("themes_mis_de_cote", "par_registre"),
        )
        for name, found in metrics[key][kind].items()
    ]
    return _table(["groupe", "n", "macro-F1", "justes"], rows)


def _ideas(found: Metrics) -> str:
    rows = [[name, str(of["n"]), _number(of["meme_idee"]), _number(of["meme_sujet"])] for name, of in found.items()]
    header = ["vecteurs", "textes", "le plus proche dit la même chose", "le plus proche est du même sujet"]
    return (
        "Textes des ateliers de `corpus/ideas` qui n'ont jamais été appris : part de ceux dont le plus proche, "
        f"parmi tous, dit la même chose.\n\n{_table(header, rows)}"
    )


def _facets(facets: Metrics) -> str:
    rows = [[name, str(n), _number(share)] for name, (n, share) in facets["par_facette"].items()]
    told = f"Justes {_number(facets['accuracy'])} sur {facets['n']} idées de thèmes mis de côté dont l'axe est juste."
    return f"{told}\n\n{_table(['facette', 'n', 'retrouvées'], rows)}"


def _confusion(confusion: Metrics) -> str:
    rows = [[compass()[axis].name, *(str(confusion[axis][other]) for other in AXIS_CODES)] for axis in AXIS_CODES]
    return _table(["lu par des personnes ↓, par le modèle →", *(compass()[axis].name for axis in AXIS_CODES)], rows)


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")
