"""Titles, questions and actions: what people wrote, and what may be shown for it."""

import pytest
from labelled import each, true_of

from pipeline.cluster.naming.titles import CUT_MIN, LENGTH_MIN, GroupTexts, as_told, names_someone, pieces, title_groups
from pipeline.language.models.parsing import parse
from pipeline.language.syntax.phrases import read
from pipeline.language.text.words import content_stems
from pipeline.workbench.examples import BENCHMARKS, read_jsonl

LENGTH_MAX = 88


def test_two_groups_of_an_axis_never_share_a_title() -> None:
    same = ["Plus de bus le soir dans les villages", "Des bus le soir, et des arrêts éclairés dans les villages"]
    groups = [GroupTexts("sud", same), GroupTexts("sud", same)]
    first, second = title_groups(groups, LENGTH_MAX)
    assert first.text != second.text


SIGNED = [
    ("nord", "Les apprentis ratent leurs cours faute de car / *Un goûter tenu par les apprentis et les retraités"),
    ("nord", "place du Lavoir, Ormeval / *La ressourcerie est à Ormeval"),
    ("nord", "velo@ormeval.example / *Atelier vélo de la gare"),
    ("est", "les guichets sont ouverts quand on y passe / *Pas de guichet ouvert le samedi"),
    ("est", "J'ai attendu six mois un logement / *Aucun logement ne se libère ici"),
    ("sud", "Le verger ne servira qu'aux gens du lotissement / *Planter un verger derrière le lotissement"),
    ("ouest", "Il nous reste deux minutes pour la plénière / *Qu'est-ce qu'un voisin ?"),
    (
        "est",
        "Elles n'ont droit à rien / Trois mois pour un mot de passe / *Le mot de passe expiré ferme tous les droits",
    ),
    ("nord", "Bravo à Karim et à la boxe / *Le club de boxe accueille quarante filles"),
    ("ouest", "L'autre jour une dame me tend sa carte / *Quand je tape le code, suis-je encore dans mon métier ?"),
    ("nord", "Pour les uns, la scierie a sauvé le bourg / *La scierie emploie dix jeunes du bourg"),
]
"""An axis and what is said, a star before the words that an author would sign."""
SIGNED_SHORTER = [
    ("nord", "Le facteur, encore lui / Depuis, le facteur fait le lien", "Le facteur fait le lien"),
    ("sud", "À expérimenter des outils avec les jeunes", "Expérimenter des outils avec les jeunes"),
    (
        "ouest",
        "Gardienne de l'immeuble : je demande toujours « et chez vous, ça va ? »",
        "Je demande toujours « et chez vous, ça va ? »",
    ),
    ("sud", "SUPPRIMER LA PRIME D'ACTIVITÉ >", "Supprimer la prime d'activité"),
    (
        "nord",
        "La buvette du stade : ouverte 200 jours par an par 30 bénévoles / Ouverte le samedi par des bénévoles",
        "La buvette du stade",
    ),
    (
        "sud",
        "Un diplôme itinérant avec Vaugrelles : bois, pierre, cuisine / Bourse entre le bois, la pierre et la cuisine",
        "Un diplôme itinérant avec Vaugrelles",
    ),
]


def signed(axis: str, said: str) -> str:
    title = title_groups([GroupTexts(axis, said.split(" / "))], LENGTH_MAX)[0]
    return title.text.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")


test_the_title_is_what_an_author_would_sign = each(
    lambda axis, said: signed(axis, said.replace("*", "")),
    *((axis, said, said.partition("*")[2].partition(" / ")[0]) for axis, said in SIGNED),
)
test_an_author_would_sign_a_part_of_what_was_said = each(signed, *SIGNED_SHORTER)


def test_a_sure_reading_is_preferred() -> None:
    texts = ["Le marché du samedi matin", "Le marché du dimanche matin"]
    first = title_groups([GroupTexts("nord", texts, [True, False])], LENGTH_MAX)[0]
    second = title_groups([GroupTexts("nord", texts, [False, True])], LENGTH_MAX)[0]
    assert (first.text, second.text) == ("Le marché du samedi matin", "Le marché du dimanche matin")


test_a_title_names_nobody = each(
    names_someone,
    ("Solange au marché couvert", True),
    ("Mme Ferrand est tombée", True),
    ("Marché de la rue Victor-Hugo", False),
    ("École Jules Ferry", False),
    ("La rose des vents", False),
    ("Les aidants du canton", False),
)


@pytest.mark.parametrize("axis", ["est", "sud", ""])
@pytest.mark.parametrize(
    "texts",
    [["Un banc"], ["Un banc"] * 4, ["de la", "et pour"], ["", " "], ["…", "???"]],
    ids=["un seul", "identiques", "mots vides", "vides", "signes"],
)
def test_any_group_has_a_title(axis: str, texts: list[str]) -> None:
    title = title_groups([GroupTexts(axis, texts)], LENGTH_MAX)[0]
    assert title.text.strip()


def test_a_title_says_nothing_that_its_items_do_not() -> None:
    rows = [row for row in read_jsonl(BENCHMARKS / "themes.jsonl") if len(row["texts"]) > 1]
    assert len(rows) >= 100
    for axis in ("est", "sud"):
        groups = [GroupTexts(axis, row["texts"]) for row in rows]
        for title, group in zip(title_groups(groups, LENGTH_MAX), groups, strict=True):
            said = {stem for text in group.texts for stem in content_stems(text)}
            assert len(title.text) <= LENGTH_MAX + 4
            assert set(content_stems(title.text)) <= said


