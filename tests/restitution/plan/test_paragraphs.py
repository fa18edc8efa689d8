"""The paragraph of a group: how widely, what makes it seen, why, what is held against it, what answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from atelier import workshop
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop_told import group_of, item_of

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.plan import Paragraph, Statement
from pipeline.restitution.plan.paragraphs import Section, group_paragraph, plain_words
from pipeline.restitution.plan.paragraphs import _after as cause_or_consequence
from pipeline.restitution.plan.pieces import fits, is_claim, is_of_heading, points_back
from pipeline.restitution.plan.reading import Reading
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material

WORDS_MAX = 18
HOLDABLE = (
    "Les jeunes restent chez eux",
    "Le dernier car part à 17 h 40",
    "Un four à pain au bourg",
    "le four à pain du bourg",
    "Recenser les logements vides",
    "Louer cher, c'est aussi payer les travaux",
    "Une navette partagée le vendredi",
    "Les loyers sont trop chers pour les saisonniers",
    "Manque de bénévoles pour tenir la buvette",
    "Ouvrir la salle des fêtes aux associations",
    "480 € de loyer pour une passoire",
    "Des trottoirs trop étroits pour les poussettes",
    "Il faut un guichet ouvert le samedi",
    "Il n'y a plus de médecin au bourg",
    "Les horaires de la poste (9 h à 11 h) excluent les salariés",
    "La mairie « ouverte » le samedi",
    "moins de vitesse devant l'école",
)
"""Words that our own sentence may hold."""
NOT_HOLDABLE = (
    "J'ai peur la nuit sur la place",
    "Nous manquons de bois sec",
    "mon fils attend le car une heure",
    "Vous ne répondez jamais au téléphone",
    "ta voisine prend le car",
    "pour moi le car du soir manque",
    "pas de bus ds le bourg",
    "manque de place pr les vélos",
    "svp une navette le soir",
    "Les asso manquent de local",
    "Stop à la vitesse !!!",
    "PAS DE MEDECIN au bourg",
    "SCANDALEUX cette attente au guichet",
    "Le four est froid. Il fume",
    "Le car part tôt... les jeunes restent",
    "Pourquoi le car part si tôt ?",
    "Elle attend toujours une réponse de la mairie",
    "Ils ne viennent plus au marché",
    "C'est trop cher pour tout le monde",
    "ça coûte trop cher",
    "Ce dernier ferme trop tôt",
    "À cet effet, une navette",
    "Et aussi les trottoirs du bourg",
    "Là où le car ne passe plus",
    "est trop cher pour les familles",
    "Fait perdre une heure aux lycéens",
    "Merci aux bénévoles du vestiaire",
    "Oui à la navette du vendredi",
    "Le four : froid tout l'hiver",
    "Car",
    "Écrire à jean@exemple.example",
    "Appeler le 06 12 34 56 78",
    "Le local ☺ du bourg",
    "Le car du matin passe devant l'école et devant la mairie puis devant le stade mais pas devant le collège du bourg",
)
"""Of one person, in haste, cried, of two sentences, pointing back, cut, too long, or with personal data."""


@pytest.mark.parametrize(
    ("text", "is_held"), [(text, True) for text in HOLDABLE] + [(text, False) for text in NOT_HOLDABLE]
)
def test_our_own_sentence_holds_words_of_nobody_that_are_understood_alone(text: str, is_held: bool) -> None:
    assert (plain_words(item_of(text), WORDS_MAX) is not None) is is_held


@pytest.mark.parametrize("changes", [{"masks": ((0, 3),)}, {"quote_choice": "bannie"}, {"is_quotable": False}])
def test_masked_or_banned_words_are_never_ours(changes: dict[str, Any]) -> None:
    item = item_of(HOLDABLE[0], **changes)
    assert plain_words(item, WORDS_MAX) is None
    because = item_of("Le four reste froid faute de bois sec", **changes)
    assert cause_or_consequence(because, "cause") is None


CAUSES = {
    "Les apprentis renoncent aux cours du soir faute de chauffeurs": "faute de chauffeurs",
    "Le marché se vide parce que les producteurs vont en ville": "les producteurs vont en ville",
    "Le car est supprimé, car la Région a coupé la ligne.": "la Région a coupé la ligne",
    "On renonce au cinéma puisque la navette du soir est supprimée": "la navette du soir est supprimée",
    "Les jeunes partent, vu que les loyers montent": "les loyers montent",
    "Le stade reste fermé à cause des travaux du toit": "à cause des travaux du toit",
    "Le stade est fermé à cause de la fuite du toit. La mairie le sait": "à cause de la fuite du toit",
    "Personne ne répond parce qu'il n'y a plus de secrétaire à la mairie": "il n'y a plus de secrétaire à la mairie",
    "Le four reste froid faute d'un bénévole le samedi": "faute d'un bénévole le samedi",
    "La salle ne sert pas, car le chauffage coûte trop cher, mais la mairie cherche": "le chauffage coûte trop cher",
    "Le lavoir tombe en ruine faute d’entretien": "faute d’entretien",
    "Les familles partent à cause des loyers, et l'école se vide": "à cause des loyers",
    "La haie disparaît parce qu'un chemin a été élargi ; dommage": "un chemin a été élargi",
    "Le café ferme puisque les clients vont en ville": "les clients vont en ville",
}
CONSEQUENCES = {
    "Le car part à 17 h, du coup les jeunes restent chez eux": "les jeunes restent chez eux",
    "Pas de crèche, du coup, les mères refusent des contrats": "les mères refusent des contrats",
    "Le médecin est parti, résultat : les urgences sont pleines": "les urgences sont pleines",
    "La salle est chère, par conséquent les associations boudent la salle": "les associations boudent la salle",
    "La poste ferme, donc les anciens perdent leur guichet": "les anciens perdent leur guichet",
    "Le trottoir est trop étroit, donc les poussettes vont sur la route": "les poussettes vont sur la route",
    "Plus de boulanger, résultat, le village achète son pain en ville": "le village achète son pain en ville",
    "Le bus est plein, du coup les lycéens partent à pied, mais certains renoncent": "les lycéens partent à pied",
    "La fibre n'arrive pas, par conséquent, les familles partent en ville": "les familles partent en ville",
    "Guichet fermé le samedi, donc les salariés posent un congé (ou renoncent)": "les salariés posent un congé",
    "Deux fermes ont fermé. Résultat : les terres restent en friche": "les terres restent en friche",
}
NEITHER = (
    "Le car ne passe plus",
    "Les élèves prennent le car de 7 h",
    "Un car par jour, c'est peu",
    "Donc voilà",
    "Il faut donc un local",
    "Il faut donc que la mairie ouvre la salle",
    "Je ne viens plus parce que j'ai peur la nuit",
    "Le four est froid parce que nous manquons de bois",
    "Le maire dit non parce que vous ne payez pas",
    "Le bus est plein, du coup je marche",
    "C'est fermé parce que bon",
    "On n'y va pas parce que c'est comme ça",
    "Parce que ça coûte trop cher",
    "Il a fermé à cause de lui",
    "Ils ne viennent plus parce que leur voisine le leur a dit",
    "Le car est à l'heure, donc elles y vont",
    "Du coup on fait comment ?",
    "Les gens partent, donc",
    "On a peur puisque",
    "Le local ferme parce que…",
    "parce qu'il",
    "Faute de mieux",
    "Les cours s'arrêtent faute de MOYENS",
    "Le car est complet résultat des courses",
    "La salle est chère, par conséquent les associations la boudent",
    "Le marché ne ferme pas parce que la place est petite",
    "Le café ferme tôt car les clients manquent",
    "Faute de place à la crèche, les mères arrêtent de travailler",
    "Parce que les horaires changent, les parents renoncent au car",
)
LABELLED = [
    *((text, "cause", told) for text, told in CAUSES.items()),
    *((text, "consequence", told) for text, told in CONSEQUENCES.items()),
    *((text, kind, None) for text in NEITHER for kind in ("cause", "consequence")),
    *((text, "consequence", None) for text in CAUSES),
    *((text, "cause", None) for text in CONSEQUENCES),
]


@pytest.mark.parametrize(("text", "kind", "told"), LABELLED)
def test_a_cause_or_a_consequence_is_what_follows_the_words_that_open_it(text: str, kind: Any, told: str) -> None:
    node = cause_or_consequence(item_of(text), kind)
    assert (None if node is None else node.text) == told
    if node is not None:
        assert text[slice(*node.ref.span)] == told


def test_a_name_masked_in_a_reason_hides_the_whole_of_it() -> None:
    text = "Le four est froid parce que Jean Martin garde la clé"
    assert cause_or_consequence(item_of(text, masks=((28, 39),)), "cause") is None


TEXTS = (
    "Chauffer le four à pain le samedi",
    "Allumer le four à pain avec les écoliers du bourg",
    "Prêter le four à pain aux boulangers de passage",
    "Le four à pain coûte trop de bois pour si peu",
    "Le four à pain, oui, si quelqu'un surveille les flammes",
)


def planned(material: Material, group_id: str = "g") -> tuple[Section, Paragraph | None]:
    section = Section(Reading.of(material), "standard")
    return section, group_paragraph(section, section.reading.units[group_id])


def statements(material: Material, group_id: str = "g") -> dict[str, Statement]:
    """The statements of the paragraph by kind: each stands there once, in order."""
    _, paragraph = planned(material, group_id)
    told = () if paragraph is None else paragraph.statements
    assert len({one.kind for one in told}) == len(told)
    return {one.kind: one for one in told}


def titled(title: str, *texts: str, group: dict[str, Any] | None = None, **changes: Any) -> Material:
    """A workshop that is one group, whose title is true of all of it."""
    material, made = group_of(title, *texts, **changes)
    return replace(material, groups={"g": replace(made, coverage=1.0, **(group or {}))})


@pytest.mark.parametrize(
    ("title", "changes", "told"),
    [
        ("Chauffer le four à pain", {}, ["spread", "covers", "proof"]),
        ("À qui est le four à pain ?", {}, ["spread", "covers", "proof"]),
        ("Four", {}, []),
        ("Four", {"is_titled": True}, ["spread", "covers", "proof"]),
        ("Chauffer le four à pain", {"author_text": "Le four, c'est nous."}, ["author"]),
        ("Chauffer le four à pain", {"question": "Comment chauffer ?"}, ["spread", "covers", "proof"]),
        (
            "Chauffer le four à pain",
            {"question": "Comment ?", "is_asked": True},
            ["spread", "covers", "proof", "question"],
        ),
    ],
    ids=[
        "a title",
        "a question",
        "a title that says nothing",
        "unless a person gave it",
        "an author's own text",
        "a machine's question",
        "a person's question",
    ],
)
def test_a_group_opens_on_how_widely_it_is_said(title: str, changes: dict[str, Any], told: list[str]) -> None:
    assert list(statements(titled(title, *TEXTS, axis="sud", group=changes))) == told


TOLD_AT_LENGTH = "au dire des anciens du bourg, depuis la fermeture du moulin et de la scierie"


def test_what_a_machine_put_together_is_told_in_its_words_and_never_counted() -> None:
    found = statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", group={"origin": "machine"}))
    assert list(found) == ["covers"]
    accepted = {"origin": "machine", "is_accepted": True}
    assert "spread" in statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", group=accepted))


def test_what_is_known_of_an_obstacle_comes_in_order() -> None:
    texts = (
        "Le four à pain ne chauffe plus le samedi",
        f"Le four à pain reste froid tout l'hiver, {TOLD_AT_LENGTH}, parce que les réserves de bois manquent",
        f"Four éteint et place morte, {TOLD_AT_LENGTH}, du coup les boulangers partent en ville",
        "Le four à pain marche très bien pour la fête du village",
        "Le four à pain a repris grâce à la cagnotte des voisins",
    )
    sides = ["inconnu", "pour", "inconnu", "contre", "inconnu"]
    facets = [*["frein"] * 4, "traversee"]
    asked = {"is_asked": True, "question": "Qui rallume le four ?"}
    found = statements(titled("Le four à pain est froid", *texts, stance=sides, facet=facets, group=asked))
    assert {kind: [ref.item_id for ref in one.words] for kind, one in found.items()} == {
        "spread": [], "covers": ["i0"], "cause": ["i1"], "consequence": ["i2"], "objection": ["i3"], "passed": ["i4"],
        "question": [],
    }  # fmt: skip
    assert list(found) == ["spread", "covers", "cause", "consequence", "objection", "passed", "question"]


def test_a_reason_is_told_with_its_own_claim_or_not_at_all() -> None:
    against = f"Éviter de chauffer le four à pain, {TOLD_AT_LENGTH}, car les réserves de bois manquent"
    for text, told in ((against, against), (f"J'ai peur. {against}", None)):
        found = statements(titled("Chauffer le four à pain", *TEXTS[:3], text, axis="sud", group={"is_titled": True}))
        spans = [text[slice(*ref.span)] for one in found.values() for ref in one.words if one.kind == "cause"]
        assert spans == ([told] if told else [])


def test_an_obstacle_is_told_with_what_would_answer_it() -> None:
    found = statements(read_material(workshop()), "g-bus")
    assert list(found)[-1] == "answer"
    assert found["answer"].units == ("g-bus", "g-navette", "g-region")


def test_nothing_is_shown_twice_and_words_that_a_person_chose_are_shown() -> None:
    for chosen in range(len(TEXTS)):
        choice = ["choisie" if n == chosen else "" for n in range(len(TEXTS))]
        found = statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", quote_choice=choice))
        shown = [ref.item_id for one in found.values() for ref in one.words]
        assert len(shown) == len(set(shown))
        assert f"i{chosen}" in shown


def test_words_listed_together_have_one_form_and_claims_or_acts_come_before_things() -> None:
    texts = ("Réparer la voûte fendue", "Nettoyer la voûte du four", "Une voûte en briques neuves", "Le lavoir")
    found = statements(titled("Le four à pain au bourg", *texts, axis="sud", group={"is_titled": True}))
    assert {ref.item_id for ref in found["covers"].words} == {"i0", "i1"}


def test_only_words_of_all_who_are_counted_follow_their_count() -> None:
    texts = ("Réparer la voûte fendue", "Nettoyer la voûte du four", "Le lavoir", "La fontaine")
    for n, place in ((1, "spread"), (2, "spread"), (3, "covers"), (4, "covers")):
        found = statements(titled("Le four à pain au bourg", *texts[:n], axis="sud", group={"is_titled": True}))
        assert [kind for kind, one in found.items() if one.words and kind != "proof"] == [place]


def test_a_title_that_a_person_accepted_is_told_with_its_count_even_where_no_words_may_be_shown() -> None:
    banned: dict[str, Any] = {"quote_choice": ["bannie", "bannie"]}
    found = statements(titled("Chauffer le four à pain", *TEXTS[:2], axis="sud", group={"is_titled": True}, **banned))
    assert {kind: one.words for kind, one in found.items()} == {"spread": ()}


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("Porter ce projet avec les écoles", True),
        ("Travailler avec eux le samedi", True),
        ("Le car de cette année passe", False),
        ("Ce qui manque le plus au bourg", False),
        ("Les habitants du quartier de la gare ferment ces volets", True),
        ("Les volets du quartier de la gare, ces volets, tombent", False),
    ],
)
def test_what_only_points_to_a_thing_is_no_proof(text: str, is_lost: bool) -> None:
    assert points_back(text) is is_lost


def test_an_accepted_title_is_told_however_it_is_worded() -> None:
    machine = {"origin": "machine", "is_titled": False}
    assert statements(titled("Four", *TEXTS[:2], axis="sud", group={**machine, "is_accepted": False})) == {}
    assert "spread" in statements(titled("Four", *TEXTS[:2], axis="sud", group={**machine, "is_accepted": True}))


def test_what_got_past_an_obstacle_and_weak_words_are_no_words_of_it() -> None:
    texts = (
        "Le four reste froid l'hiver",
        "Le bois du four manque aux boulangers",
        "Le four fume sur la place du bourg",
    )
    changes: dict[str, Any] = {"facet": ["frein", "traversee", "frein"], "worth": [0.8, 0.8, 0.1]}
    found = statements(titled("Le four à pain", *texts, group={"is_titled": True}, **changes))
    assert {ref.item_id for one in found.values() for ref in one.words} <= {"i0"}


def test_an_objection_that_opens_on_the_proposal_is_told_whole() -> None:
    texts = ("Chauffer le four à pain", "Chauffer le four à pain ? Et qui coupera le bois, encore les voisins ?")
    material, _ = group_of("Chauffer le four à pain", *texts, axis="sud", stance=["inconnu", "contre"])
    assert [ref.span for ref in statements(material)["objection"].words] == [(0, len(texts[1]))]


def test_an_objection_without_words_to_show_is_told_all_the_same() -> None:
    sides: dict[str, Any] = {"stance": [*["inconnu"] * 4, "contre"], "quote_choice": ["", "", "", "", "bannie"]}
    found = statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", **sides))
    assert found["objection"].words == ()
    assert found["objection"].items == ("i4",)


SIDES = st.lists(st.sampled_from(["inconnu", "pour", "contre", "nuance"]), min_size=2, max_size=8)
SAID = (
    "Chauffer le four à pain avec le bois des vergers",
    "Le four à pain servirait aux écoliers du mercredi",
    "Un four à pain rassemble les anciens et les familles",
    "Le four à pain abîme les murs de la chapelle",
    "Le four à pain demande une assurance et un extincteur",
    "Les boulangers de passage prendraient le four à pain",
    "La fête du hameau se tiendrait autour du four à pain",
    "Le four à pain enfume la terrasse du café",
)


@settings(max_examples=40, deadline=None)
@given(sides=SIDES)
def test_nobody_who_opposes_is_counted_among_those_who_say_it(sides: list[str]) -> None:
    material = titled("Rallumer le four à pain", *SAID[: len(sides)], axis="sud", stance=sides)
    section, paragraph = planned(material)
    unit = section.reading.units["g"]
    theirs = {side: {f"i{n}" for n, one in enumerate(sides) if one == side} for side in sides}
    against, conditions = theirs.get("contre", set()), theirs.get("nuance", set())
    assert set(unit.members) == {f"i{n}" for n in range(len(sides))} - against - conditions
    assert unit.spread.contributions == unit.spread.tables == len(sides) - len(against) - len(conditions)
    told = {one.kind: one for one in (paragraph.statements if paragraph is not None else ())}
    for kind, items in (("objection", against), ("condition", conditions)):
        assert (kind in told) is bool(items)
        if items:
            side = section.made[f"g.{kind}"]
            assert (set(side.members), side.spread.contributions) == (items, len(items))
            assert set(told[kind].items) == items
            assert not items & set(told["spread"].items)


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("Ouvrir le lavoir le samedi", {"sud", "ouest"}),
        ("Le lavoir devrait ouvrir le samedi", {"sud", "ouest"}),
        ("La mairie doit ouvrir le lavoir", {"est", "sud", "ouest"}),
        ("Le lavoir ferme le samedi", {"nord", "est", "ouest"}),
        ("Le lavoir n'ouvre plus le samedi", {"est", "ouest"}),
        ("Un lavoir ouvert le samedi", {"nord", "est", "sud", "ouest"}),
        ("Le lavoir du bourg", {"nord", "est", "ouest"}),
    ],
)
def test_words_are_told_where_their_mood_is_of_the_axis(text: str, axes: set[str]) -> None:
    assert {axis for axis in COMPASS_CODES if fits(text, axis)} == axes


@pytest.mark.parametrize(
    ("heading", "axes"),
    [
        ("Ce qui a bien fonctionné", {"nord", "ouest"}),
        ("Ce qui a moins bien fonctionné", {"est", "sud", "ouest"}),
        ("Points forts", {"nord", "ouest"}),
        ("À améliorer", {"est", "sud", "ouest"}),
        ("Le lavoir", set(COMPASS_CODES)),
    ],
)
def test_a_list_of_what_went_well_holds_no_obstacle_and_one_of_what_did_not_no_resource(
    heading: str, axes: set[str]
) -> None:
    item = item_of("Le lavoir du bourg", context=heading)
    assert {axis for axis in COMPASS_CODES if is_of_heading(item, axis)} == axes


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Rouvrir le lavoir du bourg", True),
        ("Le lavoir est fermé trop tôt le samedi", True),
        ("Pas de lavoir au bourg", True),
        ("Qui tient le lavoir du bourg ?", True),
        ("Le lavoir", False),
        ("Rouvrir le lavoir (le samedi etc.)", False),
        ("Les voisins ont compris", False),
    ],
)
def test_a_title_that_nobody_took_is_a_heading_only_where_it_says_something(title: str, says: bool) -> None:
    assert is_claim(title) is says
