"""Readings to tables: rows kept by columns, ids, voices, rejects, the ledger."""

from collections.abc import Iterator

import pytest

from pipeline.config import load_config
from pipeline.contracts.tables import Column
from pipeline.errors import RefusedFileError
from pipeline.ingest.assembly import Assembly, Rows, Voices, stable_id
from pipeline.ingest.formats.records import ColumnChoice, Entry, Reading
from pipeline.ingest.preparing import N_TOGETHER

COLUMNS = tuple(
    Column(*one) for one in (("text", "text"), ("position", "int"), ("start_s", "float"), ("headings", "list"))
)
N = 4_096 + 10
"""More than one chunk."""


def row(n: int) -> tuple[object, ...]:
    return f"parole {n}", n, n / 2, [f"titre {n}"]


@pytest.fixture
def rows() -> Rows:
    made = Rows(COLUMNS)
    for n in range(N):
        made.append(row(n))
    return made


def test_public_speakers_keep_their_names() -> None:
    voices = Voices()
    assert voices.label("Odile Lavandier", "w", "a.md", False) == "Odile Lavandier"
    assert (voices.public, voices.names) == ({"Odile Lavandier"}, set())


def test_a_frame_has_the_rows_in_order_and_in_their_types(rows: Rows) -> None:
    frame = rows.frame()
    assert len(rows) == len(frame) == N
    assert tuple(frame.iloc[N - 1]) == row(N - 1)
    assert [str(kind) for kind in frame.dtypes] == ["string", "Int64", "float64", "object"]


def test_missing_values_stay_missing() -> None:
    made = Rows(COLUMNS)
    made.append((None, None, None, []))
    frame = made.frame()
    assert frame[["text", "position", "start_s"]].isna().all(axis=None)
    assert frame["headings"].iloc[0] == []


@pytest.mark.parametrize("n", [0, 3, 4_096, 4_100])
def test_cutting_back_keeps_the_first(rows: Rows, n: int) -> None:
    rows.cut_back(n)
    rows.append(row(-1))
    assert len(rows) == n + 1
    assert rows.frame()["position"].tolist() == [*range(n), -1]


CONFIG = load_config().ingest


def reading(*texts: str) -> Reading:
    return Reading("tableau CSV", "postit", "ecrit", [Entry(f"ligne {n}", text) for n, text in enumerate(texts, 2)])


def test_one_name_is_one_voice_of_a_workshop() -> None:
    voices = Voices()
    names = ["Odile Lavandier", "  odile  LAVANDIER", "Basile"]
    assert [voices.label(name, "w", "a.vtt", True) for name in names] == ["Voix 1", "Voix 1", "Voix 2"]
    assert voices.label("Basile", "w", "b.vtt", True) == "Voix 2"
    assert voices.label("Basile", "another", "c.vtt", True) == "Voix 3"
    assert voices.names == {"Odile Lavandier", "Basile"}


def test_names_that_a_machine_gave_are_those_of_a_file() -> None:
    voices = Voices()
    told = [
        voices.label(name, "w", source, True) for source in ("a.json", "b.json") for name in ("Speaker 3", "SPEAKER_00")
    ]
    assert told == ["Locuteur 3", "Locuteur 0", "Locuteur 1", "Locuteur 2"]
    assert voices.names == set()


def test_rows_of_a_survey_are_numbered_apart() -> None:
    voices = Voices()
    assert voices.label("Odile", "w", "a.csv", True) == "Voix 1"
    assert [voices.label(f"#{n}", "w", "a.csv", True) for n in (7, 9, 7)] == ["Réponse 1", "Réponse 2", "Réponse 1"]


def test_equal_texts_of_a_file_have_ids_of_their_own() -> None:
    assembly = Assembly(CONFIG)
    assembly.add("a.csv", [reading("Un banc", "Un banc", "…")], "w", "3")
    rows = assembly.contributions.frame()
    assert rows["contribution_id"].is_unique
    assert rows["contribution_id"].iloc[1] == stable_id("c", "a.csv", "Un banc", 2)
    assert rows["table"].tolist() == ["3", "3"]
    (line,) = assembly.ledger
    assert line[2] == "lu"
    assert line[4:] == (3, 2, 1, 0, 2)


