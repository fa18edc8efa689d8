"""Frames: what each paragraph of a document is, and who says it."""

from pathlib import Path

import pytest
from labelled import FIRST, each

from pipeline.config import load_config
from pipeline.ingest.formats.blocks import blocks_of_text
from pipeline.ingest.formats.minutes import read_minutes
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.frames import frame_blocks
from pipeline.ingest.segmentation.formulas import AGENDA
from pipeline.ingest.stage import ingest
from pipeline.ingest.workshop import FileOverride


def read(text: str, told: FileOverride | None = None, is_markdown: bool = False) -> Reading:
    return read_minutes("note", blocks_of_text(text, is_markdown), told)


def framed(text: str, is_markdown: bool = False) -> list[tuple[str, str | None]]:
    blocks = blocks_of_text(text, is_markdown)
    frame_blocks(blocks)
    return [(block.frame, block.voice) for block in blocks]


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(entry.voice, entry.text) for entry in reading.entries if entry.aside is None]


DIALECTS = [
    ("a colon", "{} : {}"),
    ("a bullet", "- {} : {}"),
    ("bold and a dash", "**{}** — {}"),
    ("a stop and a dash", "**{}.** – {}"),
    ("bold and a colon", "**{} :** {}"),
    ("an organisation", "{} (Les Amis du port) : {}"),
    ("a line alone", "{}\n{}\n"),
    ("a line alone with an organisation", "{} – Les Amis du port\n{}\n"),
    ("a question of", "Question de {} : {}"),
]
PEOPLE = [
    ["Lucie", "Paul"],
    ["M. Vidal", "Mme Prat"],
    ["Mme la maire", "M. Kervella"],
    ["Jeanne Prat", "Yvonig Morvan"],
]


@pytest.mark.parametrize("people", PEOPLE, ids=[" et ".join(pair) for pair in PEOPLE])
@pytest.mark.parametrize("form", [form for _, form in DIALECTS], ids=[name for name, _ in DIALECTS])
def test_turns_in_every_dialect(form: str, people: list[str]) -> None:
    words = ["La vase monte chaque hiver.", "Le quai glisse.", "On draguera au printemps.", "Et qui paiera ?"]
    turns = [(people[n % 2], said) for n, said in enumerate(words)]
    text = "# Conseil du port\n\n## Le chenal\n\n" + "\n\n".join(form.format(*turn) for turn in turns)
    assert said(read(text, is_markdown=True)) == turns


@pytest.mark.parametrize("names", [["SPEAKER_00", "SPEAKER_01"], ["JP", "ML"], ["A", "B"], ["Animatrice", "Public"]])
def test_labels_that_are_no_names(names: list[str]) -> None:
    words = ["La vase monte chaque hiver.", "Le quai glisse.", "On draguera au printemps.", "Oui."]
    text = "\n".join(f"{names[n % 2]} : {said}" for n, said in enumerate(words))
    assert [voice for _, voice in framed(text)] == [names[n % 2] for n in range(4)]


def test_a_round_of_names_in_small_letters() -> None:
    text = (
        "# Le bac\n\n* Où l'amarrer ?\n\t* lucie : au quai\n\t\t* idée : une bouée\n\t* zoltan :\n\t* jp : au ponton\n"
        "\t* chloé : nulle part\n* Qui le barre ?\n\t* jp : les pêcheurs\n\t* zoltan : moi\n"
    )
    assert said(read(text, is_markdown=True)) == [
        (None, "Où l'amarrer ?"),
        ("lucie", "au quai"),
        ("lucie", "idée : une bouée"),
        ("jp", "au ponton"),
        ("chloé", "nulle part"),
        (None, "Qui le barre ?"),
        ("jp", "les pêcheurs"),
        ("zoltan", "moi"),
    ]


def test_one_person_is_one_however_she_is_named() -> None:
    text = (
        "Jeanne Prat : la vase monte.\n\nM. Vidal : le quai glisse.\n\nMme Prat (Les Amis du port) : on draguera.\n\n"
        "Réponse de Mme Prat : au printemps.\n"
    )
    assert [voice for _, voice in framed(text)] == ["Jeanne Prat", "M. Vidal", "Jeanne Prat", "Jeanne Prat"]


def test_a_list_of_people_is_no_talk() -> None:
    text = "# Port\n\n## Présents\n\nJeanne Prat\nPaul Vidal\nLucie Morin, pêcheuse\n\n## Le chenal\n\nLa vase monte.\n"
    assert said(read(text, is_markdown=True)) == [(None, "La vase monte.")]
    assert [reason for _, reason, _ in read(text, is_markdown=True).rejects] == ["presence"] * 3


def test_who_came_is_presented_and_says_nothing_there() -> None:
    text = (
        "# Les participants\n\n"
        "- Odile Vidal, potière\n- Marc Toussaint, association du lavoir\n\n"
        "**Paul Riou** : le lavoir est à sec depuis deux ans et personne ne répond.\n\n"
        "# Le lavoir\n\nOn pourrait curer le lavoir ensemble au printemps.\n"
    )
    found = read(text, is_markdown=True)
    assert [reason for _, reason, _ in found.rejects] == ["presence"] * 2
    assert ["lavoir" in one.text for one in found.entries] == [True, True]


def test_headings_are_no_speakers_and_no_ideas() -> None:
    text = "1 Le chenal\n\nLa vase monte chaque hiver.\n\n2 Le quai\n\nLe quai glisse.\n\nProblème : la glace.\n"
    assert said(read(text)) == [
        (None, "La vase monte chaque hiver."), (None, "Le quai glisse."), (None, "Problème : la glace."),
    ]  # fmt: skip


DEBATE = """\
Débat du port

Groupe 1 – Faut-il draguer le chenal, et qui paiera les travaux que la commune ne peut pas payer seule cette année ?

Yvonig : la vase monte chaque hiver.
audience6 : et les petits bateaux ?
Tifenn : on pourrait draguer au printemps.
public : et qui paie ?

Groupe 2 – Quel quai pour les vedettes ?

Yvonig : le quai neuf est trop haut.
Question autour de la sécurité des enfants sur le quai ?
Tifenn : une échelle suffirait.
Yvonig : il en existe une
au quai des pêcheurs.
"""


THREAD = """\
# Le ponton

Lucie posted this Mar 3, 2020 at 7:28 AM

Quelle suite donner au ponton ?

### **Lucie** - 3 mars 2020 à 10:30

Il faut refaire le ponton avant l'été.

# Le bois

Constat : le chêne du coteau
suffit pour les planches.
Le pin aussi↵
La vis est en laiton.
\\- Trouver un scieur
\\-- Trouver un charpentier

# Le fer

Constat : les clous rouillent.

### **lucie,** - 4 mars 2020 à 9:05

Le chêne coûte trop cher pour la commune.

### **lucie,** - 4 mars 2020 à 9:45

Yvonig : et la résine ?

## Les bancs

### **Yvonig Morvan,** - 5 mars 2020 à 9:05

La résine jaunit.
""".replace("↵", "  ")  # a hard break of Markdown


def test_a_message_of_a_thread_is_its_author_s_with_its_headings() -> None:
    told = read(THREAD, is_markdown=True)
    assert [(entry.voice, entry.text, entry.context, entry.date) for entry in told.entries] == [
        ("Lucie", "Quelle suite donner au ponton ?", "", "2020-03-03"),
        ("Lucie", "Il faut refaire le ponton avant l'été.", "", "2020-03-03"),
        (
            "Lucie",
            "Constat : le chêne du coteau suffit pour les planches.\nLe pin aussi\nLa vis est en laiton.",
            "Le bois",
            "2020-03-03",
        ),
        ("Lucie", "Trouver un scieur", "Le bois", "2020-03-03"),
        ("Lucie", "Trouver un charpentier", "Le bois", "2020-03-03"),
        ("Lucie", "Constat : les clous rouillent.", "Le fer", "2020-03-03"),
        ("lucie (2)", "Le chêne coûte trop cher pour la commune.", "", "2020-03-04"),
        ("lucie (2)", "Yvonig : et la résine ?", "", "2020-03-04"),
        ("Yvonig Morvan", "La résine jaunit.", "Les bancs", "2020-03-05"),
    ]
    assert told.provenance == "ecrit"


ANNOUNCED = """\
# La journée du port

## Le déroulé

- 10.00 - 10.30 Accueil
- 11.00 Lancement

## Le quai

- Sécurité
-   -   Le bac ne passe plus
"""


def test_how_a_meeting_goes_is_nobody_s_words() -> None:
    reading = read(ANNOUNCED, is_markdown=True)
    assert [text for _, text in said(reading)] == [
        "Sécurité", "Le bac ne passe plus",
    ]  # fmt: skip
    assert [reason for _, reason, _ in reading.rejects] == ["ordre_du_jour", "ordre_du_jour"]


def test_headings_end_turns_and_a_line_goes_on() -> None:
    assert said(read(DEBATE)) == [
        ("Yvonig", "la vase monte chaque hiver."),
        ("audience6", "et les petits bateaux ?"),
        ("Tifenn", "on pourrait draguer au printemps."),
        (None, "et qui paie ?"),
        ("Yvonig", "le quai neuf est trop haut."),
        (None, "Question autour de la sécurité des enfants sur le quai ?"),
        ("Tifenn", "une échelle suffirait."),
        ("Yvonig", "il en existe une au quai des pêcheurs."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Problème : la vase\nSolution : draguer\nProblème : le gel\nSolution : un toit\n",
        "Constat : la vase monte.\nLe quai glisse.\nUne échelle suffirait.\n",
        "- la vase\n- le gel\n",
        "Associations : la voile\nCommerces : la pêche\nAssociations : la régate\n",
    ],
    ids=["headings", "one label", "bullets", "categories"],
)
def test_notes_are_no_talk(text: str) -> None:
    reading = read(text)
    assert reading.channel == "note"
    assert not any(voice for voice, _ in said(reading))


