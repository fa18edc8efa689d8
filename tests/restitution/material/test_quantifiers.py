"""How quantities are said: fixed thresholds, the denominator near."""

import pytest
from labelled import each

from pipeline.restitution.material import quantifiers
from pipeline.restitution.material.facts import fact, french_date
from pipeline.restitution.material.quantifiers import said, table_name


def tables(n: int, total: int) -> dict[str, object]:
    return fact(n, n, total, "", labels=[str(rank) for rank in range(1, n + 1)])


test_tables = each(
    lambda n, total: said(tables(n, total), "tables"),
    (1, 6, "la table\u00a01"),
    (2, 6, "les tables\u00a01 et\u00a02"),
    (3, 6, "trois tables sur six"),
    (4, 6, "quatre tables sur six"),
    (6, 6, "les six tables"),
    (2, 2, "les deux tables"),
    (3, 3, "les trois tables"),
    (12, 40, "douze tables sur 40"),
    (21, 40, "21 tables sur 40"),
)


test_meetings = each(
    lambda n, total: said(fact(n, n, total, "", labels=["rencontre Tulle", "rencontre Ussel"][:n]), "tables"),
    (1, 3, "la rencontre\u00a0de Tulle"),
    (2, 2, "les deux rencontres"),
    (2, 3, "les rencontres\u00a0de Tulle et\u00a0Ussel"),
)
test_days_of_meetings = each(
    lambda n: said(fact(n, n, 3, "", labels=["rencontre 15 janvier", "rencontre 1er mars 2026"][:n]), "tables"),
    (1, "la rencontre\u00a0du 15 janvier"),
    (2, "les rencontres\u00a0des 15 janvier et\u00a01er mars 2026"),
)
test_a_street_with_a_day_is_no_day = each(
    lambda label: said(fact(1, 1, 3, "", labels=[label]), "tables"),
    ("rencontre 2 rue du 8 mai", "la rencontre\u00a0de 2 rue du 8 mai"),
)
test_people = each(
    lambda n, labels: said(fact(n, n, None, "", labels), "people"),
    (1, (), "une personne"),
    (20, (), "20 personnes"),
    (20, ("environ",), "une vingtaine de personnes"),
    (45, ("environ",), "environ 45 personnes"),
)


def test_several_tables_keep_their_denominator() -> None:
    assert said(tables(3, 7), "tables_brief") == "trois tables sur sept"
    assert said(tables(2, 7), "tables") == "les tables\u00a01 et\u00a02"
    assert said(tables(2, 7), "tables_brief") == "tables\u00a01 et\u00a02"
    assert said(tables(2, 2), "tables_brief") == "les deux tables"
    assert said(tables(1, 7), "tables_brief") == "table\u00a01"


def test_tables_that_their_file_tells_apart_are_counted() -> None:
    labels = ["Groupe 2, rencontre du port", "Groupe 4, rencontre du bourg"]
    assert said(fact(2, 2, 15, "", labels=labels), "tables") == "deux groupes sur quinze"


def test_how_many_tables_are_named_is_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantifiers, "NAMED_MAX", 3)
    told = [said(tables(n, 6), "tables") for n in (1, 2, 3, 4)]
    assert told == [
        "la table\u00a01",
        "les tables\u00a01 et\u00a02",
        "les tables\u00a01, 2 et\u00a03",
        "quatre tables sur six",
    ]


def test_other_quantities() -> None:
    assert said(fact(1, 1, 30, ""), "answers") == "une personne sur 30"
    assert said(fact(3, 3, 3, ""), "workshops") == "les trois ateliers"
    assert said(fact(62, 62, None, ""), "people") == "62 personnes"


test_names_of_tables = each(
    table_name, ("3", "la table\u00a03"), ("Table 3", "la table\u00a03"), ("Santé", "la table\u00a0Santé")
)
test_dates = each(
    french_date,
    ("2026-03-01", "1er mars 2026"),
    ("2026-03-12, 2026-04-02", "12 mars et 2 avril 2026"),
    ("2026-03-01, 2026-03-12, 2026-04-02", "1er et 12 mars, 2 avril 2026"),
    ("2020-11-12, 2020-11-25, 2021-04-08", "12 et 25 novembre 2020, 8 avril 2021"),
    ("2020-11-12, 2020-12-01, 2021-04-08", "12 novembre et 1er décembre 2020, 8 avril 2021"),
    ("2026-03-03, 2026-03-04, 2026-03-05", "3, 4 et 5 mars 2026"),
    ("2026-12-31", "31 décembre 2026"),
    ("2025-12-01, 2025-12-02, 2026-01-03, 2026-01-04, 2026-02-01", "du 1er décembre 2025 au 1er février 2026"),
    ("2026-01-01, 2026-01-02, 2026-01-03, 2026-01-04, 2026-02-01", "du 1er janvier au 1er février 2026"),
    ("2026-03-03, 2026-03-04, 2026-03-05, 2026-03-12, 2026-03-14", "du 3 au 14 mars 2026"),
    ("au printemps", "au printemps"),
)
