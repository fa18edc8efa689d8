"""What files and headings say of a stance."""

import pandas as pd
from labelled import each

from pipeline.stances.evidence import Known, answered_sides, known_sides, side_of_headings

test_a_heading_tells_the_side_of_what_stands_under_it = each(
    lambda headings, context: side_of_headings(headings, context).stance,
    (["Débat sur la rocade", "Arguments contre"], "", "contre"),
    (["Débat sur la rocade", "Arguments pour :"], "", "pour"),
    (["Contre la rocade", "Coût"], "Coût", "contre"),
    (["À éviter"], "À éviter", "contre"),
    (["À éviter !!"], "", "contre"),
    (["12) « Arguments contre » !"], "", "contre"),
    (["- Arguments pour"], "", "pour"),
    (["Que ne pas faire"], "", "contre"),
    (["2. Inconvénients du parking"], "", "contre"),
    (["À condition que…"], "", "nuance"),
    (["Pour aller plus loin"], "", ""),
    (["Lutte contre l'isolement"], "", ""),
    (["Êtes-vous pour ou contre ?"], "", ""),
    (["Pour ou contre"], "", ""),
    (["Points négatifs"], "", ""),
    (["Choses à abandonner"], "", "contre"),
    (["Les idées à laisser tomber :"], "", "contre"),
    (["Remarques non retenues et raisons"], "", "contre"),
    (["Propositions refusées"], "", "contre"),
    (["Écartées"], "", "contre"),
    (["Choses à garder", "Le marché"], "", "pour"),
    (["À améliorer"], "", ""),
    (["Refus de priorité"], "", ""),
    (["Garder le lien"], "", ""),
    ([], "", ""),
)


test_a_heading_tells_what_the_side_is_on = each(
    lambda headings, context: side_of_headings(headings, context).about,
    (["Débat sur la rocade", "Arguments contre"], "Arguments contre", "Débat sur la rocade"),
    ([], "Ouvrir un four commun > Avantages", "Ouvrir un four commun"),
    (["Ouvrir un four commun", "Pour", "Coût"], "Coût", "Ouvrir un four commun"),
    (["Inconvénients"], "Inconvénients", "Inconvénients"),
    (["Bilan", "À éviter"], "", ""),
    (["Bilan", "Choses à garder"], "", ""),
)


def test_a_contribution_has_the_side_of_its_file_unless_it_has_two() -> None:
    rows = [("c1", "pour"), ("c1", "pour"), ("c2", "contre"), ("c3", "pour"), ("c3", "contre"), (None, "contre")]
    rows += [("c4", "abstention"), ("c5", "nuance")]
    positions = pd.DataFrame(rows, columns=["contribution_id", "side"]).assign(
        evidence="colonne", target=None, about="un four"
    )
    sides = {"c1": "pour", "c2": "contre", "c4": "inconnu", "c5": "nuance"}
    assert known_sides(positions) == {key: Known(side, "un four") for key, side in sides.items()}
    two = positions.head(2).assign(about=["un four", "un puits"])
    assert known_sides(two) == {}


def test_who_answers_somebody_takes_a_side_about_that_one_only() -> None:
    columns = ["contribution_id", "target", "side", "evidence"]
    rows = [("c1", "c0", "contre", "fil"), ("c2", None, "pour", "colonne"), (None, "c0", "pour", "cellule")]
    rows += [("c3", None, "contre", "fil"), ("c4", "c0", "nuance", "cellule")]  # answers nobody; is no answer
    positions = pd.DataFrame(rows, columns=columns).assign(about="un four")
    sides = {"c2": "pour", "c3": "contre", "c4": "nuance"}
    assert known_sides(positions) == {key: Known(side, "un four") for key, side in sides.items()}
    assert answered_sides(positions).to_dict("records") == [
        {"contribution_id": "c1", "target": "c0", "about": "un four", "stance": "contre"}
    ]


def test_who_answers_without_a_side_takes_none() -> None:
    rows = [("c1", "c0", "sans", "fil"), (None, "c0", "contre", "fil")]
    positions = pd.DataFrame(rows, columns=["contribution_id", "target", "side", "evidence"]).assign(about="un four")
    assert answered_sides(positions).empty
