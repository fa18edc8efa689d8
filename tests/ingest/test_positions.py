"""Positions: what is only a position is counted and is no idea; what has words has its side."""

from __future__ import annotations

from pipeline.config import load_config
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.formats.records import Entry, Position, Reading

FOR, AGAINST = Position("pour", "colonne"), Position("contre", "colonne")


def taken(*entries: Entry) -> Assembly:
    assembly = Assembly(load_config().ingest)
    assembly.add("avis.csv", [Reading("tableau CSV", "enquete", "ecrit", iter(entries))], "atelier", None)
    return assembly


def test_an_entry_without_words_is_a_position_and_no_contribution() -> None:
    assembly = taken(
        Entry("ligne 2", "", "Faut-il fermer la rue ?", voice="#2", positions=(FOR,)),
        Entry("ligne 3", "Les livraisons passent par là.", "Faut-il fermer la rue ?", voice="#3", positions=(AGAINST,)),
        Entry("ligne 4", "", aside=("resultat_de_vote", "vote"), positions=(Position("pour", "vote", "la rue", 12),)),
    )
    rows = assembly.positions_frame()
    kept = assembly.contributions.frame()["contribution_id"].tolist()
    assert rows["side"].tolist() == ["pour", "contre", "pour"]
    assert rows["n"].tolist() == [1, 1, 12]
    assert rows["about"].tolist() == ["Faut-il fermer la rue ?", "Faut-il fermer la rue ?", "la rue"]
    assert rows["voice"].tolist()[:2] == ["Réponse 1", "Réponse 2"]
    assert rows["contribution_id"].fillna("").tolist() == ["", *kept, ""]
    assert assembly.ledger[0][4:] == (3, 1, 1, 1, 1)


def test_a_position_names_the_contribution_that_it_answers_even_if_it_comes_later() -> None:
    rows = taken(
        Entry("ligne 2", "Et les parkings ?", own_name="b", answers=("a",), positions=(Position("sans", "fil"),)),
        Entry("ligne 3", "Fermer la rue aux voitures.", own_name="a"),
        Entry("ligne 4", "", answers=("nulle part",), positions=(AGAINST,)),
    )
    first = rows.contributions.frame()["contribution_id"].tolist()
    assert rows.positions_frame()["target"].fillna("").tolist() == [first[1], ""]