MOTION = """\
# Conseil du port

## Motion sur le chenal

Considérant que la vase monte,

Le conseil demande que le chenal soit dragué.

## Débat

- M. Vidal : Trop cher.
- Mme Prat : Moins cher qu'un bateau échoué.
- M. Vidal : Attendons l'été.

## Vote

Pour : 7 / Contre : 15 / Abstentions : 3

La motion est rejetée.
"""


def test_a_motion_is_what_turns_answer_and_what_was_voted() -> None:
    reading = read(MOTION, is_markdown=True)
    entries = list(reading.entries)
    asked = "Le conseil demande que le chenal soit dragué."
    assert [entry.context for entry in entries if entry.aside is None] == [f"Débat > {asked.rstrip('.')}"] * 3
    assert [(one.side, one.n, one.about) for entry in entries for one in entry.positions] == [
        ("pour", 7, asked), ("contre", 15, asked), ("abstention", 3, asked), ("sans", 1, asked),
    ]  # fmt: skip
    assert (entries[-1].positions[-1].evidence, entries[-1].positions[-1].answer) == ("decision", "rejetée")
    assert [reason for _, reason, _ in reading.rejects] == ["motion", "motion"]
    assert [(frame, n) for frame, n, *_ in reading.frames] == [("motion", 2), ("debat", 3), ("resultat_de_vote", 2)]


DECISIONS = """\
# Le préau

B. Un préau en bois : [RETENU]
- Léger
- Démontable

Il est décidé que la cour sera plantée au printemps. On verra pour la haie.

Achat d'un barnum. Adopté à l'unanimité.

La commune a décidé de ne rien payer.

## Décisions

- Racheter des bancs
"""


def test_what_is_decided_is_told_with_how_and_stays_an_idea() -> None:
    reading = read(DECISIONS, is_markdown=True)
    told = [(one.about, one.answer) for entry in reading.entries for one in entry.positions]
    assert told == [
        ("B. Un préau en bois", "RETENU"), ("Il est décidé que la cour sera plantée au printemps", ""),
        ("Achat d'un barnum", "Adopté à l'unanimité"), ("Racheter des bancs", ""),
    ]  # fmt: skip
    assert all(entry.aside is None for entry in reading.entries)


SPOKEN = """\
Présents : Lucie, Marc, Jeanne

Lucie : l'association du Val est intégrée (unanimité). Les deux autres attendent.

Marc : le local coûte cher. Il faudrait une aide de la commune. Vote : 12 pour, 3 contre.

Jeanne : nous avons décidé de tout arrêter l'an dernier.

Lucie : il est convenu que les réunions auront lieu le jeudi.
"""


def test_what_is_voted_and_decided_while_somebody_speaks_is_told_with_its_object() -> None:
    told = [(one.about, one.side, one.n) for entry in read(SPOKEN).entries for one in entry.positions if one.about]
    assert told == [
        ("l'association du Val est intégrée (unanimité)", "sans", 1),
        ("Il faudrait une aide de la commune", "pour", 12),
        ("Il faudrait une aide de la commune", "contre", 3),
        ("il est convenu que les réunions auront lieu le jeudi", "sans", 1),
    ]  # fmt: skip


TASKS = """\
# Bureau du port

## La cale

Les options étaient :
- la repeindre
- la fermer

La cale est repeinte à l'unanimité.

A faire : Devis du peintre (Lucie) ; Lettre aux pêcheurs (Marc et Jeanne).

## Le ponton

À faire : tout revoir.

---

Merci aux bénévoles, et à l'année prochaine.
"""


def test_a_list_a_rule_and_a_heading_with_a_stop_close_what_stands_above() -> None:
    entries = [one for one in read(TASKS, is_markdown=True).entries if one.aside is None]
    assert [(one.text[:12], one.headings) for one in entries if one.rank is None] == [
        ("La cale est ", ("La cale",)), ("A faire : De", ("La cale",)), ("À faire : to", ("Le ponton",)),
    ]  # fmt: skip
    told = [(one.text[:8], [position.about for position in one.positions]) for one in entries if one.positions]
    assert len(told) == 1
    bold = "Il pleut depuis mai.\n\n**2. Le quai.**\n\nIl glisse beaucoup trop.\n"
    assert [one.headings for one in read(bold, is_markdown=True).entries] == [(), ("Le quai",)]
    after = "# Atelier\n\n## Le quai\n\nIl glisse.\n\n* * *\n\nNous reprendrons ces idées au printemps.\n"
    assert [one.headings for one in read(after, is_markdown=True).entries] == [("Le quai",), ()]


def test_who_tells_a_story_decides_nothing_for_a_meeting() -> None:
    story = "Nous avons décidé de partir en mer."
    assert not [one for entry in read(story).entries for one in entry.positions]
    assert [one.about for entry in read(f"Présents : Lucie, Marc\n\n{story}").entries for one in entry.positions]


def test_a_person_corrects_what_is_read() -> None:
    text = "# Port\n\n## Édito\n\nLe port est beau.\n\n## Le quai\n\nZorba : le quai glisse.\n\nLa vase monte.\n"
    told = FileOverride(nom="*", pas_une_parole=("Édito", "ligne 11"), intervenants=("Zorba",))
    reading = read(text, told, is_markdown=True)
    assert said(reading) == [("Zorba", "le quai glisse.")]
    assert [(place, reason) for place, reason, _ in reading.rejects] == [
        ("ligne 5", "pas_une_parole"), ("ligne 11", "pas_une_parole"),
    ]  # fmt: skip


def test_what_was_taken_for_a_speaker_is_given_back_to_the_words() -> None:
    text = "# Port\n\nZorba : le quai glisse.\n\nCôté plage : le sable part.\n\nZorba : et la vase monte.\n\n"
    voices = ("Zorba", "Côté plage")
    assert {voice for voice, _ in said(read(text, FileOverride(nom="*", intervenants=voices), is_markdown=True))} == {
        *voices
    }
    told = FileOverride(nom="*", intervenants=voices, pas_intervenants=("côté plage",))
    kept = said(read(text, told, is_markdown=True))
    assert "Côté plage" not in [voice for voice, _ in kept]
    assert any("Côté plage : le sable part" in words for _, words in kept)


def test_from_where_nobody_knows_who_speaks_words_have_no_voice_up_to_the_next_turn() -> None:
    text = (
        "# Port\n\n## Le quai\n\nLucie :\n\n- le quai glisse\n- la vase monte\n- on ne peut plus amarrer\n\n"
        "Paul :\n\n- le bac est cher\n- le bac est rare\n"
    )
    words = ["le quai glisse", "la vase monte", "on ne peut plus amarrer", "le bac est cher", "le bac est rare"]
    whole = said(read(text, is_markdown=True))
    assert whole == list(zip(["Lucie"] * 3 + ["Paul"] * 2, words, strict=True))
    told = FileOverride(nom="*", sans_voix=("ligne 8",))
    assert said(read(text, told, is_markdown=True)) == list(
        zip(["Lucie", None, None, "Paul", "Paul"], words, strict=True)
    )
    told = FileOverride(nom="*", sans_voix=("ligne 7", "ligne 14"))
    assert said(read(text, told, is_markdown=True)) == list(zip([None, None, None, "Paul", None], words, strict=True))
    told = FileOverride(nom="*", sans_voix=("ligne 99",))
    reading = read(text, told, is_markdown=True)
    assert said(reading) == whole and any("ligne 99" in note for note in reading.notes)


def test_a_sentence_that_goes_on_with_a_turn_stands_alone_once_nobody_knows_who_says_it() -> None:
    text = "# Port\n\nLucie : le quai glisse.\n\nLa vase monte.\n\nEt le bac est loin.\n\nPaul : il est cher.\n"
    assert said(read(text, FileOverride(nom="*", sans_voix=("ligne 5",)), is_markdown=True)) == [
        ("Lucie", "le quai glisse."), (None, "La vase monte.\nEt le bac est loin."), ("Paul", "il est cher."),
    ]  # fmt: skip


PLACES = """\
# Réunion du port

## Table 3 : la vase

- la vase monte

## Groupe 2 – les mobilités

- une navette le soir

## Atelier 1 — matin

- le quai glisse
"""
SHEET = """\
[[tables]]
numero = 1
sujet = "Le quai"

[[tables]]
numero = 2
"""


