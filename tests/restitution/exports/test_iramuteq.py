"""A corpus that IRaMuTeQ reads: starred variables of letters and digits, and texts that it takes for no command."""

import re
from dataclasses import replace

from decided_workshop import DECIDED, HIDDEN, RUNS, decided, said
from labelled import each

from pipeline.restitution.exports import Contents, iramuteq
from pipeline.restitution.exports.iramuteq import cleaned

LINE = re.compile(r"\*\*\*\*(?: \*[A-Za-z0-9]+_[A-Za-z0-9]+)+")


def texts_of(contents: Contents) -> dict[str, tuple[str, str]]:
    """Idea → its variables and its text."""
    [content] = iramuteq.write(contents).values()
    blocks = [block.split("\n") for block in content.decode().strip().split("\n\n")]
    assert all(len(block) == 2 and LINE.fullmatch(block[0]) for block in blocks)
    return {variables.partition("*idee_")[2].split()[0]: (variables, text) for variables, text in blocks}


def test_each_idea_is_a_text_under_its_variables(contents: Contents) -> None:
    texts = texts_of(contents)
    assert len(texts) == len(contents.material.items)
    variables, text = texts[cleaned(said(0))]
    assert text == "Pas de car après 18 h"
    assert variables == (
        "**** *axe_est *facette_frein *statut_sur *groupe_pasDeCarLeSoirPourLesJeunes *theme_mobilite *table_1 "
        f"*canal_postit *provenance_ecrit *atelier_a *idee_{cleaned(said(0))} *commune_tull"
    )
    assert "*axe_est " in texts[cleaned(said(DECIDED))][0]
    assert cleaned(said(HIDDEN)) not in texts


def test_no_word_of_a_participant_is_a_command(contents: Contents) -> None:
    texts = [text for _, text in texts_of(contents).values()]
    assert any(text.startswith("=HYPERLINK(") for text in texts)
    assert RUNS not in texts
    assert not [text for text in texts if set(text) & {"*", "_"}]


test_a_modality_is_one_word_of_ascii = each(
    cleaned,
    ("Infirmière libérale", "infirmiereLiberale"),
    ("12-18 ans", "1218Ans"),
    ("***", ""),
    ("Œuvre d’art", "oeuvreDArt"),
)


def test_columns_of_the_source_follow_and_sentences_among_them_do_not() -> None:
    tables = decided()
    told = '{"axe": "autre", "Âge": 34, "Profil *": "chef_d entreprise", "Remarque": "' + "mot " * 20 + '"}'
    material = Contents("a", replace(tables, contributions=tables.contributions.assign(attributes=told)), None, None)  # type: ignore[arg-type]
    found = iramuteq.variables(material.material.items[said(0)], material.material)
    assert found["axe"] == "est"
    assert (found["age"], found["profil"]) == ("34", "chefDEntreprise")
    assert "remarque" not in found
