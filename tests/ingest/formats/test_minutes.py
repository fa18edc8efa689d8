"""Minutes: whose words, what is nobody's, votes that are told, and what the document was written for."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.blocks import blocks_of_text
from pipeline.ingest.formats.minutes import is_reported, kind_of_notes, read_minutes, reported_share
from pipeline.ingest.formats.records import Entry, Position, Reading

REPORTED = [
    "Il a été évoqué que le quai glisse l'hiver.",
    "Plusieurs pistes ont également été proposées.",
    "Les habitants du port ont demandé une échelle.",
    "Le groupe a unanimement souligné la montée de la vase.",
]
SAID = ["Le quai glisse l'hiver.", "On a proposé une échelle à la mairie.", "J'ai été noté absent.", "Une échelle !"]


@pytest.mark.parametrize("sentence", REPORTED)
def test_reported(sentence: str) -> None:
    assert is_reported(sentence)


@pytest.mark.parametrize("sentence", SAID)
def test_said(sentence: str) -> None:
    assert not is_reported(sentence)


def test_the_share_counts_sentences() -> None:
    assert reported_share([f"{REPORTED[0]} {REPORTED[1]}", "Le quai glisse chaque hiver."]) == pytest.approx(2 / 3)
    assert reported_share([]) == 0.0


REPORT = [
    "Il a été souligné que le four ferme.",
    "Les participants ont proposé un bal.",
    "Le four ferme trop tôt le dimanche.",
]
CASES = [
    ("names", [Entry("1", "Un banc", voice="Zoé"), Entry("2", "Un bal", voice="Léo"), Entry("3", "Un four")],
     "compte rendu par personne", "2 paroles sur 3 qui commencent par un nom"),
    ("one table", [Entry("1", "Un banc", table="3")], "notes de table", "des titres qui nomment une table"),
    ("tables", [Entry("1", "Un banc", table="3"), Entry("2", "Un bal", table="4")],
     "notes de table", "des titres qui nomment 2 tables"),
    ("headings", [Entry("1", "Un banc", headings=("Freins",)), Entry("2", "Un bal", headings=("Pistes",))],
     "compte rendu par thème", "2 titres au-dessus des paroles"),
    ("one heading", [Entry("1", "Un banc", headings=("Freins",))], "compte rendu par thème",
     "un titre au-dessus des paroles"),
    ("nothing", [Entry("1", "Un banc")], "notes", "ni titre ni nom au-dessus des paroles"),
    ("no entry", [], "notes", "ni titre ni nom au-dessus des paroles"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "kind", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_kind_and_reason(entries: list[Entry], kind: str, why: str) -> None:
    assert kind_of_notes(entries) == (kind, why)


def test_a_report_tells_what_was_said() -> None:
    kind, why = kind_of_notes([Entry(str(n), text, voice="Zoé") for n, text in enumerate(REPORT)])
    assert kind == "rapport déjà rédigé"
    assert why == "67 % de phrases qui rapportent ce qui a été dit"


MINUTES = """\
# Conseil du port du 4 mai 2020

Présents : Lucie Morin, Paul Vidal, M. Kervella
Excusée : Jeanne Prat

## Ordre du jour

- Le chenal
- Questions diverses

## 1. Groupe 1 – Le chenal

**Lucie :** la vase monte chaque hiver.

Question de Ludmila : qui paiera ?

- **Paul :** draguer au printemps
  - avec les pêcheurs

Draguer le chenal dès cet hiver :

- 4 pour
- 10 contre

Proposition rejetée.

## 2. Divers