def places(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    result = ingest(folder, load_config())
    tables = result.workshop_tables
    told = list(zip(tables["table"], tables["sujet"].fillna(""), strict=True))
    return list(result.contributions["table"].fillna("")), told


def test_groups_and_sessions_are_called_as_the_files_call_them(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(PLACES, encoding="utf-8")
    found, told = places(tmp_path)
    assert found == ["3", "Groupe 2", ""]
    assert set(told) == {("3", "la vase"), ("Groupe 2", "les mobilités")}
    rows = ingest(tmp_path, load_config()).contributions
    assert list(rows["headings"].iloc[2]) == ["Atelier 1 — matin"]
    assert rows["attributes"].iloc[2] == '{"atelier": "Atelier 1"}'


def test_what_the_sheet_declares_is_a_table_whatever_files_call_it(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(PLACES, encoding="utf-8")
    (tmp_path / "atelier.toml").write_text(SHEET, encoding="utf-8")
    found, told = places(tmp_path)
    assert found == ["3", "2", "1"]
    assert ("1", "Le quai") in told


SAID = [
    ("a theme that begins as a frame", "## Liens entre générations\n\n- un repas le dimanche\n"),
    ("another", "## Résolution des conflits\n\n- une médiatrice au quai\n"),
    ("another", "## Programme culturel\n\n- un bal au port\n"),
    ("another", "## Presse et radio\n\n- un journal du port\n"),
    ("an idea that begins as a link", "## Pistes\n\n- Revoir le stationnement du quai\n"),
    ("another", "## Pistes\n\n- Télécharger les horaires est long\n"),
    ("thanks that are an idea", "## Ce qui va\n\n- Merci à la mairie pour le bac\n"),
    ("vu", "## Ce qui va\n\nVu la météo, le bac reste à quai.\n"),
    ("a report", "## Ce qui va\n\nEnsuite, les participants ont proposé un bal.\n"),
    ("numbers", "## Ce qui va\n\n- 3 bancs pour les grands, 2 pour les petits\n"),
    ("names of places", "## Où\n\nSaint-Malo\n\nPort-Louis\n"),
    ("a lone exposé", "# Port\n\n## Introduction\n\nLa vase monte.\n"),
    ("ideas one a line", "Plus de bancs à l'ombre\nUne échelle au quai\nDraguer le chenal\n"),
]  # fmt: skip


@pytest.mark.parametrize("text", [text for _, text in SAID])
def test_what_somebody_says_is_never_set_aside(text: str) -> None:
    reading = read(text, is_markdown=True)
    n_lines = sum(bool(line) and not line.startswith("#") for line in text.split("\n"))
    assert len(said(reading)) == n_lines
    assert not reading.rejects


NUMBERED = """Réunion des voisins du lavoir

1 Ouvrir plus souvent

Le lavoir reste fermé la moitié de la semaine.
Il faudrait deux clés de plus.

2 La part de chacun

Les nouveaux ne savent pas qui range les chaises.
"""
APART = """Ce qui nous rassemble

On aime se retrouver autour du four le dimanche.

Et ensuite ?

Il faudrait fixer une date avant l'été.
"""


@pytest.mark.parametrize(
    ("text", "contexts"),
    [
        (NUMBERED, ["Ouvrir plus souvent", "Ouvrir plus souvent", "La part de chacun"]),
        (NUMBERED.replace("1 O", "O").replace("2 L", "L"), ["Ouvrir plus souvent"] * 2 + ["La part de chacun"]),
        (APART, ["Ce qui nous rassemble", "Et ensuite ?"]),
    ],
    ids=["numbers", "lines apart", "with a verb"],
)
def test_headings_without_a_sign_are_no_words(text: str, contexts: list[str]) -> None:
    """Where sentences end with stops, a line that does not and stands apart over them is their heading."""
    assert [entry.context for entry in read(text).entries] == contexts


def test_an_answer_without_a_stop_heads_none_of_the_answers_after_it() -> None:
    written = [f"Le four numéro {n} du village est resté froid tout l'été." for n in range(14)]
    answers = [*written[:4], "Trop de pratique peut-être", *written[4:]]
    told = read("# Ce qui vous a moins plu\n\n" + "\n\n".join(answers), is_markdown=True)
    assert [entry.text for entry in told.entries] == answers
    assert {entry.context for entry in told.entries} == {"Ce qui vous a moins plu"}


def test_lines_of_ideas_stay_ideas() -> None:
    """Without stops, nothing tells a heading from a post-it that was typed."""
    text = "Un four commun\n\nDes bancs près du lavoir, à l'ombre\n\nOuvrir le dimanche\n\nUne fête en septembre\n"
    assert len(list(read(text).entries)) == 4


@pytest.mark.parametrize(
    "line",
    [
        "Une trentaine de participants",
        "Environ soixante personnes ont participé à la soirée.",
        "Une vingtaine d'habitants étaient présents.",
        "Réunion en visio avec une dizaine de participants",
        "23 personnes connectées, dont les élues Odile Roux et Léa Prat",
        "Invités : Odile Roux, adjointe, et Léa Prat, chargée de mission",
        "La date de la prochaine séance plénière est fixée au 5 février.",
    ],
)
def test_who_and_how_many_came_and_when_the_next_one_is_are_facts(line: str) -> None:
    text = f"# Conseil du quartier\n\n{line}\n\n## Four\n\n- Le four est froid en hiver\n"
    (entry,) = read(text, is_markdown=True).entries
    assert entry.text == "Le four est froid en hiver"


@pytest.mark.parametrize("sign", ["# ", ""])
def test_meetings_of_several_days_are_told_apart(tmp_path: Path, sign: str) -> None:
    text = (
        f"{sign}Réunion du mardi 5 novembre 2024\n\nLe four est froid en hiver.\nIl manque des bancs.\n\n"
        f"{sign}Réunion du mardi 3 décembre 2024\n\nLes bancs sont là, merci aux voisins.\n"
    )
    (tmp_path / ("notes.md" if sign else "notes.txt")).write_text(text, encoding="utf-8")
    found = ingest(tmp_path, load_config())
    assert list(found.contributions["date"]) == ["2024-11-05", "2024-11-05", "2024-12-03"]
    assert list(found.workshops["date"]) == ["2024-11-05, 2024-12-03"]


@pytest.mark.parametrize(("put", "said", "is_told"), [(10, 10, True), (10, 12, False), (9, 9, False)])
def test_a_file_of_which_half_is_nobody_s_words_is_told(put: int, said: int, is_told: bool, tmp_path: Path) -> None:
    motion = "".join(f"- Le conseil demande l'étude numéro {n} du quai\n" for n in range(put))
    words = "".join(f"- Le banc numéro {n} est froid en hiver\n" for n in range(said))
    text = f"# Conseil du quai\n\n## Motion\n\n{motion}\n## Échanges\n\n{words}"
    (tmp_path / "cr.md").write_text(text, encoding="utf-8")
    told = [line.partition(" sont lus")[0] for line in ingest(tmp_path, load_config()).warnings]
    assert told == [f"cr.md\u00a0: {put} passages sur {put + said}"] * is_told


def test_a_heading_that_names_another_meeting_dates_nothing() -> None:
    text = "# Conseil\n\n## Compte rendu de la réunion du 3 mars 2024\n\n- Rien à redire\n\n## Four\n\n"
    text += "- Le four est froid\n- Le bois est humide\n"
    assert [entry.date for entry in read(text, is_markdown=True).entries] == [None] * 3


def test_a_paragraph_of_several_speakers_is_told_apart() -> None:
    text = (
        "Mme Vidal demande si le quai rouvrira. Elle craint un retard. M. Morin répond que les fonds manquent. "
        "Plusieurs habitants s'inquiètent du bruit. Il est répondu que le port fermera la nuit."
    )
    reading = read(f"# Le quai\n\n{text}\n", is_markdown=True)
    assert said(reading) == [
        ("Mme Vidal", "Mme Vidal demande si le quai rouvrira. Elle craint un retard."),
        ("M. Morin", "M. Morin répond que les fonds manquent."),
        (None, "Plusieurs habitants s'inquiètent du bruit."),
        (None, "Il est répondu que le port fermera la nuit."),
    ]


def test_what_a_body_says_or_decides_is_nobody_s(tmp_path: Path) -> None:
    lines = (
        "L'Assemblée Générale constate la vacance d'un siège.", "Mme Vidal propose de vendre la halle. "
        "Le conseil municipal décide de reporter la vente.", "La commission des travaux a validé le devis.",
    )  # fmt: skip
    (tmp_path / "a.md").write_text("\n\n".join(["# Conseil", *lines]), encoding="utf-8")
    told = ingest(tmp_path, load_config()).contributions
    assert list(zip(told["voice"].fillna(""), told["text"], strict=True)) == [
        ("", lines[0]), ("Voix 1", "Mme Vidal propose de vendre la halle."),
        ("", "Le conseil municipal décide de reporter la vente."), ("", lines[2]),
    ]  # fmt: skip


def test_what_happens_from_one_hour_to_another_is_nobody_s_words() -> None:
    text = "# Le quai\n\nLes bancs sont cassés.\n\n18h30 - 19h : tour de table\n\n18h : le car est complet.\n"
    assert [words for _, words in said(read(text, is_markdown=True))] == [
        "Les bancs sont cassés.",
        "18h : le car est complet.",
    ]


def test_who_presents_a_report_and_tells_it_says_it_and_is_no_heading() -> None:
    lines = (
        "Mme Vidal présente oralement le rapport",
        "Le toit a tenu.",
        "Mme Vidal présente les comptes : il manque mille euros.",
    )
    reading = read("\n\n".join(["# Conseil", "Lucie Roux est là.", *lines]), is_markdown=True)
    assert said(reading)[1:] == [(None, "Le toit a tenu."), ("Mme Vidal", lines[2])]
    assert [entry.headings for entry in reading.entries] == [("Conseil",)] * 3


NOUNS = """# Rencontre du port

Lucie - Les Amis du port : je garde les clés.

Groupe Paul : on n'a rien décidé.

Paul - Ville de Lannec : il faut un calendrier.

Postulat : les gens viennent s'ils sont invités.

Lucie - Les Amis du port : le mardi, je suis seule.

Postulat : personne ne lit les affiches.
"""


OF_BODIES = """# Journée du port

Personnes présentes :

- Lucie Morin - Les Amis du port
- Rémi (Bac solidaire) - Ferme de la cale
- Paul - mairie + régie du bac

## Le matin

Lucie - Atelier voile : je garde les clés du hangar.

Rémi - Ferme de la cale : on cherche un hectare près du quai.

Lucie - Atelier voile : le mardi, je suis seule.

Anna - éleveuse : le bac coûte trop cher.

Rémi - Ferme de la cale : la mairie peut nous aider.
"""


def test_whom_speakers_are_there_for_stands_beside_them_and_not_in_their_words() -> None:
    reading = read(OF_BODIES, is_markdown=True)
    assert said(reading)[:4] == [
        ("Lucie Morin", "je garde les clés du hangar."),
        ("Rémi", "on cherche un hectare près du quai."),
        ("Lucie Morin", "le mardi, je suis seule."),
        ("Anna", "le bac coûte trop cher."),
    ]
    assert [frame for frame, _ in framed(OF_BODIES, is_markdown=True)][2:5] == ["presence"] * 3
    by_topic = OF_BODIES.replace("voile : le mardi", "bac : le mardi").replace("cale : la mairie", "plage : la mairie")
    assert ("Lucie Morin", "Atelier bac : le mardi, je suis seule.") in said(read(by_topic, is_markdown=True))


def test_a_noun_that_comes_back_is_nobody_and_ends_a_turn() -> None:
    voices = [voice for voice, _ in said(read(NOUNS, is_markdown=True))]
    assert voices == ["Lucie", None, "Paul", None, "Lucie", None]


def test_a_noun_that_is_the_name_of_somebody_present_speaks() -> None:
    text = "Présents : Lapin (Omar Kervella), Tortue (Léa Prat)\n\nLapin : on drague ?\n\nTortue : au printemps.\n"
    assert [voice for voice, _ in said(read(text))] == ["Lapin", "Tortue"]


PSEUDONYMS = """Topic: le ponton

Lucie: le ponton glisse depuis des mois.

Paul: il a dix ans.

Lucie: et le bois est pourri.

Paul: oui, surtout au bout.

Loutre: et qui le refait?

Paul: la commune, au printemps.

rvlt: Combien de planches?

ISSUE: le bois du coteau

Paul: une centaine.

Loutre: c'est beaucoup.

Problème : qui paie ?

Lucie: la région.
... 1. le dossier est prêt.
... 2. il part lundi.
"""


def test_who_only_asks_in_a_talk_speaks_too_whatever_her_name_is() -> None:
    found = read(PSEUDONYMS)
    voices = [voice for voice, _ in said(found)]
    assert voices == ["Lucie", "Paul", "Lucie", "Paul", "Loutre", "Paul", "rvlt", None, "Paul", "Loutre", None, "Lucie"]
    (turn,) = [entry for entry in found.entries if "dossier" in entry.text]
    assert turn.locator == "lignes 25 à 27"
    told = FileOverride(nom="*", pas_une_parole=(turn.locator,))
    kept = read(PSEUDONYMS, told)
    assert not kept.notes
    assert "dossier" not in " ".join(text for _, text in said(kept))


def test_marks_of_minutes_say_what_a_line_is() -> None:
    text = (
        "# Le port\n\nACTION: Lucie doit écrire à la région (2024-03-04)\n\nTODO : refaire le ponton\n\n"
        "ISSUE: le bois du coteau\n\nPoint ouvert : la halle\n\nAction : un ponton neuf\n"
    )
    kept = [entry for entry in read(text, is_markdown=True).entries if entry.aside is None]
    assert [(entry.text, entry.context.split(" > ")[-1]) for entry in kept] == [
        ("Lucie doit écrire à la région (2024-03-04)", "À faire"), ("refaire le ponton", "À faire"),
        ("le bois du coteau", "Question ouverte"), ("la halle", "Question ouverte"),
        ("Action : un ponton neuf", "Le port"),
    ]  # fmt: skip
    assert [[position.evidence for position in entry.positions] for entry in kept] == [["decision"], [], [], [], []]


COUNCIL = """# Conseil du port

Présents : Mme Vidal, maire, M. Roux, M. Prat, Lucie

## Le chenal

Le trésorier – Omar Kervella – présente le bilan du dragage.

M. Roux demande qui paiera.

Mme le Maire répond que la région paiera. M. Prat précise que rien n'est signé.

Il ajoute que l'hiver approche.

Elle rappelle que la région a promis.

Mme Vidal : Passons au vote.
"""


def test_parts_and_pronouns_tell_who_speaks() -> None:
    voices = [voice for voice, _ in said(read(COUNCIL, is_markdown=True))]
    assert voices == ["M. Roux", "Mme Vidal", "M. Prat", "M. Prat", None, "Mme Vidal"]


BALLOTS = """# Assemblée du port

## Le bureau

Élection de Léa Prat à la présidence :

| Nombre de votants | 22 |
|---|---|
| Votent contre | 8 |
| Votent pour | 14 |

Deux personnes se proposent au secrétariat.

| Nombre de votants | 22 |
|---|---|
| S'abstiennent | 4 |
| Omar Kervella | 7 |
| Jeanne Morvan | 11 |

Jeanne Morvan est élue à la majorité.

19h27, fin de la séance

Léa Prat, présidente :
"""


def test_what_is_elected_and_by_how_many_are_facts() -> None:
    reading = read(BALLOTS, is_markdown=True)
    assert said(reading)[0] == (None, "Deux personnes se proposent au secrétariat.")
    (ballot,) = (entry.positions for entry in reading.entries if entry.positions)
    assert [(one.side, one.n, one.about) for one in ballot] == [
        ("pour", 14, "Élection de Léa Prat à la présidence"), ("contre", 8, "Élection de Léa Prat à la présidence"),
    ]  # fmt: skip
    assert len(said(reading)) == 1


CHOICES = """# Le marché

## Vote

| Résolution | Pour | Contre | Abs. | Résultat |
|:---|:-:|:-:|:-:|---|
| **R1. Ouvrir le samedi** | 9 | 2 | 0 | ➡️ Adoptée |
| R2. Fermer la halle | 3 | 8 | - | Rejetée |

## Jour du `marché`

Le samedi convient aux familles qui travaillent.

| Propositions | Votes | Pourcentage |
| :--- | :--- | :--- |
| **Le samedi matin** | **9** | **60 %** |
| Le mercredi : toute la journée | 4 | 26,7 % |
| Ne se prononce pas | 2 | 13,3 % |

| Propositions | Voix | % |
| --- | --- | --- |
| À neuf heures | 10 | 66 % |
| À huit heures | 5 | 33 % |
| À midi | 0 | 0 % |

## Idées

| Idée | Votes | Remarque |
|---|---|---|
| Une buvette tenue par les jeunes | 7 | |
| Des bancs sous la halle | 3 | en bois |

## Mandats

| Rôle | Qui | Jusqu'en |
|---|---|---|
| Présidente | Léa Prat | 2027 |
| Trésorier | Omar Kervella | 2028 |

## Récapitulatif

| Résolutions | Pour | Contre | Abs. | Résultat |
|---|---|---|---|---|
| R1. Ouvrir le samedi | 9 | 2 | 0 | Adoptée |
"""


def test_the_votes_of_a_table_are_counted_on_what_its_rows_or_the_heading_name() -> None:
    reading = read(CHOICES, is_markdown=True)
    told = [(one.about, one.side, one.n, one.answer) for entry in reading.entries for one in entry.positions]
    assert told == [
        ("Ouvrir le samedi", "pour", 9, ""), ("Ouvrir le samedi", "contre", 2, ""),
        ("Ouvrir le samedi", "sans", 1, "Adoptée"),
        ("Fermer la halle", "pour", 3, ""), ("Fermer la halle", "contre", 8, ""),
        ("Fermer la halle", "sans", 1, "Rejetée"),
        ("Jour du marché", "sans", 9, "Le samedi matin"),
        ("Jour du marché", "sans", 4, "Le mercredi : toute la journée"),
        ("Jour du marché", "sans", 2, "Ne se prononce pas"),
        ("Jour du marché", "sans", 10, "À neuf heures"), ("Jour du marché", "sans", 5, "À huit heures"),
    ]  # fmt: skip
    ideas = [(entry.text, entry.votes) for entry in reading.entries if entry.aside is None]
    assert {entry.voice for entry in reading.entries} == {None}
    assert ideas == [
        ("Le samedi convient aux familles qui travaillent.", None),
        ("Une buvette tenue par les jeunes", 7), ("Des bancs sous la halle : en bois", 3),
        ("Présidente : Léa Prat, 2027", None), ("Trésorier : Omar Kervella, 2028", None),
    ]  # fmt: skip
    assert AGENDA not in {reason for _, reason, _ in reading.rejects}


COMMITTEE = """# Comité du port

**Membres du comité présents :**
Omar Kervella,
Nolwenn Von Lann,
Léa Prat.

## Divers

* Points rapides
    * Le quai
        * Remarque de Léa : la vase monte.
            * On le dit depuis dix ans.
    * La grue
        * Personne ne la répare.

18h15 : Omar quitte la réunion

Deux comptes rendus, au vote :

Pour : 4, contre : 0

Les deux comptes rendus du printemps sont adoptés à l'unanimité.
"""


def test_lists_go_back_from_a_turn_and_who_came_and_went_is_no_word() -> None:
    told = said(read(COMMITTEE, is_markdown=True))
    assert [text for voice, text in told if voice == "Léa Prat"] == ["la vase monte.", "On le dit depuis dix ans."]
    assert [text for voice, text in told if voice is None] == [
        "Points rapides", "Le quai", "La grue", "Personne ne la répare.",
    ]  # fmt: skip


def test_the_only_item_of_a_numbered_list_is_no_heading() -> None:
    lines = "### 1. Commerces", " 1. Un café", "### 2. Constat", "Le quai glisse.", "### 3. Suite", " 1. Un pont"
    reading = read("\n\n".join(lines), is_markdown=True)
    assert [(entry.text, entry.headings) for entry in reading.entries][:2] == [
        ("Un café", ("Commerces",)),
        ("Le quai glisse.", ("Constat",)),
    ]


def test_a_title_told_once_is_that_of_the_document() -> None:
    reading = read("Titre : Quai des Arts\nDate : 3 mai 2024\n\n- Une scène flottante\n- Des arceaux couverts")
    assert [entry.headings for entry in reading.entries] == [(), ()]
    assert [reason for _, reason, _ in reading.rejects] == ["entete", "entete"]


DELIBERATIONS = """\
# Conseil communautaire du 4 mai 2026

Membres présents : M. Paul VIDAL, Mme Lucie MORIN, M. Yann LE GALL

## Délibération n° 12 - Vœu relatif à la gare

Le Président propose à l'assemblée d'émettre un vœu sur la gare.

La fermeture du guichet a surpris toute la vallée.

Le Président reprend la parole :

La gare est la porte de la vallée.

Le Président propose de commencer et laisse la parole à Yann LE GALL, vice-président :

Les trains sont vides le soir.

Lucie MORIN déclare que les lycéens n'ont plus d'autre moyen de rentrer.

Yann LE GALL répond que la Région n'a prévenu personne.

Le conseil communautaire, après en avoir délibéré, à l'unanimité :

- Exprime son attachement à la gare
- Demande une rencontre avec la Région

## Délibération n° 13 - Taxe de séjour

Lucie MORIN demande à qui servira la taxe.

Après en avoir délibéré, par 12 voix « pour » et 3 voix « contre » (Mme MORIN ayant donné pouvoir), le conseil :

- Approuve la taxe
"""


def test_who_speaks_in_the_minutes_of_a_council_is_heard_and_each_point_has_its_vote() -> None:
    reading = read(DELIBERATIONS, is_markdown=True)
    words = [(entry.voice, entry.text[:22]) for entry in reading.entries if entry.aside is None]
    assert words == [
        ("Le Président", "Le Président propose à"), ("Le Président", "La gare est la porte d"),
        ("Yann LE GALL", "Les trains sont vides "),
        ("Lucie MORIN", "Lucie MORIN déclare qu"), ("Yann LE GALL", "Yann LE GALL répond qu"),
        ("Lucie MORIN", "Lucie MORIN demande à "),
    ]  # fmt: skip
    voted = [(one.about, one.side, one.n, one.answer) for entry in reading.entries for one in entry.positions]
    assert voted == [
        ("Délibération n° 12 - Vœu relatif à la gare", "sans", 1, "à l'unanimité"),
        ("Délibération n° 13 - Taxe de séjour", "pour", 12, ""),
        ("Délibération n° 13 - Taxe de séjour", "contre", 3, ""),
    ]  # fmt: skip


def test_points_told_before_they_are_treated_and_what_stands_around_are_no_ideas() -> None:
    text = (
        "## Objectifs\n\n1. Curer le chenal du port\n2. Fêter la Saint-Jean au quai\n\n"
        "## Le chenal\n\n- Curer le chenal au printemps\n- Baliser la passe\n\n"
        "## La Saint-Jean\n\n### Le déroulé de la soirée\n\nAccueil (20 min)\n\n"
        "**Pause :** les gens changent de table.\n\n"
    )
    found = read(text, is_markdown=True)
    assert [one for _, one in said(found)] == [
        "Curer le chenal au printemps", "Baliser la passe",
    ]  # fmt: skip
    assert [reason for _, reason, _ in found.rejects][:3] == ["ordre_du_jour", "ordre_du_jour", "expose"]


def test_names_in_brackets_open_turns() -> None:
    text = (
        "# Le port\n\n### Échanges\n\n(Odile)\n- Autre idée : louer une drague\n(Lucie)\n- Il faudrait un ponton\n\n"
        "(Rémy L.) – arrivé en cours de séance\n- Le bac ne passe plus\n"
    )
    reading = read(text, is_markdown=True)
    voices = {text: voice for voice, text in said(reading)}
    assert list(voices.values()) == ["Odile", "Lucie", "Rémy L."]


def test_a_sentence_that_ends_on_a_name_opens_no_turn() -> None:
    text = "# Le bureau\n\nUne seule candidate se présente, Lucie Morin.\n\nElle propose un ponton.\n"
    assert [voice for voice, _ in said(read(text, is_markdown=True))] == [None, None]


HANGAR = """\
# Le hangar

Nous avons écrit ces notes le soir même.

## L'intervention du maire de quartier :

J'ai reçu les voisins trois fois. Ils ont accepté le projet.

Il faut que le hangar ouvre tous les soirs.

*Une attaque pour dire que le dossier est récupéré*

Le bruit a été mesuré.

## Ce que nous en pensons

Le bruit n'a jamais été mesuré la nuit.

### Madame Kervella, adjointe au port

Moi, je demande un restaurant, rien d'autre.

## Le conseil municipal

Le hangar est passé en dernier.

- Odile Morin, chargée des sports

Le succès me réjouit.

Notre objectif est un restaurant.
"""


def test_all_that_is_under_the_name_or_the_part_of_who_says_i_is_hers() -> None:
    told = said(read(HANGAR, is_markdown=True))
    mayor, deputy, sports = "le maire de quartier", "Madame Kervella", "Odile Morin"
    assert [(voice, text[:20]) for voice, text in told if voice] == [
        (mayor, "J'ai reçu les voisin"), (mayor, "Il faut que le hanga"), (mayor, "Le bruit a été mesur"),
        (deputy, "Moi, je demande un r"), (sports, "Le succès me réjouit"), (sports, "Notre objectif est u"),
    ]  # fmt: skip
    of_him = read(
        "# Le port\n\n## Le maire\n\nLe maire a changé d'avis.\n\n## Le quai\n\nIl glisse.\n", is_markdown=True
    )
    assert not any(voice for voice, _ in said(of_him))  # of the mayor, not by him


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le maire nous demande ce que nous voulons, nous répondons que le bruit doit cesser. Il vient du bar.",
            [("Le maire", "Le maire nous demande ce que nous voulons,"),
             (None, "nous répondons que le bruit doit cesser. Il vient du bar.")],
        ),
        (
            "Mme Vidal rappelle que le quai est fermé, et M. Morin répond que les fonds manquent.",
            [("Mme Vidal", "Mme Vidal rappelle que le quai est fermé, et"),
             ("M. Morin", "M. Morin répond que les fonds manquent.")],
        ),
        (
            "Nous sommes nombreux. Le maire le fait remarquer. A-t-il compris ?",
            [(None, "Nous sommes nombreux. Le maire le fait remarquer. A-t-il compris ?")],
        ),
    ],
)  # fmt: skip
def test_what_somebody_says_ends_where_another_speaks(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(read(f"# Le quai\n\n{text}\n", is_markdown=True)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Une demi-heure de retard, et la salle est pleine.",
        "La séance démarre avec le plan de circulation.",
        "Le maire est absent, on apprendra qu'il était au conseil.",
        "Arrivent ensuite les élus du canton.",
        "La réponse est faite par l'adjointe qui passe la parole au maire.",
        "Une lettre de la candidate est lue devant l'assemblée.",
        "Le candidat sort pour la durée du vote.",
    ],
)
def test_how_the_meeting_goes_is_no_idea_inside_a_paragraph_either(line: str) -> None:
    reading = read(
        f"# Le quai\n\n## Le soir\n\nLe quai glisse sous la pluie. {line} La vase monte.\n", is_markdown=True
    )
    assert said(reading) == [(None, "Le quai glisse sous la pluie."), (None, "La vase monte.")]
    assert [frame for _, frame, _ in reading.rejects] == ["ordre_du_jour"]


