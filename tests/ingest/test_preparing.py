"""What each text becomes: frozen, set aside with its reason, or cut."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from labelled import each

from pipeline.config import load_config
from pipeline.execution import LocalExecutor
from pipeline.ingest import preparing
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.preparing import TEXT_MAX, freeze, prepare, prepared_entries, reject_reason
from pipeline.ingest.privacy.marks import private, private_name
from pipeline.ingest.stage import IngestResult, ingest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("???", "sans_mot"),
        ("👍 12", "sans_mot"),
        ("[téléphone]", "sans_mot"),
        ("Slide 3", "sans_mot"),
        ("Page 4/12", "sans_mot"),
        ("- Page 3 sur 12 -", "sans_mot"),
        ("Cliquez pour ajouter du texte", "sans_mot"),
        ("Insert text here", "sans_mot"),
        ("C:\\Dossiers partagés\\quai.pptx", "sans_mot"),
        ("/home/quai/notes", "sans_mot"),
        ("IMG_2034.jpg", "sans_mot"),
        ("https://exemple.org/quai/photos", "sans_mot"),
        ("00:12:33", "sans_mot"),
        ("test", "ligne_de_test"),
        ("ceci est un test", "ligne_de_test"),
        ("lorem ipsum dolor sit amet", "ligne_de_test"),
        ("qsdfghjklm", "ligne_de_test"),
        ("bcdfghjk", "illisible"),
        ("d\ufffdj\ufffd vu", "illisible"),
        ("We need more buses because there is nothing to do in the evening", "autre_langue"),
        ("Necesitamos más autobuses porque no hay nada para los jóvenes", "autre_langue"),
        ("نحتاج إلى المزيد من الحافلات", "autre_langue"),
        ("Gagnez de l'argent au casino https://x.example http://y.example", "spam"),
    ],
)
def test_set_aside(text: str, reason: str) -> None:
    found = reject_reason(text)
    assert found is not None
    assert found[0] == reason


test_kept = each(
    reject_reason,
    "RAS",
    "idem",
    "Bonjour",
    "Oui",
    "merci",
    "tester une navette le mardi",
    "Le test de la navette a plu",
    "SSIAD",
    "Convivialité, partage, respect",
    "No comment",
    "Coworking, fablab, living lab",
    "Rythme",
    "un essai de jardin partagé",
    "Page 4 du journal : trop petit",
    "Slide 4 : les bancs",
    "Une page",
    "Cliquez pour ajouter du bois au stock commun",
    "Votre texte ici ne dit rien des aînés",
    "oui/non",
    "vélo/bus/marche",
    "Le fichier adresses.csv est faux",
    "Mettre les photos sur https://exemple.org",
    is_told=None,
)

CONFIG = load_config().ingest

FROZEN = [
    ("edges", "  un banc \n", "un banc"),
    ("newlines", "un banc\r\nun arbre\rune fontaine", "un banc\nun arbre\nune fontaine"),
    ("separators", "un banc\u2028un arbre", "un banc\nun arbre"),
    ("invisible signs", "un\u200b ban\u00adc\u202e\ufeff", "un banc"),
    ("French spaces", "espace\u202f! insécable\xa0: gardé", "espace\u202f! insécable\xa0: gardé"),
    ("half repaired", "l’Ã©cole est fermÃ©e", "l’Ã©cole est fermÃ©e"),
    ("a composed accent", "e\u0301te\u0301", "été"),
    ("a double encoding", "l'Ã©tÃ© Ã\u00a0 la mer", "l'été à la mer"),
    ("blanks before a newline", "un banc  \nun arbre", "un banc\nun arbre"),
    ("many blank lines", "un banc\n\n\n\nun arbre", "un banc\n\nun arbre"),
    ("what cannot be repaired", "cÃ©leri — 中", "cÃ©leri — 中"),
]


@pytest.mark.parametrize(("raw", "frozen"), [case[1:] for case in FROZEN], ids=[case[0] for case in FROZEN])
def test_text_has_one_final_form(raw: str, frozen: str) -> None:
    assert freeze(raw) == frozen
    assert freeze(frozen) == frozen


def test_private_data_is_marked_and_counted_unless_it_is_kept() -> None:
    text, marks = "Appelez Zoé au 06 12 34 56 78", Counter[str]()
    assert private(text, CONFIG, marks) == "Appelez Zoé au [téléphone]"
    assert sum(marks.values()) == 1
    assert private(text, CONFIG.model_copy(update={"pseudonymiser": False}), marks) == text


def test_texts_are_set_aside_or_cut() -> None:
    kept, aside = prepare((["Un banc.\nUn arbre.", "…"], False, False, CONFIG))
    assert [kept.text[idea.start : idea.end] for idea in kept.ideas] == ["Un banc.", "Un arbre."]
    assert kept.reason is None
    assert aside.reason is not None
    assert aside.reason[0] == "sans_mot"
    assert aside.ideas == []


def test_what_the_reader_set_aside_comes_once_with_the_entry_that_follows() -> None:
    reading = Reading("tableau", "postit", "ecrit")

    def entries() -> list[Entry]:
        reading.rejects.append(("ligne 1", "vide", "cellule vide"))
        return [Entry("ligne 2", "Un banc"), Entry("ligne 3", "Un arbre")]

    reading.entries = entries()
    found = list(prepared_entries(reading, CONFIG, LocalExecutor()))
    assert [(entry.locator, prepared.text, rejects) for entry, prepared, rejects in found] == [
        ("ligne 2", "Un banc", [("ligne 1", "vide", "cellule vide")]),
        ("ligne 3", "Un arbre", []),
    ]
    assert reading.rejects == []


def test_a_whole_file_in_a_cell_is_not_worked_on() -> None:
    reading = Reading("tableau", "postit", "ecrit", [Entry("ligne 2", "mot " * (TEXT_MAX // 4 + 1))])
    ((_, prepared, _),) = prepared_entries(reading, CONFIG, LocalExecutor())
    assert prepared.text == ""
    assert prepared.ideas == []


test_the_name_of_a_file_says_nothing_private = each(
    lambda name: private_name(name, CONFIG),
    ("tables/notes_table-2.docx", "tables/notes_table-2.docx"),
    ("06 39 98 00 01/réponses.csv", "[téléphone]/réponses.csv"),
    ("zoe.lavandier@four.example/a.csv", "[courriel]/a.csv"),
    ("zoe.lavandier@four.example.csv", "[courriel].csv"),
    ("zoe.lavandier@four.org", "[courriel]"),
    ("zoe.lavandier@four.example", "[courriel]"),
    ("notes_0639980001.parquet", "notes_[téléphone].parquet"),
)


WRAPPED = """Rouvrir la halte du bourg, avec un guichet tenu deux matins par semaine par les habitants du
quartier, et un abri pour les vélos de ceux qui prennent le train de six heures du matin, chaque jour de
8 heures à midi.
− Pas de travaux en juillet, quand tous les estivants arrivent avec leurs valises et leurs enfants.
Le guichet serait tenu par des bénévoles
formés par la régie."""


def test_lines_that_an_editor_cut_at_one_width_are_joined() -> None:
    lines = freeze(WRAPPED).split("\n")
    assert [line.split(" ")[0] for line in lines] == ["Rouvrir", "−", "Le", "formés"]
    assert lines[0].endswith("chaque jour de 8 heures à midi.")
    assert freeze("\n".join(lines)) == "\n".join(lines)


def test_a_list_without_capitals_keeps_its_lines() -> None:
    listed = "un banc devant la poste\ndes volets neufs à l'école\nune fontaine au pied du grand escalier de la mairie"
    assert freeze(listed) == listed


def test_two_processes_give_the_tables_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "N_TOGETHER", 50)
    rows = ["table;texte", "1;", "2;test", "1;the bus does not stop here and nobody knows why it is so"]
    rows += [
        f"{n % 4};Il manque {n} places au parking, écrire à a{n}@exemple.fr. Ouvrir la gare le soir."
        for n in range(400)
    ]
    (tmp_path / "postits.csv").write_text("\n".join(rows), encoding="utf-8")
    one, two = (ingest(tmp_path, load_config(), LocalExecutor(n)) for n in (1, 2))
    assert len(one.items) >= 800
    assert len(one.rejects) == 3
    for name in IngestResult.__dataclass_fields__:
        first, second = getattr(one, name), getattr(two, name)
        if isinstance(first, pd.DataFrame):
            pd.testing.assert_frame_equal(first, second, check_exact=True)
        elif isinstance(first, np.ndarray):
            np.testing.assert_array_equal(first, second)
        else:
            assert first == second
