"""The table of decisions: each row holds together, the page knows it, and the history tells it."""

import re

import pytest
from reading import link_of

from pipeline.app.rendering import templates
from pipeline.review.log.decisions import After, Decision, NewTitle
from pipeline.review.log.op import Story, quoted
from pipeline.review.log.ops import OPS, describe, flaw
from pipeline.review.session import Session, Wish


@pytest.mark.parametrize("name", OPS)
def test_a_row_names_fields_that_a_decision_has(name: str) -> None:
    op = OPS[name]
    assert {*op.needs, *op.fields, *op.asks} <= set(After.model_fields)
    assert set(op.asks) <= set(op.fields)
    told_by_hand = set(op.needs) - set(op.fields)
    assert told_by_hand == ({"group_id"} if op.opens_group else set())


@pytest.mark.parametrize("name", sorted(OPS))
def test_an_empty_act_is_refused_with_what_it_lacks(name: str) -> None:
    act = {"decision_id": "d", "ts": "", "author": "A", "op": name, "target": {}}
    told = flaw(Decision.model_validate(act))
    assert told.startswith("il y manque ")
    assert all(field in told for field in OPS[name].needs)


@pytest.mark.parametrize(
    ("op", "target", "after", "told"),
    [
        ("merge", {"groups": ["g"]}, {}, "il y manque deux groupes"),
        ("split", {"groups": ["g"]}, {"group_id": "h", "title": "t"}, "il y manque des idées et leur groupe"),
        ("rename", {"theme_id": "t"}, {}, "il y manque title"),
        ("rename", {"theme_id": "t"}, {"title": "t"}, ""),
        ("accept", {"groups": ["g"]}, {}, ""),
        ("danser", {"groups": ["g"]}, {}, "op : « danser »"),
        ("a" * 45, {"groups": ["g"]}, {}, f"op : « {'a' * 40} »"),
    ],
    ids=["one group", "no items", "no title", "theme", "whole", "unknown", "long"],
)
def test_what_lacks_is_told_in_french(op: str, target: dict[str, object], after: dict[str, object], told: str) -> None:
    act = {"decision_id": "d", "ts": "", "author": "A", "op": op, "target": target, "after": after}
    assert flaw(Decision.model_validate(act)) == told


def test_the_page_offers_only_acts_that_exist() -> None:
    environment = templates()
    assert environment.loader is not None
    offered: set[str] = set()
    for name in environment.list_templates():
        source = environment.loader.get_source(environment, name)[0]
        offered |= set(re.findall(r'name="op" value="([a-z_]+)"', source))
        offered |= set(re.findall(r'hidden\(here, "([a-z_]+)"\)', source))
    assert len(offered) > 15
    assert offered <= set(OPS)