@pytest.mark.parametrize(
    "line",
    [
        "La réunion commence trop tard pour les familles.",
        "L'assemblée est ouverte à tous les voisins.",
        "Les jeunes sont absents, personne ne les invite.",
        "Le dispositif donne la parole aux habitants.",
        "Le bus arrive en retard un matin sur deux.",
    ],
)
def test_what_people_say_of_a_meeting_stays_an_idea(line: str) -> None:
    assert said(read(f"# Le quai\n\n## Le soir\n\n{line}\n", is_markdown=True)) == [(None, line)]


def test_a_line_that_goes_on_after_how_the_meeting_goes_keeps_its_other_sentences() -> None:
    lines = "La séance est levée. Le quai glisse.\n\n- La séance est levée à 22 h.\n- La vase monte.\n"
    found = said(read(f"# Le quai\n\n## Le soir\n\n{lines}", is_markdown=True))
    assert found == [(None, "Le quai glisse."), (None, "La vase monte.")]


def test_topics_gathered_for_the_afternoon_are_an_agenda_wherever_they_stand() -> None:
    topics = "**Résumé des thématiques pour l'après-midi :**\n- accès au quai\n- école de voile"
    text = f"# Le port\n\nLe quai glisse.\n\n{topics}\n\n### Le quai\n\nIl faut des bancs.\n"
    assert said(read(text, is_markdown=True)) == [(None, "Le quai glisse."), (None, "Il faut des bancs.")]


