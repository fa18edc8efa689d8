"""What a language model puts under titles: what it is shown, what is taken of its answers, and that it is its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from model_server import Kept, Reply, Server, playing, saying, settings

from pipeline.assistant.asking import Assistant
from pipeline.assistant.server import Server as Client
from pipeline.axes import AXIS_CODES, compass
from pipeline.contracts.checks import conform
from pipeline.contracts.titles import MACHINE
from pipeline.place.reader import IDEAS, TASK, TITLES, choices, with_choices
from pipeline.place.titles import Title, identified

TEXTS = ("Le car passe deux fois par jour", "Un jardin à partager", "Bonjour à tous", "Les bus sont rares")
NAMED = identified((Title("Se déplacer", "est"), Title("Partager"), Title("Le machin", "sud", origin=MACHINE)))


def table(texts: tuple[str, ...] = TEXTS, under: dict[int, str] | None = None) -> pd.DataFrame:
    """Placings, none under a title but those of `under`."""
    rows = [
        {
            "item_id": f"i{row:03}", "title_id": (under or {}).get(row), "likeliest": NAMED[0].title_id,
            "chance": 0.2 - row / 10_000, "also": [], "second_title": NAMED[1].title_id,
            "second_chance": 0.1, "axis": "hors_axe" if text.startswith("Bonjour") else "sud", "placed_by": "machine",
        }
        for row, text in enumerate(texts)
    ]  # fmt: skip
    return conform("placings", pd.DataFrame(rows))


def asked(
    url: str, placings: pd.DataFrame, shown: dict[str, tuple[str, str]], titles: tuple[Title, ...] = NAMED
) -> dict[str, str]:
    config = settings(url, TASK)
    return choices(placings, shown, titles, Assistant(config, Client.of(config, 20), Kept()))


def words(texts: tuple[str, ...] = TEXTS) -> dict[str, tuple[str, str]]:
    return {f"i{row:03}": (text, "") for row, text in enumerate(texts)}


def by_word(data: dict[str, Any]) -> Any:
    """Each idea under the first title that is about cars or gardens, as its words say."""
    ids = {one["titre"]: one["id"] for one in data["titres"]}
    about = {"car": "Se déplacer", "bus": "Se déplacer", "jardin": "Partager"}
    told = []
    for one in data["paroles"]:
        title = next((ids[title] for word, title in about.items() if word in one["texte"]), "aucun")
        told.append({"parole": one["id"], "titre": title})
    return {"placements": told}


def test_what_no_title_takes_goes_where_the_model_says_and_nothing_else_moves(
    serve: Callable[[Reply], Server],
) -> None:
    server = serve(playing(placements=by_word))
    before = table(under={3: NAMED[1].title_id})
    chosen = asked(server.url, before, words())
    assert chosen == {"i000": NAMED[0].title_id, "i001": NAMED[1].title_id}
    tags = pd.DataFrame([[0.1, 0.2, 0.6, 0.05, 0.05]] * len(TEXTS), columns=[f"p_{code}" for code in AXIS_CODES])
    after = with_choices(before, chosen, NAMED, tags)
    assert after["placed_by"].tolist() == ["modele", "modele", "machine", "machine"]
    assert after["axis"].tolist() == ["est", "sud", "hors_axe", "sud"]
    pd.testing.assert_frame_equal(after.iloc[2:], before.iloc[2:])


def test_it_is_shown_titles_of_people_and_what_may_be_shown_alone(serve: Callable[[Reply], Server]) -> None:
    server = serve(playing(placements=by_word))
    asked(server.url, table(), {"i001": (TEXTS[1], "Ce qu’on ferait")})
    told = json.dumps(server.asked[0]["messages"], ensure_ascii=False)
    assert "Partager" in told and "Le machin" not in told
    assert TEXTS[1] in told and TEXTS[0] not in told
    assert "Ce qu’on ferait" in told
    assert told.count(f"{compass()['est'].name}, {compass()['est'].motto}") == 1  # of the title that has one


@pytest.mark.parametrize(
    "answer",
    [
        [{"parole": "m9", "titre": "t1"}],
        [{"parole": "m1", "titre": "t9"}],
        [{"parole": "m1", "titre": "Se déplacer"}],
        [{"parole": "m1", "titre": "t1"}, {"parole": "m1", "titre": "t2"}],
    ],
)
def test_an_answer_that_names_what_it_was_not_shown_is_refused_whole(
    serve: Callable[[Reply], Server], answer: list[dict[str, str]]
) -> None:
    told = {"placements": [{"parole": "m2", "titre": "t1"}, *answer]}
    assert asked(serve(saying(json.dumps(told))).url, table(), words()) == {}


def test_many_ideas_are_many_questions_and_many_titles_are_those_that_are_near(
    serve: Callable[[Reply], Server],
) -> None:
    server = serve(playing(placements=by_word))
    texts = tuple(f"Un jardin, idée {n}" for n in range(2 * IDEAS + 1))
    others = tuple(Title(f"Titre {n}", title_id=f"g-{n}") for n in range(TITLES))
    chosen = asked(server.url, table(texts), words(texts), (*NAMED, *others))
    assert len(server.asked) == 3
    assert set(chosen.values()) == {NAMED[1].title_id} and len(chosen) == len(texts)
    assert "Titre 7" not in json.dumps(server.asked, ensure_ascii=False)


def test_without_a_title_of_a_person_nothing_is_asked(serve: Callable[[Reply], Server]) -> None:
    server = serve(saying("{}"))
    assert asked(server.url, table(), words(), NAMED[2:]) == {}
    assert server.asked == []