BUS, TEMPS = "Pas assez de bus le soir", "Le temps manque pour se coordonner"
TOLD = {
    "rename": ({"title": "Le bus"}, "a renommé « Pas assez de bus le soir » en « Le bus »"),
    "set_theme": ({"theme_id": "t-accueil"}, "a changé le thème de « Pas assez de bus le soir »"),
    "accept": ({}, "a accepté « Pas assez de bus le soir »"),
    "revoir": ({}, "a mis « Pas assez de bus le soir » à revoir"),
    "reject": ({}, "a rejeté « Pas assez de bus le soir »"),
    "rouvrir": ({}, "a remis « Pas assez de bus le soir » à relire"),
    "problematique": (
        {"question": "Comment rentrer ?"},
        "a écrit la question de « Pas assez de bus le soir » : « Comment rentrer ? »",
    ),
    "order": ({"position": 1}, "a placé « Pas assez de bus le soir » en position 2"),
    "texte": ({"text": "Un paragraphe."}, "a écrit un paragraphe pour « Pas assez de bus le soir »"),
    "commenter": ({"text": "Trop large"}, "a commenté « RAS »"),
    "confier": ({"text": "Marc"}, "a confié « Pas assez de bus le soir »"),
    "merge": ({}, "a réuni « Pas assez de bus le soir » et « Le temps manque pour se coordonner »"),
    "hide": ({"value": True}, "a masqué « Pas assez de bus le soir » dans la restitution"),
    "set_axis": ({"axis": "hors_axe"}, "a mis « RAS » hors axe"),
    "set_stance": ({"stance": "nuance"}, "a noté la position de « RAS » : à condition"),
    "quote": ({"state": "choisie"}, "a choisi de citer « RAS »"),
    "ne_pas_citer": ({"value": True}, "a demandé de ne pas citer « RAS »"),
    "pas_une_parole": ({"text": "sans objet"}, "a mis de côté « RAS »"),
    "corriger_transcription": ({"text": "R. A. S."}, "a corrigé la transcription de « RAS »"),
    "controle": ({"axis": "est"}, "a répondu au contrôle à l’aveugle pour « RAS »"),
    "controle_titre": ({}, "a répondu au contrôle à l’aveugle pour « RAS »"),
    "mask": ({"value": False}, "a gardé le mot « RAS »"),
    "nommer": ({"value": True}, "a noté l’accord pour nommer « RAS »"),
    "move": ({}, "a déplacé « RAS » hors des titres"),
    "meme": ({"value": False}, "a dit que « RAS » et « Il n'y a plus de bus après 18 h » ne vont pas ensemble"),
    "create": ({"title": "Rien", "axis": "est"}, "a créé « Rien » avec « RAS »"),
    "split": (
        {"title": "À part"},
        "a séparé « Il n'y a plus de bus après 18 h » de « Pas assez de bus le soir » dans « À part »",
    ),
    "titres": ({"titles": (NewTitle(title="La nuit"),)}, "a ajouté « La nuit »"),
    "axe_du_titre": ({"axis": "sud"}, "a mis « Pas assez de bus le soir » sur l’axe Sud"),
    "prendre": ({"value": True}, "a accepté « Pas assez de bus le soir » avec « RAS »"),
    "refuser": ({}, "a écarté « RAS » de « Pas assez de bus le soir »"),
    "page": ({}, "a rangé « RAS » comme dans la page de l’assistant"),
    "ecrire": ({"text": "Un fil."}, "a écrit « Fil rouge »"),
    "link": (
        {"state": "juste"},
        "a jugé juste le lien entre « On pourrait covoiturer entre […] » et « Il n'y a plus de bus après 18 h »",
    ),
}


OTHERWISE = {
    "mask": ({"value": True}, "a masqué le nom « RAS »"),
    "nommer": ({"value": False}, "a retiré l’accord pour nommer « RAS »"),
    "hide": ({"value": False}, "a montré « Pas assez de bus le soir » dans la restitution"),
    "ne_pas_citer": ({"value": False}, "a demandé de citer « RAS »"),
}
"""The other way round."""


def test_each_kind_is_here() -> None:
    assert set(TOLD) == set(OPS) - {"undo", "redo"}


@pytest.mark.parametrize(
    ("name", "after", "told"), [(op, *row) for table in (TOLD, OTHERWISE) for op, row in table.items()]
)
def test_an_act_is_told(session: Session, name: str, after: dict[str, object], told: str) -> None:
    state = session.state
    groups = {group.title: key for key, group in state.groups.items()}
    ras = next(key for key, item in state.items.items() if item.text == "RAS")
    first = next(key for key, item in state.items.items() if item.text.startswith("Il n'y a plus"))
    wishes = {
        "merge": Wish("merge", groups=(groups[BUS], groups[TEMPS])),
        "meme": Wish("meme", items=(ras, first)),
        "split": Wish("split", items=(first,), groups=(groups[BUS],)),
        "titres": Wish("titres"),
        "refuser": Wish("refuser", items=(ras,), groups=(groups[BUS],)),
        "ecrire": Wish("ecrire", part="fil_rouge"),
    }
    on_group = OPS[name].about in ("groups", "group or theme") or name in ("accept", "hide")
    wish = wishes.get(name, Wish(name, groups=(groups[BUS],)) if on_group else Wish(name, items=(ras,)))
    after = after | ({"group_id": groups[BUS]} if name == "prendre" else {})
    is_link = name == "link"
    decision = link_of(session, next(iter(state.links)), "juste") if is_link else session.propose("Anne", wish, **after)
    assert describe(state, decision).replace("\u00a0", " ") == told