@pytest.mark.parametrize("sign, n_said", [(" ?", 3), ("", 0)], ids=["asked", "announced"])
def test_a_list_of_questions_that_people_put_is_no_agenda(sign: str, n_said: int) -> None:
    topics = "\n".join(
        f"- {one}{sign}" for one in ("Vendre sans se trahir", "Un port sans moteur", "La voile à l'école")
    )
    found = said(read(f"# Le port\n\n### Les idées du mur\nListe des sujets :\n{topics}\n", is_markdown=True))
    assert len(found) == n_said


INITIALS = """\
# Le canal

### Les berges

A. Kervella (CAUE)\\
Note du tirant d'eau : deux relevés par an\\
En berge, animation\\
Une passerelle au bief

A-L. Lannec (Les Amis du bief)\\
**Demandes :**\\
\\- rouvrir l'écluse\\
\\- curer le bras

S. Wojcik (Région)\\
Le chantier est voté

A-L. Lannec (Les Amis du bief)\\
Le budget manque

## Suites

* Une visite de l'écluse

{% file src="canal.pdf" %}
"""


def test_who_is_called_by_initials_says_what_is_under_her_name_up_to_the_next_one() -> None:
    reading = read(INITIALS, is_markdown=True)
    kervella, lannec = "A. Kervella", "A-L. Lannec"
    assert said(reading) == [
        (kervella, "Note du tirant d'eau : deux relevés par an\nEn berge, animation\nUne passerelle au bief"),
        (lannec, "rouvrir l'écluse"), (lannec, "curer le bras"),
        ("S. Wojcik", "Le chantier est voté"), (lannec, "Le budget manque"), (None, "Une visite de l'écluse"),
    ]  # fmt: skip
    contexts = {entry.text: entry.context for entry in reading.entries}
    assert (contexts["curer le bras"], contexts["Le budget manque"]) == ("Les berges > Demandes", "Les berges")
    assert reading.parts[kervella] == "CAUE"


def test_lettered_headings_are_no_speakers() -> None:
    text = "# Le bief\n\nA. Lannec\n\nIl faut curer.\n\nB. Kerven\n\nIl faut draguer.\n"
    assert not any(voice for voice, _ in said(read(text, is_markdown=True)))


COMMENTED = """\
# Le bief

- Le bief se comble chaque hiver.
  - Commentaire sur le compte rendu : la vase vient de l'amont.
    Il faut y planter.
- Le curage coûte cher.
- Suite du commentaire sur CR : Par où commencer :
    - l'écluse
    - le bras mort

    Cela attendra le second budget.
- Remarque générale : le quai glisse.
- Commentaire de Lucie Morin sur le PV : la dragueuse est à nous.
"""


