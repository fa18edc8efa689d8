"""Whose a label is, and which turns are the animation's."""

import pytest
from labelled import each, false_of, true_of

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.formats.speakers import (
    in_small_letters,
    is_animation,
    is_nobody,
    is_role,
    part_of,
    question_in,
    speakers_among,
    without_animation,
)
from pipeline.ingest.formats.turns import author_of, label_of

LABELS = [
    ("a first name", "Lucie : on manque d'eau", "Lucie"),
    ("after the mark of a question", "Q - _Lucie (le port)_ : on manque d'eau ?", "Lucie (le port)"),
    ("bold", "**Lucie :** on manque d'eau", "Lucie"),
    ("bold, colon after", "**Lucie** : on manque d'eau", "Lucie"),
    ("emphasis", "_Lucie_ : on manque d'eau", "Lucie"),
    ("a role with a number", "audience6: on manque d'eau", "audience6"),
    ("a machine's", "SPEAKER_00 : on manque d'eau", "SPEAKER_00"),
    ("a machine's, in words", "Speaker 1 : on manque d'eau", "Speaker 1"),
    ("a function", "Lucie M. (élue) : on manque d'eau", "Lucie M. (élue)"),
    ("for an association", "Lucie – Les Amis du « vieux » port… : on manque d'eau", "Lucie"),
    ("glued", "Lucie- CCAS : on manque d'eau", "Lucie"),
    ("who leads for one", "Lucie - Animatrice : on manque d'eau ?", "Lucie - Animatrice"),
    ("a question of someone", "Question de Ludmila : et l'eau ?", "Ludmila"),
    ("before a stop", "Lucie. On manque d'eau", "Lucie"),
    ("alone", "Lucie :", "Lucie"),
    ("an address", "https://port.example : on y va", None),
    ("an hour", "Rendez-vous à 12:30", None),
    ("a sentence", "On manque d'eau", None),
]


@pytest.mark.parametrize(("line", "name"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS])
def test_label(line: str, name: str | None) -> None:
    found = label_of(line)
    assert (found.name if found else None) == name


test_who_posted_a_message_is_named_with_a_day_and_an_hour = each(
    author_of,
    ("Lucie - Jan 27, 2016 at 7:52 AM", "Lucie"),
    ("tifenn, - 3 mars 2020 à 10:30", "tifenn"),
    ("Lucie Morin, le 12 mars 2020 à 10h30", "Lucie Morin"),
    ("Lucie Morin (12/03/2020 10:30)", "Lucie Morin"),
    ("Atelier du port, le 12 mars 2020 à 10:30", ""),
    ("Lucie parle du 12 mars", ""),
)


def speakers(*lines: str) -> set[str]:
    return set(speakers_among(label for line in lines if (label := label_of(line))))


def test_a_name_that_comes_back_is_a_speaker_and_a_heading_is_not() -> None:
    assert speakers("Yvonig : oui", "Tifenn : non", "Yvonig : si", "Tifenn : ah") == {"Yvonig", "Tifenn"}
    assert speakers("Problème : l'eau", "Solution : un puits", "Problème : le gel", "Solution : un toit") == set()
    assert speakers("Ce qui marche : tout", "Ce qui marche : rien") == set()
    assert speakers("Associations : la voile", "Associations : la pêche") == set()
    assert speakers("Côté Kerlann : trois fermes", "Côté Kerlann : deux puits", "Lucie : oui") == {"Lucie"}
    assert speakers("Sur Kerlann : trois fermes", "Sur Kerlann : deux puits", "Avec Tregor : rien") == set()
    assert speakers("Nolwaz Kerbrad : non", "Nolwaz Kerbrad : si", "Problème : l'eau") == {"Nolwaz Kerbrad"}
    assert speakers("Nolwaz Kerbrad : dix fermes, trois puits et un four à pain au bout de la route") == set()
    assert speakers("Base Adresse : non", "Base Adresse : si") == set()
    assert speakers("Habitants : plus d'eau", "La vase monte") == set()
    assert speakers("Animatrice : qui commence ?", "Public : moi") == {"Animatrice", "Public"}
    assert speakers("Fort Boyard : jeu de piste au port", "Fort Boyard : six épreuves du soir", "Lucie : oui") == {
        "Lucie"
    }
    assert speakers("JP : oui", "MLB : non", "JP : si", "MLB : ah") == {"JP", "MLB"}


def small(*lines: str, present: tuple[str, ...] = ()) -> set[str]:
    return in_small_letters([label for line in lines if (label := label_of(line))], present)