def test_several_items_are_counted(session: Session) -> None:
    items = tuple(session.state.items)[:3]
    decision = session.propose("Anne", Wish("quote", items=items), state="bannie")
    assert describe(session.state, decision) == "a écarté des citations trois idées"


def test_titles_are_named_up_to_three_and_counted_from_four(session: Session) -> None:
    titles = tuple(NewTitle(title=one) for one in ("Un", "Deux", "Trois", "Quatre"))
    few, _ = session.act("Anne", Wish("titres"), titles=titles[:3])
    many, _ = session.act("Anne", Wish("titres"), titles=titles)
    assert describe(session.state, few) == f"a ajouté {quoted('Un')}, {quoted('Deux')} et {quoted('Trois')}"
    assert describe(session.state, many) == f"a ajouté 4 titres, dont {quoted('Un')}"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert quoted("un deux trois quatre", 12) == "«\u00a0un deux […]\u00a0»"


def told_of(session: Session, op: str, groups: tuple[str, ...], before: dict[str, object], **after: object) -> str:
    act = {"decision_id": "d", "ts": "", "author": "A", "op": op, "target": {"groups": groups}, "before": before}
    return describe(session.state, Decision.model_validate(act | {"after": after})).replace("\u00a0", " ")


def test_a_group_that_is_gone_is_called_as_it_was(session: Session) -> None:
    assert told_of(session, "accept", ("g-gone",), {"titles": {"g-gone": "Les haies"}}) == "a accepté « Les haies »"
    assert told_of(session, "accept", ("g-gone",), {"value": "machine"}) == "a accepté un groupe"
    older = told_of(
        session, "merge", ("g-gone", "g-too"), {"value": "Les haies"}
    )  # logs that kept the first title alone
    assert older == "a réuni deux groupes : « Les haies »"
    assert told_of(session, "merge", ("g-gone", "g-too"), {"value": "Les haies"}, title="Haies et talus") == (
        "a réuni deux groupes : « Haies et talus »"
    )
    assert told_of(session, "merge", ("g-gone", "g-too"), {"value": 3}) == "a réuni deux groupes : un groupe"


def test_both_ends_of_a_new_link_are_told_by_fifty_signs(session: Session) -> None:
    linked = {item for pair in session.state.links for item in pair}
    one, two = [key for key in session.state.items if key not in linked][:2]
    session.state.items[one].text, session.state.items[two].text = "a" * 46 + " bcd", "a" * 47 + " bcd"
    decision = link_of(session, (one, two), "juste")
    told = Story(session.state, decision).new_link
    assert "a" * 46 + " bcd" in told  # fifty signs
    assert "a" * 47 + " bcd" not in told
    assert "a" * 47 + " […]" in told


def test_a_title_that_none_of_the_groups_had_is_told(session: Session) -> None:
    titles = {"titles": {"g": "Les haies", "h": "Les talus"}}
    assert told_of(session, "merge", ("g", "h"), titles) == "a réuni « Les haies » et « Les talus »"
    assert told_of(session, "merge", ("g", "h"), titles, title="Les talus") == "a réuni « Les haies » et « Les talus »"
    assert told_of(session, "merge", ("g", "h"), titles, title="Le bocage") == (
        "a réuni « Les haies » et « Les talus » sous le titre « Le bocage »"
    )


def test_what_acts_do_beside_the_text_on_what_is_ticked_with_a_new_group_or_to_the_next_run() -> None:
    def those(attribute: str) -> set[str]:
        return {name for name, op in OPS.items() if getattr(op, attribute)}

    assert those("is_beside") == {"commenter", "confier", "controle", "controle_titre"}
    ticked = {"move", "split", "create", "set_stance", "quote", "ne_pas_citer", "pas_une_parole"}
    assert those("is_on_ticked") == ticked
    assert those("opens_group") == {"split", "create"}
    assert those("is_followed") == {"move", "split", "create", "prendre", "refuser", "rename", "titres", "axe_du_titre"}
