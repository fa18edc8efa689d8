"""The animation's turns: rejects, and the context of those who answer."""

from __future__ import annotations

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.formats.speech.animation import question_in, without_animation


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