def test_names_that_are_written_without_capitals() -> None:
    talk = ("lucie : un bac", "zoltan : deux", "jp : aucun", "idée : un ponton", "chloé : rien", "jp : si")
    assert small(*talk) == {"lucie", "zoltan", "jp", "chloé"}
    assert small("objectif : un bac", "lieu : le quai", "tel : le soir", "lucie : oui") == set()
    assert small("rose : un bac", "pierre : du granit", "framadate : lundi") == set()
    assert small("rose : un bac", "pierre : non", "idée : un ponton", present=("Rose", "Pierre")) == {"rose", "pierre"}


@pytest.mark.parametrize(("marks", "are"), [(("Q", "R"), False), (("Question", "Réponse"), False), (("L", "R"), True)])
def test_marks_of_questions_and_answers_are_nobody(marks: tuple[str, str], are: bool) -> None:
    lines = [f"{mark} : Le car passe {n} fois le soir, c'est peu." for n in range(3) for mark in marks]
    assert speakers_among([label for line in lines if (label := label_of(line))]) == (set(marks) if are else set())


test_those_who_lead = true_of(
    is_animation, "Animatrice", "animateur 2", "Enquêtrice", "Lucie (facilitatrice)", "Modérateur - Paul"
)
test_those_who_do_not = false_of(
    is_animation, "Lucie", "audience6", "Rapporteuse", "Animation de quartier et fêtes du port"
)


def test_roles() -> None:
    assert is_role("audience6")
    assert is_role("SPEAKER_00")
    assert not is_role("Lucie")
    assert is_nobody("Public")
    assert is_nobody("la salle")
    assert is_nobody("L'Assemblée Générale")
    assert not is_nobody("audience6")


def turn(voice: str, text: str, *headings: str) -> Entry:
    entry = Entry(f"{voice} {text[:5]}", text, " > ".join(headings), voice)
    entry.headings = headings
    return entry


def test_turns_of_the_animation_are_the_context_of_the_others() -> None:
    entries = [
        turn("Ana", "Bonjour à tous."),
        turn("Animatrice", "D'accord. Et qu'est-ce qui manque au port ?"),
        turn("Ana", "Un quai plus bas."),
        turn("Animatrice", "Ah oui ?"),
        turn("Ben", "Une échelle."),
        turn("Ben", "Le four est froid.", "Le four"),
    ]
    kept, rejects = without_animation(entries)
    assert [(entry.text, entry.context) for entry in kept] == [
        ("Bonjour à tous.", ""),
        ("Un quai plus bas.", "Et qu'est-ce qui manque au port ?"),
        ("Une échelle.", "Et qu'est-ce qui manque au port ?"),
        ("Le four est froid.", "Le four"),
    ]
    assert [reason for _, reason, _ in rejects] == ["animation", "animation"]


def test_where_only_the_animation_speaks_its_words_are_kept() -> None:
    kept, rejects = without_animation([turn("Animateur", "La vase monte."), turn("Animateur", "Le quai glisse.")])
    assert len(kept) == 2
    assert not rejects


def test_the_public_is_nobody_in_particular() -> None:
    kept, _ = without_animation([turn("Public", "Et qui paie ?"), turn("audience6", "Et le gel ?")])
    assert [entry.voice for entry in kept] == [None, "audience6"]


def test_a_question_has_a_mark_and_some_words() -> None:
    assert question_in("Bien. Que manque-t-il au port de pêche ? Allez-y.") == "Que manque-t-il au port de pêche ?"
    assert question_in("Ah bon ?") == ""
    assert question_in("Merci à tous.") == ""


test_the_part_that_a_label_tells_and_never_a_name = each(
    part_of,
    ("Lucie Morin, adjointe à la voirie", "adjointe à la voirie"),
    ("M. Vidal (CCI)", "CCI"),
    ("Intervenant 3 (association des pêcheurs)", "association des pêcheurs"),
    ("Lucie – Les Amis du port", "Les Amis du port"),
    ("Mme la maire", "la maire"),
    ("M. LE PRESIDENT", "le président"),
    ("Le président Vidal", "le président"),
    ("Les élus de l'opposition", "les élus de l'opposition"),
    ("Adjoint aux écoles", "adjoint aux écoles"),
    ("Habitante 2", "habitante"),
    ("audience6", "public"),
    ("Paul Vidal, maire de Kerlann", "maire de Kerlann"),
    ("Jeanne (Jeanne Vidal)", ""),
    ("Yvonig (Le Goff)", ""),
    ("Lucie Morin (LM)", ""),
    ("Paul, mari de Jeanne", ""),
    ("Paul, 54 ans", ""),
    ("Intervenant 3", ""),
    ("SPEAKER_00", ""),
    ("Lucie", ""),
)