Le quai glisse.
"""


def read(text: str, is_markdown: bool = True) -> Reading:
    return read_minutes("note", blocks_of_text(text, is_markdown))


def said(reading: Reading) -> list[Entry]:
    return [entry for entry in reading.entries if entry.aside is None]


def test_voices_attendance_agenda_and_votes() -> None:
    reading = read(MINUTES)
    told = [
        (entry.text, entry.voice, entry.context, entry.table, entry.votes, entry.votes_against)
        for entry in said(reading)
    ]
    assert told == [
        ("la vase monte chaque hiver.", "Lucie", "Le chenal", "Groupe 1", None, None),
        ("qui paiera ?", "Ludmila", "Le chenal", "Groupe 1", None, None),
        ("draguer au printemps", "Paul", "Le chenal", "Groupe 1", None, None),
        ("avec les pêcheurs", "Paul", "Le chenal > draguer au printemps", "Groupe 1", None, None),
        ("Draguer le chenal dès cet hiver", None, "Le chenal", "Groupe 1", 4, 10),
        ("Le quai glisse.", None, "Divers", None, None, None),
    ]
    reasons = [reason for _, reason, _ in reading.rejects]
    assert reasons == ["presence"] * 2 + ["ordre_du_jour"] * 2 + ["resultat_de_vote"]
    votes = [(entry.aside, entry.positions) for entry in reading.entries if entry.aside]
    about = "Draguer le chenal dès cet hiver"
    aside = ("resultat_de_vote", "résultat d'un vote, compté avec ce qui était voté")
    assert votes == [(aside, (Position("pour", "vote", about, 4),)), (aside, (Position("contre", "vote", about, 10),))]


def test_a_result_counts_for_what_stands_before_it() -> None:
    text = "## Le chenal\n\nDraguer le chenal dès cet hiver.\n\n- 4 pour\n- 10 contre\n\nProposition rejetée.\n"
    (entry,) = said(read(text))
    assert (entry.votes, entry.votes_against) == (4, 10)
    assert entry.attributes == {"résultat du vote": "rejetée"}


def test_a_presentation_is_no_attendance_and_a_word_no_name() -> None:
    reading = read("## Présentation des métiers\n\n- Le Grand Large, voilerie\n- Mareyeurs\n\n## Freins\n\n- Vase\n")
    assert len(list(reading.entries)) == 3
    assert not reading.rejects


def test_kinds_are_told_with_their_reason() -> None:
    assert read(MINUTES).kind == "compte rendu par personne"
    assert read("# Port\n\n## Freins\n\n- la vase\n\n## Pistes\n\n- draguer\n").kind == "compte rendu par thème"
    assert read("## Groupe 1 – Le four\n\n- froid\n\n## Groupe 2 – Le quai\n\n- haut\n").kind == "notes de table"
    report = "Il a été évoqué que le quai glisse. Les habitants ont demandé une échelle.\n"
    reading = read(report)
    assert (reading.kind, reading.why) == ("rapport déjà rédigé", "100 % de phrases qui rapportent ce qui a été dit")
    assert read("Le quai glisse.\n").kind == "notes"


def test_headings_deeper_than_six_are_told_and_lose_nothing() -> None:
    reading = read("# Port\n\n## Quai\n\n######## Échelle\n\n- trop haute\n")
    (entry,) = reading.entries
    assert entry.headings == ("Quai", "Échelle")
    assert any("plus de six niveaux" in note and "ligne 5" in note for note in reading.notes)


def test_emphasis_leaves_no_sign() -> None:
    entries = list(read("- _Le Grand Large_ , voilerie\n- un *beau* quai\n- fichier_du_port_2 gardé\n").entries)
    assert [entry.text for entry in entries] == ["Le Grand Large , voilerie", "un beau quai", "fichier_du_port_2 gardé"]


def test_lists_have_their_rank() -> None:
    entries = list(read("## Freins\n\n- la vase\n- le gel\n\nEt puis :\n\n- le vent\n\nRien d'autre.\n").entries)
    ranks = [(entry.text, entry.list_key, entry.rank) for entry in entries]
    assert ranks == [
        ("la vase", "liste 1", 1),
        ("le gel", "liste 1", 2),
        ("le vent", "liste 2", 1),
        ("Rien d'autre.", "", None),
    ]


def test_the_course_of_a_meeting_is_nobodys_words() -> None:
    reading = read(
        "# Conseil du port\n\n# Ordre du jour\n\n## La criée\n\nAnimatrice : Lucie\n\n- le gel casse les pompes\n\n"
        "Secrétaire de séance : Mme Kervella\n\nLa séance est levée à 22 h.\n"
    )
    assert [(entry.text, entry.headings) for entry in reading.entries] == [("le gel casse les pompes", ("La criée",))]
    assert [reason for _, reason, _ in reading.rejects] == ["presence", "presence", "ordre_du_jour"]


def test_the_reason_of_a_kind_is_a_noun_phrase() -> None:
    reading = read("## Groupe 1 – La criée\n\n- le gel casse les pompes\n\n## Groupe 2 – Le quai\n\n- le quai glisse\n")
    assert (reading.kind, reading.why) == ("notes de table", "des titres qui nomment 2 groupes")


def test_those_who_introduce_themselves_say_nothing_yet() -> None:
    reading = read(
        "# Conseil du port\n\n## Présentation des intervenantes\n\n- Lucie, les Potiers du Port, association\n"
        "- Paul, la criée manque de glace\n\n## La criée\n\n- Jeanne, un ordinateur et un banc\n"
    )
    assert [entry.text for entry in reading.entries][-1] == "Jeanne, un ordinateur et un banc"
    assert [place for place, reason, _ in reading.rejects if reason == "presence"] == ["ligne 5"]