def test_the_ledger_tells_how_a_file_was_understood() -> None:
    told = reading("Un banc", "…")
    told.notes = ["une note"]
    told.choices = [ColumnChoice("Téléphone", "écartée", "son titre")]
    assembly = Assembly(CONFIG)
    assembly.add("a.csv", [told], "w", None)
    detail = assembly.ledger[0][3]
    for part in ("écrit des participants", "colonnes écartées\u00a0: Téléphone", "une note", "mis de côté"):
        assert part in detail


def test_a_file_without_a_word_is_refused() -> None:
    assembly = Assembly(CONFIG)
    assembly.add("a.csv", [reading("…")], "w", None)
    assert assembly.ledger[0][2] == "refuse"
    assert assembly.ledger[0][3].startswith("aucune parole à lire dans ce fichier")


def test_nothing_stays_of_a_file_that_turns_out_unreadable() -> None:
    def entries() -> Iterator[Entry]:
        for n in range(N_TOGETHER + 1):
            yield Entry(f"ligne {n + 2}", f"Un banc de {n} places")
        raise RefusedFileError("b.csv", "abîmé", "Refaites-le.")

    assembly = Assembly(CONFIG)
    assembly.add("a.csv", [reading("Un bal")], "w", None)
    with pytest.raises(RefusedFileError):
        assembly.add("b.csv", [Reading("tableau CSV", "postit", "ecrit", entries())], "w", None)
    assert assembly.contributions.frame()["text"].tolist() == ["Un bal"]
    assert len(assembly.items) == 1
    assert len(assembly.ledger) == 1


@pytest.mark.parametrize(
    ("subject", "files", "n_groups"),
    [
        ("Le lavoir et les puits", ("mai.md", "12_juin.md"), 2),
        ("Les haies du bourg", ("mai.md", "12_juin.md"), 1),
        ("Les haies du bourg", ("2025-05-03-le-bourg.md", "2025-06-12-12 juin.md"), 2),
        ("Les haies", ("2025-05-03-le-bourg.md", "2025-06-12-le-canal.md"), 1),
    ],
)
def test_groups_of_one_number_that_speak_of_other_matters_or_on_another_day_are_those_of_other_meetings(
    subject: str, files: tuple[str, str], n_groups: int
) -> None:
    assembly = Assembly(CONFIG)
    for source, spoken_of in zip(files, ("Les haies", subject), strict=True):
        told = Entry("ligne 1", "Il faut s’y mettre cet hiver", table="Groupe 1", subject=spoken_of)
        assembly.add(source, [Reading("notes", "note", "ecrit", [told])], "w", None)
    tables = assembly.contributions.frame()["table"].unique()
    assert len(tables) == n_groups
    assert tables[0] == "Groupe 1"
    assert tables[-1].replace("\u00a0", " ") in ("Groupe 1", "Groupe 1, 12 juin")


def signed(voice: str, *texts: str) -> Reading:
    entries = [Entry(f"ligne {n}", text, voice=voice) for n, text in enumerate(texts, 2)]
    return Reading("tableau CSV", "enquete", "ecrit", entries)


def test_what_a_person_sent_twice_is_kept_once_and_told() -> None:
    assembly = Assembly(CONFIG)
    assembly.add("a.csv", [signed("P19", "Garder le lavoir ouvert", "Garder le lavoir ouvert")], "w", None)
    assembly.add("b.csv", [signed("P19", "Garder le lavoir ouvert", "Planter des haies partout")], "w", None)
    assembly.add("c.csv", [signed("P20", "Garder le lavoir ouvert")], "w", None)
    kept = assembly.contributions.frame()
    assert kept[["source", "locator"]].values.tolist() == [
        ["a.csv", "ligne 2"],
        ["b.csv", "ligne 3"],
        ["c.csv", "ligne 2"],
    ]
    assert kept["voice"].tolist() == ["Voix 1", "Voix 1", "Voix 2"]
    rejects = assembly.rejects.frame()
    assert rejects[["source", "locator", "reason"]].values.tolist() == [
        ["a.csv", "ligne 3", "redite"],
        ["b.csv", "ligne 2", "redite"],
    ]
    assert [line[4:7] for line in assembly.ledger] == [(2, 1, 1), (2, 1, 1), (1, 1, 0)]


def test_rows_that_nobody_signed_are_each_somebodys() -> None:
    assembly = Assembly(CONFIG)
    for name in ("a.csv", "b.csv"):
        assembly.add(name, [signed("#2", "Garder le lavoir ouvert")], "w", None)
    assert len(assembly.contributions) == 2