def test_a_comment_added_to_minutes_is_told_as_one_with_all_that_stands_under_it() -> None:
    reading = read(COMMENTED, is_markdown=True)
    note = "commentaire ajouté au compte rendu"
    assert said(reading) == [
        (None, "Le bief se comble chaque hiver."), (note, "la vase vient de l'amont.\nIl faut y planter."),
        (None, "Le curage coûte cher."), (note, "l'écluse"), (note, "le bras mort"),
        (note, "Cela attendra le second budget."), (None, "Remarque générale : le quai glisse."),
        ("Lucie Morin", "la dragueuse est à nous."),
    ]  # fmt: skip
    assert {reading.parts[voice] for voice in (note, "Lucie Morin")} == {note}
    assert [entry.context for entry in reading.entries][-3] == "Le bief > Par où commencer"


def test_what_is_indented_under_a_list_stands_under_what_introduces_it() -> None:
    text = "# Le bief\n\n- Trois pistes\n    - curer\n    - planter\n\n    Aucune n'est chiffrée.\n\nOn verra.\n"
    contexts = {entry.text: entry.context for entry in read(text, is_markdown=True).entries}
    assert contexts["Aucune n'est chiffrée."] == "Le bief > Trois pistes"
    assert contexts["On verra."] == "Le bief"


def test_a_list_of_people_that_its_heading_counts_is_no_word() -> None:
    text = (
        "# Le port\n\n**4 participants :**\n\nOdile Kervella - Les Amis du bief\n\nLANNEC CAUE Chargée des berges\n\n"
        "Lucie Morin (mairie)\n\nPaul Vidal\n\n## Le bief\n\nIl faut curer le bief.\n"
    )
    reading = read(text, is_markdown=True)
    assert said(reading) == [(None, "Il faut curer le bief.")]
    assert [reason for _, reason, _ in reading.rejects].count("presence") == 4


LETTER = """Bonjour,

Rallumez le four du bourg.
On y venait de trois villages.

Merci d'avance pour votre lecture.
Bien cordialement,

Jeanne Prat
Présidente des Amis du four
Tél. : 02 00 00 00 00
"""


def test_a_letter_is_what_it_asks_and_neither_its_greeting_nor_who_signs_it() -> None:
    found = read(LETTER)
    assert said(found) == [(None, "Rallumez le four du bourg."), (None, "On y venait de trois villages.")]
    assert [reason for _, reason, _ in found.rejects] == ["salutations"] * 6


def test_who_signs_over_a_list_or_under_two_dashes_is_no_heading() -> None:
    found = read("Le four est froid.\n\nBien cordialement,\nNolwenn\n\n- Four : celui du bourg\n")
    assert [(entry.text, entry.headings) for entry in found.entries] == [
        ("Le four est froid.", ()), ("Four : celui du bourg", ()),
    ]  # fmt: skip
    found = read("# Four\n\n- le rallumer\n\n--\n\nNolwenn\n\nNotes pour moi :\n- le bois\n", is_markdown=True)
    assert said(found) == [(None, "le rallumer"), (None, "le bois")]


def test_words_beside_a_link_are_kept_and_what_is_struck_is_in_the_ledger() -> None:
    text = "- Un banc ([fiche 3](https://x.example))\n- Le bois, ~~le gaz~~, la paille\n- ~~Un bal~~\n- [Fiche](https://x.example)"
    for is_markdown in (False, True):
        reading = read(text, is_markdown=is_markdown)
        assert said(reading) == [(None, "Un banc (fiche 3)"), (None, "Le bois, la paille")]
        assert sorted((place, reason) for place, reason, _ in reading.rejects) == [
            ("ligne 2 (barré)", "barre"), ("ligne 3", "barre"), ("ligne 4", "liens"),
        ]  # fmt: skip
        assert {reading.aside[place] for place in ("ligne 2 (barré)", "ligne 3")} == {"le gaz", "Un bal"}


def test_who_came_what_was_asked_of_them_and_what_a_page_holds_are_no_words() -> None:
    text = (
        "# Le four\n\nExtrait du procès-verbal du conseil\n\n12 délibérations\n\n## Habitants présents\n\n"
        "Étaient présents au four :\n\n- des élus de la vallée ;\n- deux associations.\n\n"
        "## Cas 1\n\n**Tâche demandée aux habitants** : chercher du bois sec.\n\n- un banc devant le four\n"
        "\n## Intervenants en tribune\n\nMonsieur Paul VIDAL – Maire\n\nMadame Lucie MORIN – Parc naturel\n"
    )
    reading = read(text, is_markdown=True)
    assert said(reading) == [(None, "un banc devant le four")]
    assert [reason for _, reason, _ in reading.rejects] == [
        "entete", "ordre_du_jour", "presence", "presence", "ordre_du_jour", "presence", "presence",
    ]  # fmt: skip


VOTED = """# Conseil du 4 mai 2026

M. VIDAL : Je vous propose de rallumer le four du bourg.

VOTE
UNANIMITÉ

M. VIDAL : Passons au lavoir, qui fuit.

VOTE
POUR   ABSTENTION

Mme MORIN : Le bief est à curer.
"""


def test_lines_that_call_a_vote_are_neither_headings_nor_words_and_end_a_turn() -> None:
    reading = read(VOTED, is_markdown=True)
    entries = [(one.voice, one.text, one.headings) for one in reading.entries if one.aside is None]
    above = ("Conseil du 4 mai 2026",)
    assert [(voice, text) for voice, text, _ in entries] == [
        ("M. VIDAL", "Je vous propose de rallumer le four du bourg."),
        ("M. VIDAL", "Passons au lavoir, qui fuit."),
        ("Mme MORIN", "Le bief est à curer."),
    ]
    assert {headings for _, _, headings in entries} <= {(), above, ("Conseil",)}
    assert [place for place, reason, _ in reading.rejects if reason == "resultat_de_vote"] == [
        "ligne 5", "ligne 10", "ligne 11",
    ]  # fmt: skip


def test_a_count_at_the_head_of_a_line_is_no_number_of_a_heading() -> None:
    lines = [
        "On a parlé du bac",
        "2 PNR, que dalle",
        "On a parlé du toit",
        "3 Potiers sont venus",
        "On a parlé du four",
    ]
    assert [words for _, words in said(read("\n\n".join(["# Atelier", *lines]), is_markdown=True))] == lines


def test_a_pair_written_in_two_bullets_is_one() -> None:
    lines = (
        "- un lien entre les anciens",
        "- et les jeunes",
        "- des bancs",
        "- et des tables",
        "+ de la moitié des gens",
    )
    assert [words for _, words in said(read("\n".join(["# Atelier", "", *lines]), is_markdown=True))] == [
        "un lien entre les anciens et les jeunes", "des bancs", "et des tables", "+ de la moitié des gens",
    ]  # fmt: skip


def test_what_somebody_says_in_brackets_stays_where_it_is_said() -> None:
    lines = ["Mme Vidal demande un ponton (le bac coule. M. Roux l'a dit en mars) avant l'été.", "M. Roux répond non."]
    assert [words for _, words in said(read("\n\n".join(["# Conseil", *lines]), is_markdown=True))] == lines


def test_what_is_numbered_as_headings_are_is_one_though_longer() -> None:
    text = (
        "4) Rallumer le four du bourg\n- Avec quel bois ?\n- Et quand ?\n\n"
        "7) Élaborer et mettre en œuvre avec les hameaux un programme local de remise en état des lavoirs\n"
        "Bien peu ambitieux.\n"
    )
    assert [(one.text, one.headings) for one in read(text).entries][-1] == (
        "Bien peu ambitieux.",
        ("Élaborer et mettre en œuvre avec les hameaux un programme local de remise en état des lavoirs",),
    )


def test_formulas_of_a_table_are_set_aside_row_by_row_and_all_is_counted(tmp_path: Path) -> None:
    rows = [
        ("Mme la maire", "La parole est à M. Kervella."),
        ("M. Kervella", "Bonjour à tous. Le four est froid. (Rires.) Je vous remercie."),
        ("", "(Applaudissements.)"),
        ("Mme la maire", "Bonsoir,"),
        ("Nolwenn", "Merci"),
    ]
    lines = [f'{name};"{text}"' for name, text in [("Intervenant", "Propos"), *rows]]
    (tmp_path / "debat.csv").write_text("\n".join(lines), encoding="utf-8")
    result = ingest(tmp_path, load_config(None))
    assert list(result.items["text"]) == ["Le four est froid.", "Merci"]
    assert list(result.rejects["reason"]) == [AGENDA, AGENDA, "salutations"]
    assert result.ledger[["n_read", "n_kept", "n_rejected"]].to_numpy().tolist() == [[5, 2, 3]]


INTERVIEWS = {
    "marks of questions and answers": "Q> Et le four ?\nA> Il est froid.\nQ> Que manque-t-il ?\nA> Du bois sec.\n",
    "initials": "GT> Et le four ?\nML> Il est froid.\nGT> Que manque-t-il ?\nML> Du bois sec.\n",
    "parts": "Enquêtrice >> Et le four ?\nZoé >> Il est froid.\nEnquêtrice >> Que manque-t-il ?\nZoé >> Du bois sec.\n",
    "codes": "[INT] Et le four ?\n\n[P1] Il est froid.\n\n[INT] Que manque-t-il ?\n\n[P1] Du bois sec.\n",
    "a title": "Entretien au bourg\n===\nQ. Et le four ?\nR. Il est froid.\nQ. Que manque-t-il ?\nR. Du bois sec.\n",
}


@pytest.mark.parametrize("text", INTERVIEWS.values(), ids=INTERVIEWS)
def test_an_interview_is_what_is_answered_under_what_was_asked(text: str) -> None:
    found = read(text)
    assert [entry.text for entry in found.entries] == ["Il est froid.", "Du bois sec."]
    assert [entry.context.split(" > ")[-1] for entry in found.entries] == ["Et le four ?", "Que manque-t-il ?"]
    assert len({entry.voice for entry in found.entries} - {None}) == 1
    assert [reason for _, reason, _ in found.rejects] == ["animation"] * 2


