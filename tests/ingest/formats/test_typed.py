"""Words typed in the room: the same ideas whatever came when, nothing twice, nothing left of a withdrawal."""

import random
from pathlib import Path
from typing import Any

import pytest

import rosace
from pipeline.api.runs import withdraw
from pipeline.config import load_config
from pipeline.folder.locks import BusyError, working
from pipeline.ingest.formats import readers
from pipeline.ingest.formats.typed import BESIDE, FILE, HEAD, WAIT, Typed, erase_typed, key_of, line_of
from pipeline.ingest.stage import ingest

WORDS = (
    ("a", "3", "Ce qui freine", "Le car du soir ne passe plus. Il manque un abri pour les vélos."),
    ("b", "10", "Ce qui freine", "Les horaires de la mairie"),
    ("c", "", "Idées", "Ouvrir un atelier de réparation"),
    ("d", "3", "", "Une salle pour répéter"),
    ("e", "2", "", "Une salle pour répéter"),
    ("f", "2", "", "=SOMME(A1) <script>alert(1)</script> 06 12 34 56 78"),
)


def key(letter: str) -> str:
    return letter * 16


def said(letter: str, table: str, heading: str, text: str) -> dict[str, str]:
    told = {"table": table, "rubrique": heading, "texte": text}
    return {"acte": "dire", "cle": key(letter), "de": f"t-{letter}", "a": "2026-03-12T19:00:00Z", **told}


def act(name: str, letter: str, **more: str) -> dict[str, str]:
    return {"acte": name, "cle": key(letter), "de": "animation", "a": "2026-03-12T19:05:00Z", **more}


def folder_of(place: Path, *records: dict[str, str], end: bytes = b"") -> Path:
    place.mkdir()
    (place / FILE).write_bytes(HEAD + b"".join(map(line_of, records)) + end)
    return place


def test_the_same_words_give_the_same_ideas_whatever_came_when(tmp_path: Path) -> None:
    orders = [list(WORDS), list(reversed(WORDS)), random.Random(4).sample(WORDS, len(WORDS))]
    found = [
        ingest(folder_of(tmp_path / str(n), *(said(*word) for word in words), said(*words[0])), load_config())
        for n, words in enumerate(orders)
    ]
    first = found[0]
    assert first.contributions["channel"].unique().tolist() == ["saisie"]
    assert first.contributions["table"].fillna("").tolist() == ["2", "2", "3", "3", "10", ""]
    assert first.contributions["context"].tolist()[3:] == ["Ce qui freine", "Ce qui freine", "Idées"]
    assert first.contributions["text"].str.contains("[téléphone]", regex=False).sum() == 1
    assert len(first.items) == 7
    assert first.ledger[["n_read", "n_kept", "n_rejected"]].iloc[0].tolist() == [6, 6, 0]
    for other in found[1:]:
        for name in ("contributions", "items", "ledger"):
            assert getattr(other, name).equals(getattr(first, name))


def test_a_word_sent_again_a_torn_line_and_a_broken_one() -> None:
    content = HEAD + b"".join(line_of(said(*word)) for word in (*WORDS, WORDS[0])) + b"\xff{broken\n"
    typed = Typed.of(content + line_of(said("g", "1", "", "coupé"))[:-9])
    assert list(typed.words) == [key(word[0]) for word in WORDS]
    assert [number for number, _ in typed.broken] == [9]
    again = Typed.of(typed.content())
    assert again.words == typed.words
    assert [line for _, line in again.broken] == [b"\xff{broken"]


def test_corrected_words_wait_for_a_nod_and_withdrawn_ones_do_not_come_back() -> None:
    typed = Typed()
    for record in (
        said(*WORDS[0]),
        act("montrer", "a"),
        act("corriger", "a", texte="Le car du matin"),
        said(*WORDS[1]),
        act("retirer", "b"),
        said(*WORDS[1]),  # the telephone that typed it was away
        act("montrer", "b"),
        act("montrer", "z"),
    ):
        typed.follow(record)
    assert (typed.words[key("a")].text, typed.words[key("a")].state) == ("Le car du matin", WAIT)
    assert typed.words[key("b")].is_withdrawn
    content = typed.content().decode()
    assert "mairie" not in content
    assert "soir" not in content
    assert Typed.of(content.encode()).words == typed.words


def test_what_is_no_record_of_ours_is_told(tmp_path: Path) -> None:
    wrong = [act("dire", "a"), act("voler", "b"), {"acte": "dire", "cle": "../../x"}, {"acte": "retirer"}]
    found = ingest(folder_of(tmp_path / "x", said(*WORDS[1]), *wrong, end=b"[1]\n{\n"), load_config())
    assert len(found.contributions) == 1
    assert found.rejects["locator"].tolist() == [f"ligne {n}" for n in range(3, 9)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, rosace.Synthesis]:
    place = tmp_path_factory.mktemp("salle")
    corpus = folder_of(place / "atelier", *(said(*word) for word in WORDS))
    return corpus, rosace.synthesize(corpus, place / "run", profile="rapide")


def test_a_withdrawal_erases_the_words_from_the_file_and_leaves_the_same_words_of_others(
    run: tuple[Path, rosace.Synthesis],
) -> None:
    corpus, made = run
    contributions = made.table("contributions").set_index("locator")
    gone = contributions.loc[f"parole {key('e')}", "contribution_id"]
    (corpus / BESIDE).mkdir()
    with working(corpus / BESIDE, "la salle"), pytest.raises(BusyError):
        withdraw(made.path, gone)
    assert len(Typed.of((corpus / FILE).read_bytes()).words) == len(WORDS)
    withdraw(made.path, gone)
    left = Typed.of((corpus / FILE).read_bytes()).words
    assert [one for one in left if left[one].is_withdrawn] == [key("e")]
    for path in (made.path, rosace.synthesize(corpus, made.path, profile="rapide").path):
        table = rosace.synthesize(corpus, path, profile="rapide").table("contributions")
        assert sorted(table["locator"]) == sorted(f"parole {key(one[0])}" for one in WORDS if one[0] != "e")


def test_only_a_place_of_the_room_names_a_word(tmp_path: Path) -> None:
    assert key_of(f"parole {key('a')}") == key("a")
    assert [key_of(place) for place in ("ligne 3", "parole ", "parole AAAAAAAAAAAAAAAAAA", "")] == [""] * 4
    assert not erase_typed(tmp_path / FILE, f"parole {key('a')}")


def test_a_file_that_grows_while_it_is_read_is_read_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = folder_of(tmp_path / "x", *(said(*word) for word in WORDS[:3]))
    real = readers.read_apart

    def typed_meanwhile(path: Path, *others: Any) -> Any:
        found = real(path, *others)
        with path.open("ab") as file:
            file.write(line_of(said(*WORDS[3])))
        return found

    monkeypatch.setattr(readers, "read_apart", typed_meanwhile)
    assert len(ingest(corpus, load_config()).contributions) == 3