def test_a_heading_that_is_true_of_all_is_their_title_and_a_question_is_none() -> None:
    texts = ["Il manque un ponton au port", "Le ponton du port est cassé"]
    for heading, expected in (("Le ponton du port", True), ("Qu'est-ce qui bloque ?", False)):
        group = GroupTexts("est", texts, headings=[heading] * 2)
        title = title_groups([group], LENGTH_MAX)[0]
        assert (title.text == heading) is expected
        assert title.covered is not None and title.covered[0]


def test_a_title_is_true_of_the_text_that_gave_it_and_of_those_that_say_it() -> None:
    texts = ["Pas de gardien au port", "Aucun gardien au port depuis que la digue a cédé", "La criée ferme trop tôt"]
    title = title_groups([GroupTexts("est", texts)], LENGTH_MAX)[0]
    assert title.text == "Pas de gardien au port"
    assert title.covered == (True, True, False)
    assert title.coverage == pytest.approx(0.6667)


def test_a_question_is_one_that_people_asked() -> None:
    asked = title_groups([GroupTexts("est", ["Comment toucher ceux qui ne viennent pas ?"] * 2)], 88)
    told = title_groups([GroupTexts("est", ["Personne ne touche ceux qui ne viennent pas"] * 2)], 88)
    assert asked[0].question == asked[0].text
    assert told[0].question is None


TOLD = [
    ("sud", "Il faudrait créer un café associatif", "Créer un café associatif"),
    ("sud", "On pourrait mutualiser les minibus des clubs", "Mutualiser les minibus des clubs"),
    ("sud", "Pourquoi ne pas ouvrir la bibliothèque le lundi ?", "Ouvrir la bibliothèque le lundi"),
    ("sud", "Je veux bien prêter ma grange", "Je veux bien prêter ma grange"),
    ("sud", "Il suffit d'une convention avec l'école", "Une convention avec l'école"),
    ("sud", "Je veux bien m'occuper de ma mère", "Je veux bien m'occuper de ma mère"),
    ("sud", "Il faut que le bailleur remette un gardien", "Il faut que le bailleur remette un gardien"),
    ("sud", "Que les voisins se parlent", "Que les voisins se parlent"),
    ("sud", "Une navette le dimanche", "Une navette le dimanche"),
    ("sud", "La loi doit obliger à la loyauté", "La loi doit obliger à la loyauté"),
    ("est", "Il faudrait un car le soir", "Il faudrait un car le soir"),
]


@pytest.mark.parametrize(("axis", "text", "expected"), TOLD, ids=[text for _, text, _ in TOLD])
def test_a_proposal_is_told_for_anyone_where_that_is_certain(axis: str, text: str, expected: str) -> None:
    phrase = read(next(iter(parse([pieces(text, 88)[0]]))))
    assert phrase is not None
    assert as_told(phrase, axis).title == expected


test_a_piece_is_found = true_of(
    lambda text, piece: piece in pieces(text, 88),
    ("- Un banc devant le lavoir (3 voix)", "Un banc devant le lavoir"),
    ("Du coup, un banc devant le lavoir", "un banc devant le lavoir"),
    ("Je pense que le pont est étroit", "le pont est étroit"),
    ("Le pont est étroit, parce que la route est vieille", "Le pont est étroit"),
    ("UN BANC DEVANT LE LAVOIR DE LA CAF", "un banc devant le lavoir de la CAF"),
    ("Un banc ; une fontaine neuve", "une fontaine neuve"),
    ("Halle couverte : ouvrir le samedi matin", "ouvrir le samedi matin"),
    ("le le marché euh il ferme trop tôt", "il ferme trop tôt"),
    ("le le marché fau- du bourg", "le marché du bourg"),
    ("Permanence de la com com", "Permanence de la com com"),
    ("On tient une auberge de vingt lits et les clients, ils mangent ensemble", "On tient une auberge de vingt lits"),
    ("Non, ouvrir la halle le dimanche", "ouvrir la halle le dimanche"),
)


def test_what_refuses_or_agrees_keeps_its_first_word() -> None:
    assert pieces("Non à la baignade dans le chenal, on se met en danger", 88)[0].startswith("Non à la baignade")
    assert pieces("Oui aux bateaux électriques mais plus tard", 88)[0].startswith("Oui aux bateaux")


@pytest.mark.parametrize("length_max", [60, 88])
def test_no_piece_is_longer_than_asked_or_too_short_to_say_anything(length_max: int) -> None:
    text = (
        "Le marché du samedi matin pourrait s'installer sous la halle avec les producteurs de la vallée, "
        "pour que les familles viennent à pied, et un banc"
    )
    found = pieces(text, length_max)
    assert found
    assert all(LENGTH_MIN <= len(piece) <= length_max for piece in found)
    assert LENGTH_MIN < CUT_MIN


def test_pieces_come_once_and_a_quotation_is_never_left_open() -> None:
    found = pieces("Le gardien dit « bonjour, entrez », et la porte s'ouvre. Le gardien dit « bonjour, entrez »", 88)
    assert len(found) == len(set(found)) > 0
    assert all(piece.count("«") == piece.count("»") for piece in found)