def test_a_question_and_its_answer_are_two_turns_of_people_who_are_not_named() -> None:
    text = (
        "Réunion du port\n\nM. Vidal : La vase monte.\n\nQ : Qui drague le chenal ?\n\nR : Personne encore.\n\n"
        "On cherche une drague.\n\nQuestion de Mme Prat : Et le bac ? Réponse : Il revient au printemps.\n\n"
        "Q1 : Un banc viendra-t-il ? Réponse de M. Vidal : Deux, sur le quai.\n"
    )
    turns = [(entry.voice, entry.text, entry.asked) for entry in read(text).entries]
    assert turns == [
        ("M. Vidal", "La vase monte.", ""),
        (None, "Qui drague le chenal ?", ""),
        (None, "Personne encore.\nOn cherche une drague.", "Qui drague le chenal ?"),
        ("Mme Prat", "Et le bac ?", ""),
        (None, "Il revient au printemps.", "Et le bac ?"),
        (None, "Un banc viendra-t-il ?", ""),
        ("M. Vidal", "Deux, sur le quai.", ""),
    ]
    alone = "Question : Pourquoi le bac est-il parti ?\n\nLa vase monte.\n"
    assert said(read(alone))[0] == (None, "Question : Pourquoi le bac est-il parti ?")


def test_who_is_told_of_does_not_speak() -> None:
    backed = "M. Vidal soutient que le quai glisse.\n\nM. Vidal soutient le port contre les pêcheurs du bourg.\n"
    assert [voice for _, voice in framed(backed)] == ["M. Vidal", None]
    platform = (
        "INTERVENANTS EN TRIBUNE :\n\nMme Prat – DDTM 13\n\nM. Vidal – DDTM 13 Présence en salle : 50 personnes\n\n"
    )
    assert [frame for frame, _ in framed(platform + "# Le quai\n\nLa vase monte.\n", True)][1:3] == ["presence"] * 2


def test_titles_in_capitals_and_who_asks_with_her_part() -> None:
    text = "MME PRAT : La vase monte.\n\nMONSIEUR VIDAL : Le quai glisse.\n\nMME. ROUX : Le bac est loin.\n"
    assert [voice for _, voice in framed(text)] == ["MME PRAT", "MONSIEUR VIDAL", "MME. ROUX"]
    text = (
        "Question de Mme Prat – riveraine\n\n• Qui drague ?\n\n"
        "Question de M. Vidal – habitant et président des Amis du port\n\n• Quand revient le bac ?\n"
    )
    assert [voice for voice, _ in said(read(text))] == ["Mme Prat", "M. Vidal"]


def test_marks_that_are_nobodys() -> None:
    questions = "Q : Et le four, qui le rallume ?\nR : Les voisins.\nQ : Le bois est trop cher.\nR : On le sait.\n"
    assert {voice for _, voice in framed(questions)} == {None}
    tags = "[Four] il est froid\n\n[Four] le bois manque\n\n[PLU] le bourg s'étend\n\n[PLU] trop de lots\n"
    assert {voice for _, voice in framed(tags)} == {None}
    assert framed("Prix du bois > 10 euros\n\nPrix du pain > 2 euros\n")[0][1] is None


def test_two_people_who_ask_each_other_are_no_interview() -> None:
    text = "GT> Et le four ?\nML> Et le lavoir ?\nGT> Il fuit.\nML> Que faire ?\n"
    assert [entry.voice for entry in read(text).entries] == ["GT", "ML", "GT", "ML"]


def test_what_is_said_goes_on_over_paragraphs_until_something_else_is_told() -> None:
    text = (
        "Conseil du port\n\nM. Vidal : Je vous remercie d'être là ce soir.\n\nMme Prat : Que dirai-je du quai ?\n\n"
        "Il a été refait deux fois en dix ans.\n\nLe chenal attend toujours son tour.\n\n[…]\n\n"
        "Les barques sont parties une à une.\n\nM. Vidal : Nous le draguerons.\n\nMme Prat : Quand donc ?\n\n"
        "La vase monte encore chaque hiver.\n\nLes habitants demandent que le bac revienne.\n\nUn banc de sable.\n"
    )
    assert said(read(text))[1:] == [
        (
            "Mme Prat",
            "Que dirai-je du quai ?\nIl a été refait deux fois en dix ans.\nLe chenal attend toujours son tour.",
        ),
        (None, "Les barques sont parties une à une."),
        ("M. Vidal", "Nous le draguerons."),
        ("Mme Prat", "Quand donc ?\nLa vase monte encore chaque hiver."),
        (None, "Les habitants demandent que le bac revienne."),
        (None, "Un banc de sable."),
    ]
    put = "Le maire soumet le budget du port au vote."
    assert (None, put) in said(read(text.replace("Les habitants demandent que le bac revienne.", put)))
    noted = text.replace("Je vous remercie d'être là ce soir", "salue les barques").replace(
        "Que dirai-je du quai ?", "Le quai."
    )
    noted = noted.replace("Nous le draguerons", "le dragage viendra").replace("Quand donc ?", "la date manque.")
    assert (None, "La vase monte encore chaque hiver.") in said(read(noted))


def test_the_number_of_a_page_is_no_words_of_who_speaks() -> None:
    text = "Mme Prat : La vase monte.\n\n(2)\n\nEt le quai glisse.\n\nM. Vidal : Nous le savons.\n"
    words = ["La vase monte.", "Et le quai glisse."]
    assert said(read(text)) == [*(("Mme Prat", one) for one in words), ("M. Vidal", "Nous le savons.")]


def test_the_size_of_a_file_is_no_words() -> None:
    text = "Conseil du 4 mai 2024\n\n4 mai 2024 PDF - 388.6 ko Compte rendu du conseil\n\nM. Vidal : La vase monte.\n"
    assert [entry.headings for entry in read(text).entries] == [("Conseil",)]
    assert ("ligne 3", "liens") in [reject[:2] for reject in read(text).rejects]


def frames_of(text: str) -> list[str]:
    """The frames of lines that are no heading, in order."""
    return [frame for frame, _ in framed(text, is_markdown=True) if frame != "titre"]


test_attendance_is_nobodys_words = each(
    frames_of,
    ("names, then guests", "# Conseil\n\n## Feuille de présence\n\nDeux membres\n- Denis L.\n- Constance\n\n"
     "Trois invités\n- Hervé G.\n- Loutre30\n- Killian\n\n## Le bac\n\nLa vase monte au port.\n",
     ["presence"] * 5 + ["notes"]),
    ("with voices", "# Conseil\n\n## Participation\n\n"
     "Trois (3) membres actifs présents (sur place) : par ordre inversé\n"
     "- Lucie MORIN – V – 900 voix\n- Paul VIDAL - P – 400 voix\n- zed\n\n"
     "Deux (2) membres représentés par Lucie MORIN :\n- Jeanne PRAT – 400 voix\n- Omar ROUX – 300 voix\n\n"
     "Total des voix présentes : 2000\n\n## Le bac\n\nLa vase monte au port.\n",
     ["presence"] * 7 + ["notes"]),
    ("without a colon", "# Conseil\n\nÉtaient excusés Mme Roux et M. Prat\n\n"
     "## Ont participé\n\nLucie Morin\n\nPaul Vidal\n\n"
     "## Le bac\n\nLa vase monte au port.\n", ["presence"] * 3 + ["notes"]),
    ("when and where", "# Conseil\n\nAu siège de l'association.\n\nRéunie sur convocation envoyée le 4 mai.\n\n"
     "## Le bac\n\n"
     "La vase monte au port.\n\n## Le quai\n\nClôture de l'assemblée générale à 18h19.\n",
     ["entete", "ordre_du_jour", "notes", "ordre_du_jour"]),
    names=FIRST,
)  # fmt: skip


def test_a_bare_name_in_a_list_speaks_only_where_words_stand_under_it() -> None:
    tools = "# Bilan\n\n## Nos outils\n\n- Constance - Infolettre\n- Site web du port\n- Nuage partagé\n"
    assert {voice for _, voice in framed(tools, is_markdown=True)} == {None}
    notes = "# Bilan\n\n- Lucie\n  - Je veux un banc.\n- Paul\n  - Je veux un abri.\n"
    assert said(read(notes, is_markdown=True)) == [("Lucie", "Je veux un banc."), ("Paul", "Je veux un abri.")]


def test_words_in_capitals_are_said_and_headings_are_not() -> None:
    text = "LE QUAI\n\nIL FAUT FERMER LA RUE AUX CAMIONS\n\nLa vase monte au port.\n"
    assert [words for _, words in said(read(text))] == ["IL FAUT FERMER LA RUE AUX CAMIONS", "La vase monte au port."]


ROLL = "# Conseil\n\n## Présents\n\n- Hervé G.\n- Loutre30\n- Anne L. (Castor26)\n\n"
test_who_notes_say_speaks = each(
    lambda text: said(read(f"{ROLL}## Le bac\n\n{text}", is_markdown=True)),
    ("a reminder of", "Rappel de Castor26 : un don n'attend rien.\n", [("Castor26", "un don n'attend rien.")]),
    ("a speech of", "Intervention de Loutre30 qui propose de draguer le chenal.\n",
     [("Loutre30", "Intervention de Loutre30 qui propose de draguer le chenal.")]),
    ("a reminder of a rule", "Rappel des règles : on ne se coupe pas la parole.\n",
     [(None, "Rappel des règles : on ne se coupe pas la parole.")]),
    ("remarks, then a list", "M. Vidal fait quelques remarques :\n\n- Le quai glisse.\n- La vase monte.\n",
     [("M. Vidal", "Le quai glisse."), ("M. Vidal", "La vase monte.")]),
    names=FIRST,
)  # fmt: skip


