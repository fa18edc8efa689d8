"""How values are shown: numbers, moments, cut texts, and codes that the configuration no longer names."""

from __future__ import annotations

import re

import pytest
from labelled import each

from pipeline.app.desk import Desk
from pipeline.app.rendering import moment, n_of, number, on_card, on_page, path, percent, templates
from pipeline.axes import facet_codes
from pipeline.language.text.typography import shortened


def test_numbers_are_written_as_in_french() -> None:
    assert number(12_345) == "12\u202f345"
    assert n_of(1, "parole") == "1\u00a0parole"
    assert n_of(2, "parole") == "2\u00a0paroles"
    assert n_of(3, "canal", "canaux") == "3\u00a0canaux"
    assert percent(0.356) == "36\u00a0%"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("un deux trois", 9) == "un deux […]"
    assert shortened("un deux", 8) == "un deux"


def test_the_nearest_heading_of_a_path_is_whole() -> None:
    above = "Cas 1 : ce que dit la page du four du bourg"
    assert path(f"{above} > Choses à ajouter") == "Cas 1 : ce que dit la page du […] > Choses à ajouter"
    assert path("Choses à ajouter") == "Choses à ajouter"


def test_a_long_address_on_a_card_is_told_by_its_site() -> None:
    assert on_card(f"Voir https://presse.example.org/{'a' * 60} ici") == "Voir https://presse.example.org/… ici"
    assert on_card("Voir https://example.org/lac ici") == "Voir https://example.org/lac ici"


def test_a_moment_that_cannot_be_read_stays_as_it_is() -> None:
    assert moment("hier") == "hier"
    assert re.fullmatch(r"\d\d/\d\d, \d{1,2}\u00a0h\u00a0\d\d", moment("2026-03-12T14:05:00+00:00"))


@pytest.mark.parametrize("facet", [*facet_codes(), "facette_neuve"])
def test_the_page_of_an_item_opens_whatever_its_facet(desk: Desk, facet: str) -> None:
    """A facet is one line of `configs/axes.toml`: no template knows them."""
    from starlette.requests import Request

    from pipeline.app.screens import frame
    from pipeline.app.screens import item as show_item

    found = next(iter(desk.session.state.items.values()))
    found.facet = facet
    named = {"kind": "atelier", "name": "un", "item_id": found.item_id}
    request = Request({"type": "http", "path": "/", "path_params": named, "query_string": b"", "headers": []})
    around = {"at": "", "path": "/", "here": "/", "author": "Anne", "nobody": "Quelqu’un", "message": None}
    html = templates().get_template("item.html").render(**around, **frame(desk, request), **show_item(desk, request))
    assert found.text.split()[0] in html


test_who_has_no_terminal_is_told_of_the_page = each(
    lambda text: on_page(text).replace("\u00a0", " "),
    ("En-tête à compléter dans atelier.toml : Date.", "En-tête à compléter dans la fiche : Date."),
    ("atelier.toml y annonce une feuille « A »", "La fiche y annonce une feuille « A »"),
    ("Relancez « rosace synthesize » pour le refaire.", "Relancez la lecture pour le refaire."),
    ("Récrivez-le avec « rosace draft » suivi du nom de ce dossier.", "Récrivez-le avec « Récrire le texte »."),
    ("Le classeur écrit par « rosace review export », en .ods.", "Le classeur écrit par « Échanger », en .ods."),
    ("(colonnes_gardees dans [[fichiers]] d'atelier.toml)", "(dites-le sous « Colonnes »)"),
    (
        "/home/anne/Mes ateliers/resultats est occupé : la lecture y travaille (processus 12). Attendez.",
        "Cet atelier est occupé : la lecture y travaille. Attendez.",
    ),
    ("c'est un texte, pas « l'été »", "c’est un texte, pas « l'été »"),
    ("Une parole de la rosace du carrelage", "Une parole de la rosace du carrelage"),
)
