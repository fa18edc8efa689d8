"""The essential: facts alone, what was gathered, what weighs, what was voted, and where people disagree."""

from dataclasses import replace

import pytest
from workshop_told import draft_of, group_of, hand_made, seen, telling_of, told_workshop

from pipeline.restitution.proofreading import faults
from pipeline.restitution.sections.essential import essential_section
from pipeline.restitution.sections.positions import ballots, choices, decided, votes
from pipeline.workshop.questions import Question


@pytest.mark.parametrize(("is_read", "told"), [(False, "que personne n’a encore relu"), (True, "relu en partie")])
def test_the_state_of_the_text_is_that_of_what_was_looked_at(is_read: bool, told: str) -> None:
    material, group = group_of("Rouvrir le lavoir", *("Rouvrir le lavoir au bourg", "Laver à la ferme"), axis="sud")
    own = replace(group, is_titled=True, origin="personne", is_put=False)
    first = draft_of(replace(material, groups={"g": own}, is_read=is_read)).sections[0].blocks[0]
    assert first.kind == "motto" and told in first.value.text


def essential(words_max: int = 1_000) -> list[str]:
    """The sentences of the essential of the hand-made workshop."""
    found = essential_section(told_workshop(), words_max).sentences
    assert [fault for one in found for fault in faults(one, "fine")] == []
    return [seen(one) for one in found]


def test_it_says_who_came_then_the_widest_titles_that_people_looked_at() -> None:
    came, widest, *_ = essential()
    assert came == "L’atelier a réuni 31 personnes autour de quatre tables."
    assert widest.startswith(
        "Ce dont on parle le plus largement : pas de car le soir pour les jeunes (trois tables sur quatre, enquête) ; "
    )


def test_no_title_that_nobody_looked_at_is_said_without_how_many_surely_speak_of_it() -> None:
    texts = ("Le lavoir du bourg fuit depuis juin", "Le vieux lavoir fuit dans le canal", "Un lavoir neuf fuit l'hiver",
             "Le lavoir fuit, et la source aussi", "Un lavoir qui fuit toutes les nuits")  # fmt: skip

    def said(*words: str) -> list[str]:
        material, group = group_of("Le lavoir fuit", *words, strength=0.9, worth=0.8, table="")
        others = {key: replace(one, group="", axis="hors_axe") for key, one in hand_made().items.items()}
        own = replace(group, is_titled=True, origin="personne", is_put=False)
        telling = telling_of(replace(material, groups={"g": own}, items=material.items | others))
        return [seen(one) for one in essential_section(telling, 1_000).sentences]

    told = (
        "Avant relecture, le titre où le plus de paroles sont sûres : le lavoir fuit (au moins quatre contributions)."
    )
    assert told in said(*texts)
    assert not any("lavoir" in one for one in said(*texts[:3]))


def test_where_opinions_divide_each_side_has_its_count() -> None:
    texts = ("Chauffer le four à pain", "Prêter le four à pain", "Pas de four à pain, la fumée gêne")
    sides = {"stance": ["pour", "pour", "contre"], "is_sided": True}
    material, group = group_of("Le four à pain", *texts, axis="sud", **sides)
    telling = telling_of(replace(material, groups={"g": replace(group, is_accepted=True)}))
    assert "Les avis se partagent sur ceci : le four à pain (tables 1 et 2 ; contre : table 3)." in [
        seen(one) for one in essential_section(telling, 1_000).sentences
    ]


@pytest.mark.parametrize(
    ("channels", "tables", "told"),
    [
        (("postit", "postit", "postit"), ("", "", ""), "Trois contributions ont été recueillies, dans deux fichiers."),
        (("note", "note", "note"), ("", "", ""), "Deux documents ont été lus."),
        (
            ("note", "postit", "note"),
            ("", "", ""),
            "Une contribution a été recueillie, dans un fichier ; un document a été lu.",
        ),
        (("note", "note", "note"), ("table 1", "table 2", "table 2"), "Les notes de deux tables ont été lues."),
        (("transcript", "note", "note"), ("table 1", "table 2", "table 2"), "Les échanges de deux tables ont été lus."),
    ],
)
def test_what_was_gathered_is_counted_where_nobody_says_who_came(
    channels: tuple[str, ...], tables: tuple[str, ...], told: str
) -> None:
    """A paragraph of a report is nobody's contribution: its document is counted."""
    sources = [f"{'a' if one == channels[0] and n < 2 else 'b'}.csv" for n, one in enumerate(channels)]
    changes = {"channel": [*channels], "source": sources, "table": [*tables], "voice": ""}
    material, _ = group_of("Le four", "Le four est froid", "Le four fume", "Le four ferme", axis="est", **changes)
    telling = telling_of(replace(material, declared_participants=None, tables={}, groups={}))
    assert seen(essential_section(telling, 1_000).sentences[0]).replace("\u202f", " ").replace("\u00a0", " ") == told


def test_contributions_without_words_are_counted_and_told_apart_from_those_that_are_read() -> None:
    changes = {"channel": "postit", "source": ["a.csv", "a.csv", "b.csv"], "table": "", "voice": ""}
    material, _ = group_of("Le four", "Le four est froid", "Le four fume", "Le four ferme", axis="est", **changes)
    given = replace(material, declared_participants=None, tables={}, groups={}, n_wordless={"a.csv": 2, "c.md": 4})
    told = seen(essential_section(telling_of(given), 1_000).sentences[0])
    assert told == "Cinq contributions ont été recueillies, dont trois avec des mots, dans deux fichiers."


def test_the_essential_keeps_within_its_words_and_drops_the_last_things_first() -> None:
    whole = essential()
    for most in range(20, 200, 20):
        short = essential(most)
        assert short == whole[: len(short)]
        assert len(short) == 1 or sum(len(one.split()) for one in short) <= most


def test_a_vote_of_which_only_those_against_were_counted_is_neither_won_nor_lost() -> None:
    def asked(about: str, sides: dict[str, int]) -> Question:
        return Question(about, "w", about, sides, {}, is_vote=True, is_scale=False, has_people=False)

    material, _ = group_of("Le lavoir", "Le lavoir est à sec", "Le lavoir fuit")
    told = telling_of(replace(material, questions=(asked("La digue", {"contre": 3}), asked("Le bac", {"pour": 9}))))
    assert [seen(sentence) for sentence in ballots(told)] == ["Le vote approuve « Le bac » (9 pour)."]


def test_choices_put_to_the_vote_are_told_with_all_their_voices_and_decide_nothing() -> None:
    def chosen(about: str, answers: dict[str, int]) -> Question:
        sides = {"sans": sum(answers.values())}
        return Question(about, "w", about, sides, answers, is_vote=True, is_scale=False, has_people=False)

    material, _ = group_of("Le lavoir", "Le lavoir est à sec", "Le lavoir fuit")
    asked = (chosen("Le jour", {"Mardi": 4, "Jeudi": 2}), chosen("L'heure", {"Huit heures": 9, "Midi": 3}))
    told = telling_of(replace(material, questions=asked))
    assert [seen(sentence) for sentence in choices(told)] == [
        "Des choix ont été mis au vote : « L’heure » (« Huit heures » 9, « Midi » 3) et "
        "« Le jour » (« Mardi » 4, « Jeudi » 2)."
    ]
    assert ballots(told) == decided(told) == []
    (block,) = votes(told, ()).blocks
    assert seen(block.sentences[0]) == "« Le jour » : « Mardi » (4), « Jeudi » (2)."