def test_titles_that_come_back_stand_over_what_follows() -> None:
    text = "# Projets\n\n## Le bourg\n\n**Titre :** Un four commun\n\n- Du bois sec\n\n"
    text += "## Le port\n\n**Titre :** Composteur Collectif\n\n- Des seaux\n"
    contexts = [entry.context for entry in read(text, is_markdown=True).entries]
    assert contexts == ["Le bourg > Un four commun", "Le port > Composteur Collectif"]


def test_what_an_assembly_is_asked_is_put_to_it_and_is_nobodys_idea() -> None:
    text = "# Le quai\n\nLa vase monte.\n\n"
    text += "Aussi, il vous est proposé :\n\n- d'approuver le devis,\n- d'autoriser le maire à signer.\n"
    assert framed(text, is_markdown=True)[1:] == [("notes", None), ("titre", None), ("motion", None), ("motion", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mme Vidal demande qui paiera le quai. M. Morin soulève le problème du chenal. M. Prat profite de ce point "
            "pour rappeler que le bac est vieux.",
            ["Mme Vidal", "M. Morin", "M. Prat"],
        ),
        (
            "Mme Vidal rappelle que le quai glisse. À propos du chenal, M. Morin précise que la vase monte. Concernant "
            "le bac, M. Prat n’est pas d’accord avec ce calendrier.",
            ["Mme Vidal", "M. Morin", "M. Prat"],
        ),
        ("M. Morin nous présente la grue du port. Mme Vidal ne comprend pas pourquoi elle rouille.",
         ["M. Morin", "Mme Vidal"]),
        ("Mme Vidal se demande si le bac part. M. Morin en rit.", ["Mme Vidal"]),
        ("Mme Vidal attire l’attention sur le ponton. M. Morin quitte la salle.", ["Mme Vidal"]),
    ],
)  # fmt: skip
def test_each_one_told_to_speak_in_a_paragraph_has_her_words(text: str, expected: list[str]) -> None:
    assert [voice for voice, _ in said(read(f"# Le port\n\n{text}\n", is_markdown=True))] == expected


def test_initials_beside_a_name_are_hers() -> None:
    text = (
        "Présents : Jeanne Prat (JP), Paul Vidal (PV)\n\n# Le quai\n\nJP : le quai glisse.\n\n"
        "PV précise que la pierre est neuve.\n\nMme Prat répond que la pierre est mouillée.\n"
    )
    voices = [voice for voice, _ in said(read(text, is_markdown=True))]
    assert voices == ["Jeanne Prat", "Paul Vidal", "Jeanne Prat"]


def test_a_quotation_over_paragraphs_is_of_who_opened_it() -> None:
    text = (
        "# Le bac\n\nJeanne Prat conclut : « Le bac a besoin de bras.\n\nSans eux, il restera à quai.\n\n"
        "Nous en cherchons douze. »\n\nLe bac part à dix heures.\n"
    )
    (voice, words), (after, _) = said(read(text, is_markdown=True))
    assert (voice, words[:8], words[-8:], after) == ("Jeanne Prat", "« Le bac", "douze. »", None)


def test_what_a_question_is_about_is_no_part_of_a_name() -> None:
    text = "# Le bac\n\nQuestion de Mme Prat sur le bac : combien coûte-t-il ?\n\nRéponse de M. Vidal : deux euros.\n"
    assert [voice for voice, _ in said(read(text, is_markdown=True))] == ["Mme Prat", "M. Vidal"]


BULLETED = """# Comité du 4 mai 2024

Présents : Lucie Morin, Paul Vidal, Odile Roux

## Le quai

- Lucie Morin demande si le quai sera refait avant l'été.
- Paul Vidal répond que le chantier durera deux mois.
- Les riverains craignent le bruit.
- Mme Roux propose de fermer la rue aux camions. Paul trouve que c'est trop tôt.
"""


def test_minutes_written_in_bullets_have_speakers_too_each_in_one_name() -> None:
    assert said(read(BULLETED, is_markdown=True)) == [
        ("Lucie Morin", "Lucie Morin demande si le quai sera refait avant l'été."),
        ("Paul Vidal", "Paul Vidal répond que le chantier durera deux mois."),
        (None, "Les riverains craignent le bruit."),
        ("Odile Roux", "Mme Roux propose de fermer la rue aux camions."),
        ("Paul Vidal", "Paul trouve que c'est trop tôt."),
    ]


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("À l'appui d'un plan, madame Roux rappelle que la halle est à la ville.", "Odile Roux"),
        ("Ensuite monsieur Vidal présente le plan en précisant que la halle restera ouverte.", "Paul Vidal"),
        ("Lucie Morin qui suit ce dossier indique que le marché n'ira pas ailleurs.", "Lucie Morin"),
        ("Ce que confirme Paul Vidal en montrant les tuiles cassées.", "Paul Vidal"),
        ("La halle rouvrira en septembre, précise Mme Roux.", "Odile Roux"),
        ("La halle rouvrira en septembre, précise M. Vidal.", "Paul Vidal"),
        ("Paul Vidal assure les riverains et le comité qu'une réunion aura lieu.", "Paul Vidal"),
        ("Avant de finir Lucie propose une visite de la halle.", "Lucie Morin"),
        ("Concernant le toit Paul rappelle que la ville paie.", "Paul Vidal"),
        ("Le quai Paul Vidal demande des travaux.", None),
        ("Lucie et Paul répondent que la ville paie.", None),
        ("Petit rappel de Paul sur le budget de la halle.", "Paul Vidal"),
        ("Il est demandé par Lucie de ne pas percer le toit.", "Lucie Morin"),
        ("Pierre précise que la pierre est neuve.", "Pierre"),
        ("Planning du bac : Lucie précise qu'elle abandonne la coordination.", "Lucie Morin"),
        ("Le directeur du port n'a pas répondu à l'invitation du comité.", None),
        ("Les tuiles sont cassées, comme celles de Paul Vidal.", None),
    ],
)
def test_who_speaks_is_told_however_the_sentence_is_built(sentence: str, voice: str | None) -> None:
    text = f"{BULLETED.partition('##')[0]}## La halle\n\nLe toit fuit depuis trois ans.\n\n{sentence}\n"
    assert said(read(text, is_markdown=True))[1:] == [(voice, sentence)]


def test_who_stands_after_the_last_sentence_says_it_alone() -> None:
    words = "Le toit fuit. Les tuiles sont cassées. On verra, précise Mme Roux."
    text = f"{BULLETED.partition('##')[0]}## La halle\n\n{words}\n"
    assert said(read(text, is_markdown=True)) == [
        (None, "Le toit fuit. Les tuiles sont cassées."),
        ("Odile Roux", "On verra, précise Mme Roux."),
    ]


def test_short_lines_over_sentences_are_headings_though_they_are_many_and_those_of_a_list_are_not() -> None:
    points = ("Travaux prévus sur le quai nord", "Soutien du comité au marché couvert", "Vie du port pendant l'hiver")
    under = "Le chantier du quai durera deux mois et la rue sera fermée aux camions tout l'été."
    text = "Comité du port\n\n" + "".join(f"{point}\n\n{under}\n\n" for point in points)
    assert [frame for frame, _ in framed(text)] == ["titre", *(("titre", "notes") * 3)]
    listed = "Comité du port\n\n" + "".join(f"{point}\n\n" for point in points) + under
    assert [frame for frame, _ in framed(listed)][1:3] == ["notes", "notes"]


def test_a_sentence_that_tells_a_day_is_no_heading_and_quoted_bullets_answer_the_item_above() -> None:
    days = "# Le port\n\nLe 4 mai est le jour de la fête. Le bac dort.\n\nLe 9 juin est celui du marché. On y va.\n"
    assert [frame for frame, _ in framed(days, is_markdown=True)] == ["titre", "notes", "notes"]
    answered = "# Outils\n\n- où poser le pad ?\n\n> - sur le site du port\n> - ailleurs\n"
    entries = read(answered, is_markdown=True).entries
    assert [(entry.text, entry.context.endswith("où poser le pad ?")) for entry in entries[1:]] == [
        ("sur le site du port", True),
        ("ailleurs", True),
    ]


def test_numbered_lines_that_end_with_a_stop_are_headings_and_a_label_with_a_verb_is_no_name() -> None:
    text = (
        "Réunion du port\n\n1. Le quai.\n\nLucie demande aux sortants : Paul, Omar et Jean leur décision.\n\n"
        "Lucie rappelle que la vase monte.\n\n2. La halle.\n\nLucie annonce que le toit est réparé.\n"
    )
    assert {voice for voice, _ in said(read(text))} == {"Lucie"}
    assert [entry.context.split(" > ")[-1] for entry in read(text).entries] == ["Le quai", "Le quai", "La halle"]


def test_numbers_of_one_item_each_over_paragraphs_are_headings() -> None:
    text = "# Port\n\n- Le quai.\n\nLa vase monte.\n\n- La halle.\n\nLe toit fuit.\n\n- repeindre le bac\n- planter\n"
    told = [(entry.text, entry.context) for entry in read(text, is_markdown=True).entries]
    assert told[:2] == [("La vase monte.", "Le quai"), ("Le toit fuit.", "La halle")]
    assert [text for text, _ in told[2:]] == ["repeindre le bac", "planter"]


def test_who_presents_something_with_words_between_has_her_name_alone() -> None:
    text = "# Port\n\nLucie nous présente, à l'aide d'un plan : un nouveau quai.\n\nLucie propose d'attendre.\n"
    assert {voice for voice, _ in said(read(text, is_markdown=True))} <= {"Lucie", None}


def test_a_heading_in_capitals_that_opens_on_questions_is_nobody() -> None:
    text = "# Port\n\n**QUESTIONS LORS DE LA VISITE :**\n\n- Que pense le port des bacs ?\n- Combien de bacs ?\n"
    assert {voice for voice, _ in said(read(text, is_markdown=True))} == {None}
    asked = "# Port\n\n**QUESTION DE LUCIE :** combien de bacs ?\n\n**RÉPONSE DE PAUL :** on en a deux.\n"
    assert [voice for voice, _ in said(read(asked, is_markdown=True))] == ["LUCIE", "PAUL"]
