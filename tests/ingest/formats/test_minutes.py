"""Minutes: whose words, what is nobody's, and votes that are told."""

import pytest

from pipeline.ingest.formats.blocks import blocks_of_text
from pipeline.ingest.formats.minutes import read_minutes
from pipeline.ingest.formats.records import Entry, Position, Reading

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
        ("la vase monte chaque hiver.", "Lucie Morin", "Le chenal", "Groupe 1", None, None),
        ("qui paiera ?", "Ludmila", "Le chenal", "Groupe 1", None, None),
        ("draguer au printemps", "Paul Vidal", "Le chenal", "Groupe 1", None, None),
        ("avec les pêcheurs", "Paul Vidal", "Le chenal > draguer au printemps", "Groupe 1", None, None),
        ("Draguer le chenal dès cet hiver", None, "Le chenal", "Groupe 1", 4, 10),
        ("Le quai glisse.", None, "Divers", None, None, None),
    ]
    reasons = [reason for _, reason, _ in reading.rejects]
    assert reasons == ["titre"] + ["presence"] * 2 + ["ordre_du_jour"] * 2
    votes = [(entry.aside, entry.positions) for entry in reading.entries if entry.aside]
    about = "Draguer le chenal dès cet hiver"
    aside = ("resultat_de_vote", "vote et résultat, compté avec ce qui était voté")
    assert votes == [
        (aside, (Position("pour", "vote", about, 4),)),
        (aside, (Position("contre", "vote", about, 10),)),
        (aside, (Position("sans", "decision", about, answer="rejetée"),)),
    ]


def test_a_result_counts_for_what_stands_before_it() -> None:
    text = "## Le chenal\n\nDraguer le chenal dès cet hiver.\n\n- 4 pour\n- 10 contre\n\nProposition rejetée.\n"
    (entry,) = said(read(text))
    assert (entry.votes, entry.votes_against) == (4, 10)
    assert entry.attributes == {"résultat du vote": "rejetée"}


def test_a_sum_is_told_with_what_was_decided() -> None:
    lines = "- Fanfare du port : 700€\n- ADOPTE A HAUTEUR DE 300€\n- Bouées : 90€\n\nREJETE\n\n- Phare : 50€. ADOPTE\n"
    texts = [entry.text for entry in said(read(f"## Subventions\n\n{lines}"))]
    assert texts == ["Fanfare du port : 700€\nADOPTE A HAUTEUR DE 300€", "Bouées : 90€\nREJETE", "Phare : 50€. ADOPTE"]


def test_a_presentation_is_no_attendance_and_a_word_no_name() -> None:
    reading = read("## Présentation des métiers\n\n- Le Grand Large, voilerie\n- Mareyeurs\n\n## Freins\n\n- Vase\n")
    assert len(list(reading.entries)) == 3
    assert not reading.rejects


def test_a_vote_is_on_its_point_where_a_mark_was_forgotten_or_somebody_takes_the_floor() -> None:
    reading = read("""# Conseil

## 1- Délibération N°31 - Le lavoir
## Le maire reprend la parole :
M. Roux : le lavoir est à tout le monde.

Le conseil, à l'unanimité, décide de garder le lavoir.

## 2- Délibération N°32 - Le four
Le conseil, après en avoir délibéré à l'unanimité, adopte les propositions susmentionnées.

3- Délibération N°33 - La halle

Mme Noir dit que la halle fuit.

Après en avoir délibéré, à l'unanimité, le conseil :

- AUTORISE le maire à signer le marché.
""")
    told = [one.about for entry in reading.entries for one in entry.positions]
    assert any("N°32" in one for one in told) and any("N°33" in one for one in told)
    assert not any("reprend la parole" in one or "susmentionn" in one for one in told)


def test_headings_deeper_than_six_lose_nothing() -> None:
    reading = read("# Port\n\n## Quai\n\n######## Échelle\n\n- trop haute\n")
    (entry,) = reading.entries
    assert entry.headings == ("Quai", "Échelle")


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


def test_those_who_introduce_themselves_say_nothing_yet() -> None:
    reading = read(
        "# Conseil du port\n\n## Présentation des intervenantes\n\n- Lucie, les Potiers du Port, association\n"
        "- Paul, la criée manque de glace\n\n## La criée\n\n- Jeanne, un ordinateur et un banc\n"
    )
    assert [entry.text for entry in reading.entries][-1] == "Jeanne, un ordinateur et un banc"
    assert [place for place, reason, _ in reading.rejects if reason == "presence"] == ["ligne 5"]


def test_a_result_under_a_list_is_that_of_its_heading() -> None:
    people = "- Odile du phare\n- Jean du quai\n- et Lucie du chenal"
    text = f"## Bureau\n\nÉlection du comité, composé de\n\n{people}\n\nPour : 22, abstention : 1\n"
    entries = list(read(text).entries)
    assert {position.about for entry in entries for position in entry.positions} == {"Élection du comité"}


def test_images_lists_of_subjects_and_legends_of_colours_are_nobodys_words() -> None:
    reading = read(
        "# Le port\n\n![Affiche du quai](quai.jpg)\n\n### ![Affiche](a.png)\n\n## Résumé des thématiques\n\n- le quai\n"
        "- la vase\n\n## Le quai\n\nJaune : cela me plaît\n\nLe quai glisse.\n\n- il glisse\n"
        "- voir [le plan](plan.pdf) du quai\n"
    )
    assert [(entry.text, entry.context) for entry in said(reading)] == [
        ("Le quai glisse.", "Le quai"),
        ("il glisse", "Le quai"),
        ("voir le plan du quai", "Le quai"),
    ]
    assert [reason for _, reason, _ in reading.rejects] == ["ordre_du_jour"] * 3


@pytest.mark.parametrize("label", ["", "Title: ", "Titre : "])
def test_a_title_is_told_without_its_label(label: str) -> None:
    rest = "## Le lavoir\n\nL'eau du lavoir était froide.\n\n## Le four\n\nIl fumait.\n"
    text = f"{label}Bilan de la fête du lavoir\n\n{rest}"
    assert read(text if label else f"# {text}").told["titre"] == "Bilan de la fête du lavoir"


def test_what_is_decided_last_of_a_line_is_told_once() -> None:
    (entry,) = said(read("On propose un marché. Accepté. On propose une fête. Refusé à l'unanimité."))
    assert [(one.about, one.answer) for one in entry.positions] == [("On propose une fête", "Refusé à l'unanimité")]


@pytest.mark.parametrize("is_markdown", [True, False])
def test_a_message_that_a_reply_quotes_is_read_once(is_markdown: bool) -> None:
    first, answer = "Il faudrait un bac le dimanche pour les familles.", "Le bac devrait aussi passer le soir."
    other = "Le ponton glisse quand il pleut."
    text = f"{first}\n\n> {first}\n\n{answer}\n\n> {other}\n"
    reading = read_minutes("note", blocks_of_text(text, is_markdown))
    assert [entry.text.strip("> ") for entry in reading.entries] == [first, answer, other]
    assert reading.rejects == [("ligne 3", "redite", "cite mot pour mot un message au-dessus")]
