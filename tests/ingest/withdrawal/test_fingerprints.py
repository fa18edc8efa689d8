"""A withdrawn contribution is known again without its words, wherever its file goes."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest
from labelled import each

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.fingerprints import Withdrawals

ROWS = [
    ("c1", "a.csv", "ligne 2", "Plus de bus le soir", "postit"),
    ("c2", "a.csv", "ligne 3", "Un banc devant la poste", "postit"),
    ("c3", "b.csv", "ligne 2", "plus de bus, le soir !", "postit"),
    ("c4", "c.vtt", "0:01", "Plus de bus le soir", "transcript"),
]


def table(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["contribution_id", "source", "locator", "text", "channel"])


def moved(*ids: str, new: str = "x") -> pd.DataFrame:
    """The table once the files of these contributions have other names."""
    rows = [(f"{new}{row[0]}", f"{new}{row[1]}", *row[2:]) if row[0] in ids else row for row in ROWS]
    return table(*rows)


def withdrawn(*ids: str) -> Withdrawals:
    kept, left = Withdrawals(), table(*ROWS)
    for one in ids:
        kept = kept.with_one(one, left)
        left = left[left["contribution_id"] != one]
    return Withdrawals.read(json.loads(json.dumps(kept.saved())))


def test_no_word_is_kept_and_the_salt_hides_them() -> None:
    saved = json.dumps(withdrawn("c2").saved())
    assert "banc" not in saved
    assert withdrawn("c2").all[0].print_ != withdrawn("c2").all[0].print_


def test_known_by_its_id() -> None:
    assert withdrawn("c2").met_in(table(*ROWS)) == (frozenset({"c2"}), frozenset())
    assert withdrawn("c1").met_in(table(*ROWS)) == (frozenset({"c1"}), frozenset())
    assert withdrawn("c1").met_in(table(*ROWS[1:])) == (frozenset(), frozenset())


def test_known_by_its_words_once_its_file_is_renamed() -> None:
    assert withdrawn("c2").met_in(moved("c1", "c2")) == (frozenset(), frozenset({"xc2"}))


def test_of_two_who_wrote_the_same_one_stays() -> None:
    assert withdrawn("c1").met_in(moved("c1"))[1] == {"xc1"}
    assert withdrawn("c3").met_in(moved("c1", "c3"))[1] == {"xc1"}


def test_whatever_the_channel() -> None:
    assert withdrawn("c4").met_in(moved("c4"))[1] == {"xc4"}
    assert withdrawn("c1", "c3").met_in(moved("c1", "c3"))[1] == {"xc1", "xc3"}


def test_one_that_was_deleted_from_its_file_is_not_looked_for_in_another() -> None:
    assert withdrawn("c1").met_in(table(("xc3", "xb.csv", *ROWS[2][2:]))) == (frozenset(), frozenset())


def test_a_run_that_nothing_was_withdrawn_from_has_none() -> None:
    assert Withdrawals.read(None).met_in(table(*ROWS)) == (frozenset(), frozenset())


LONG = (
    "Moi je garde les enfants de ma voisine le mercredi parce que le centre est complet depuis deux ans, et le soir je "
    "les ramène à pied par le chemin du lavoir, qui n'est ni éclairé ni déneigé"
)
SHORT = "Il faudrait plus de bus le soir"
ASKED = "Et toi, comment tu fais le jeudi quand la navette ne passe pas, tu appelles quelqu'un ?"
TURNS = ("Bonjour à tous", LONG, "Merci beaucoup", SHORT, "On passe à la suite", "Oui")


def spoken(source: str, *texts: str, channel: str = "transcript") -> list[tuple[str, ...]]:
    return [(f"{source}{n}", source, f"0:0{n}", text, channel) for n, text in enumerate(texts)]


def back(*added: tuple[str, ...], gone: tuple[str, ...] = ("a1", "a3")) -> frozenset[str]:
    """Which of the added rows are known, beside a transcript of which two turns were withdrawn."""
    kept, left = Withdrawals(), table(*spoken("a", *TURNS))
    for one in gone:
        kept = kept.with_one(one, left)
        left = left[left["contribution_id"] != one]
    kept = Withdrawals.read(json.loads(json.dumps(kept.saved())))
    return kept.met_in(table(*spoken("a", *TURNS), *added))[1]


test_a_transcript_that_is_copied_brings_no_word_back = each(
    lambda channel: back(*spoken("copie", *TURNS, channel=channel)), "transcript", "note", is_told={"copie1", "copie3"}
)


NEARLY = {
    "une faute corrigée": LONG.replace("ramène", "raccompagne"),
    "la casse et les signes": LONG.upper().replace(",", " –"),
    "la fin coupée": LONG.removesuffix(", qui n'est ni éclairé ni déneigé"),
    "jointe à une autre": f"{LONG}. {ASKED}",
    "un morceau": LONG[LONG.index("de ma voisine") : LONG.index("du lavoir")],
}

test_nearly_its_words_are_known_in_any_file = each(
    lambda said: back(*spoken("b", "Bien", said, "Voilà", channel="postit")),
    *NEARLY.values(),
    is_told={"b1"},
    names=NEARLY,
)


@pytest.mark.parametrize("said", ["Une place de marché couverte", "Non", "Moins de voitures devant l'école", ""])
def test_other_words_at_its_place_are_somebody_else_s(said: str) -> None:
    assert back(*spoken("b", *TURNS[:3], said, *TURNS[4:]), gone=("a3",)) == frozenset()


def test_the_next_who_says_nearly_the_same_stays_when_it_is_deleted_from_its_file() -> None:
    turns = ("Bonjour", SHORT, f"{SHORT} aussi", "Merci")
    kept = Withdrawals().with_one("a1", table(*spoken("a", *turns)))
    assert kept.met_in(table(*spoken("n", turns[0], *turns[2:])))[1] == frozenset()


OTHERS = {
    "une formule commune": "Il faudrait plus de bus le soir et le dimanche",
    "un début commun": "Il faudrait plus de bancs devant la poste",
    "le même sujet": "Je garde les enfants de ma voisine le mercredi, elle garde les miens le samedi",
    "un bout de phrase": "Moi je garde les enfants de ma voisine le mercredi",
    "un long texte qui en dit un bout": f"{ASKED} Le centre est complet depuis "
    "deux ans, et personne à la mairie ne répond quand nous posons la question",
}


@pytest.mark.parametrize("said", OTHERS.values(), ids=OTHERS)
def test_who_merely_shares_a_phrase_is_not_taken(said: str) -> None:
    assert back(*spoken("b", "Bien", said, "Voilà")) == frozenset()


def test_what_another_said_too_on_that_day_tells_nothing() -> None:
    rows = [*spoken("a", *TURNS), *spoken("b", "Bien", LONG, "Voilà")]
    kept = Withdrawals().with_one("a1", table(*rows))
    now = table(*(row for row in rows if row[0] != "a1"), *spoken("c", "Donc", LONG, "Fin"))
    assert kept.met_in(now)[1] == {"c1"}


def test_prints_of_an_earlier_version_still_count() -> None:
    saved = withdrawn("c2").saved()
    for one in saved["retraits"]:
        del one["fragments"]
        said = "un banc devant la poste\x1fpostit"
        print_ = hashlib.blake2b(said.encode(), key=bytes.fromhex(saved["sel"]), digest_size=16).hexdigest()
        one |= {"empreinte": print_, "rang": 0, "entourage": ["", "", ""]}
    assert Withdrawals.read(saved).met_in(table(*ROWS)) == (frozenset({"c2"}), frozenset())
    assert Withdrawals.read(saved).met_in(moved("c2")) == (frozenset(), frozenset({"xc2"}))


@pytest.mark.parametrize("content", ["", "{", '{"sel": "a"}', '{"sel": "a", "retraits": [{}]}', "3", '["c2"]'])
def test_a_damaged_file_is_never_none_withdrawn(tmp_path: Path, content: str) -> None:
    (tmp_path / "retraits.json").write_text(content, encoding="utf-8")
    with pytest.raises(ArtifactError, match="Ne l'effacez pas"):
        Withdrawals.of(RunFolder.create(tmp_path))
