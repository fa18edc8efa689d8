"""Titles, questions and actions: what people wrote, and what may be shown for it."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.rewording import as_action, as_debate, as_gesture
from pipeline.cluster.naming.scores import names_someone
from pipeline.cluster.naming.segments import segments
from pipeline.cluster.naming.titles import GroupTexts, title_groups
from pipeline.language.models.parsing import parse
from pipeline.language.syntax.phrases import Phrase, read
from pipeline.language.text.words import content_stems
from pipeline.workbench.groups import read_benchmark

LENGTH_MAX = 88

ACTIONS = [
    ("Il faudrait créer un café associatif", "créer un café associatif"),
    ("On pourrait mutualiser les minibus des clubs", "mutualiser les minibus des clubs"),
    ("Pourquoi ne pas ouvrir la bibliothèque le lundi ?", "ouvrir la bibliothèque le lundi"),
    ("Création d'un jardin partagé", "créer un jardin partagé"),
    ("Organisation de rencontres entre voisins", "organiser des rencontres entre voisins"),
    ("Une navette le dimanche", "mettre en place une navette le dimanche"),
    ("Fête de la soupe en octobre", "organiser une fête de la soupe en octobre"),
    ("La Région doit maintenir l'arrêt du car", "demander à la Région de maintenir l'arrêt du car"),
    ("Les communes devraient acheter un minibus", "demander aux communes d'acheter un minibus"),
    ("Que les cantines achètent ensemble", "faire en sorte que les cantines achètent ensemble"),
    ("Je veux bien prêter ma grange", "prêter une grange"),
    ("Que le rectorat recrute les AESH à temps plein", "demander au rectorat de recruter les AESH à temps plein"),
    ("Il faut que le bailleur remette un gardien", "demander au bailleur de remettre un gardien"),
    ("Qu'on partage un dossier de courriers types", "partager un dossier de courriers types"),
    ("Je veux bien m'occuper de ma mère", "je veux bien m'occuper de ma mère"),
    ("Que les voisins se parlent", "faire en sorte que les voisins se parlent"),
    ("Il suffit d'une convention avec l'école", "signer une convention avec l'école"),
    ("Petit déjeuner mensuel entre voisins", "organiser un petit déjeuner mensuel entre voisins"),
    ("Des bancs devant la poste", "installer des bancs devant la poste"),
    ("Des impôts plus justes", "des impôts plus justes"),
    ("Une mauvaise idée", "une mauvaise idée"),
    ("Salle des fêtes vétuste et mal chauffée", "salle des fêtes vétuste et mal chauffée"),
    ("Un local trop petit pour la fanfare", "un local trop petit pour la fanfare"),
    ("Un atelier trop cher", "un atelier trop cher"),
    ("La loi doit obliger à la loyauté", "la loi doit obliger à la loyauté"),
]


def phrase_of(text: str) -> tuple[Phrase, object]:
    doc = next(iter(parse(segments(text, LENGTH_MAX)[:1])))
    phrase = read(doc)
    assert phrase is not None
    return phrase, doc


@pytest.mark.parametrize(("text", "expected"), ACTIONS, ids=[text for text, _ in ACTIONS])
def test_a_proposal_becomes_an_infinitive(text: str, expected: str) -> None:
    phrase, doc = phrase_of(text)
    assert as_action(phrase, doc).text == expected


def test_a_disagreement_is_titled_as_a_question() -> None:
    assert as_debate(Phrase("ouvrir l'école le soir", "infinitive")) == "Faut-il ouvrir l'école le soir ?"


@pytest.mark.parametrize(
    "text",
    ["avec les", "le prix de", "parce que le bus est loin", "Thank you"],
    ids=["avec", "de", "parce que", "anglais"],
)
def test_what_depends_on_something_else_is_no_title(text: str) -> None:
    assert read(next(iter(parse([text])))) is None


def test_votes_bullets_and_fillers_are_left_out() -> None:
    assert (
        segments("- Euh, alors créer un local pour les jeunes (14 voix)", LENGTH_MAX)[0]
        == "créer un local pour les jeunes"
    )


def test_what_refuses_or_agrees_keeps_its_first_word() -> None:
    assert segments("Non à la baignade dans le chenal, on se met en danger", LENGTH_MAX)[0].startswith(
        "Non à la baignade"
    )
    assert segments("Oui aux bateaux électriques mais plus tard", LENGTH_MAX)[0].startswith("Oui aux bateaux")
    assert segments("Non, ouvrir la halle le dimanche", LENGTH_MAX)[0] == "ouvrir la halle le dimanche"


def test_a_slash_between_words_parts_no_pieces() -> None:
    assert segments("Une régie commune navette / eau / voirie", LENGTH_MAX) == [
        "Une régie commune navette / eau / voirie"
    ]
    assert segments("Ouvrir la halle le dimanche / Prêter la salle du conseil aux jeunes", LENGTH_MAX) == [
        "Ouvrir la halle le dimanche",
        "Prêter la salle du conseil aux jeunes",
    ]


def test_a_piece_never_stops_at_the_subject_of_the_next_clause() -> None:
    pieces = segments("On tient une auberge de vingt lits et les clients, ils mangent tous ensemble", LENGTH_MAX)
    assert "On tient une auberge de vingt lits" in pieces
    assert not [piece for piece in pieces if piece.endswith("et les clients")]


def test_two_groups_of_an_axis_never_share_a_title() -> None:
    same = ["Plus de bus le soir dans les villages", "Des bus le soir, et des arrêts éclairés dans les villages"]
    groups = [GroupTexts("sud", same, [False, False], False), GroupTexts("sud", same, [False, False], False)]
    first, second = title_groups(groups, LENGTH_MAX)
    assert first.text != second.text


def test_a_title_comes_even_from_texts_without_a_phrase() -> None:
    title = title_groups([GroupTexts("est", ["???", "et de"], [False, False], False)], LENGTH_MAX)[0]
    assert title.text


SIGNED = [
    (
        "nord",
        ["Les apprentis ratent leurs cours faute de car", "Un goûter tenu par les apprentis et les retraités"],
        "Un goûter tenu par les apprentis et les retraités",
    ),
    ("nord", ["place du Lavoir, Ormeval", "La ressourcerie est à Ormeval"], "La ressourcerie est à Ormeval"),
    ("nord", ["velo@ormeval.example", "Atelier vélo de la gare"], "Atelier vélo de la gare"),
    (
        "nord",
        ["on s'inscrit par téléphone, la veille", "Le bus des soins passe dans chaque hameau"],
        "Le bus des soins passe dans chaque hameau",
    ),
    ("nord", ["Le facteur, encore lui", "Depuis, le facteur fait le lien"], "Le facteur fait le lien"),
    (
        "est",
        ["les guichets sont ouverts quand on y passe", "Pas de guichet ouvert le samedi"],
        "Pas de guichet ouvert le samedi",
    ),
    (
        "est",
        ["J'ai attendu six mois un logement", "Aucun logement ne se libère ici"],
        "Aucun logement ne se libère ici",
    ),
    (
        "sud",
        ["Le verger ne servira qu'aux gens du lotissement", "Planter un verger derrière le lotissement"],
        "Planter un verger derrière le lotissement",
    ),
    ("sud", ["Je peux être contactée pour la suite", "Je prête volontiers ma remise"], "Prêter une remise"),
    ("sud", ["À expérimenter des outils avec les jeunes"], "Expérimenter des outils avec les jeunes"),
    (
        "ouest",
        ["Gardienne de l'immeuble : je demande toujours « et chez vous, ça va ? »"],
        "Demander toujours « et chez vous, ça va ? »",
    ),
    (
        "ouest",
        ["Il nous reste deux minutes pour la plénière", "Qu'est-ce qu'un voisin ?"],
        "Qu'est-ce qu'un voisin ?",
    ),
]


SIGNED += [
    (
        "est",
        [
            "Elles n'ont plus droit à rien",
            "Trois mois pour un mot de passe",
            "Le mot de passe expiré ferme tous les droits",
        ],
        "Le mot de passe expiré ferme tous les droits",
    ),
    ("est", ["On ferme, enfin on perd le bureau de poste du haut"], "On perd le bureau de poste du haut"),
    (
        "nord",
        ["Bravo à Karim et à la boxe", "Le club de boxe accueille quarante filles"],
        "Le club de boxe accueille quarante filles",
    ),
    ("nord", ["Solange, à la ressourcerie, répare plus de vélos que nous tous"], "La ressourcerie"),
    ("nord", ["Merci au repair café du samedi", "Repair café du samedi"], "Repair café du samedi"),
    ("nord", ["40 paniers par semaine", "Le jardin de la source"], "Le jardin de la source"),
    (
        "nord",
        ["les puéricultrices adorent", "La bibliothécaire vient lire en PMI"],
        "La bibliothécaire vient lire en PMI",
    ),
    (
        "ouest",
        ["L'autre jour une dame me tend sa carte", "Quand je tape le code, suis-je encore dans mon métier ?"],
        "Quand je tape le code, suis-je encore dans mon métier ?",
    ),
    ("sud", ["On a les clés, il suffit d'une convention"], "Signer une convention"),
    ("sud", ["SUPPRIMER LA PRIME D'ACTIVITÉ >"], "Supprimer la prime d'activité"),
    ("sud", ["RÉTABLIR L'ISF, point"], "Rétablir l'ISF"),
    (
        "nord",
        ["La buvette du stade : ouverte 200 jours par an par 30 bénévoles", "Ouverte le samedi par des bénévoles"],
        "La buvette du stade",
    ),
    (
        "nord",
        ["Pour les uns, la scierie a sauvé le bourg", "La scierie emploie dix jeunes du bourg"],
        "La scierie emploie dix jeunes du bourg",
    ),
    (
        "sud",
        [
            "Un diplôme itinérant avec Vaugrelles : bois, pierre, cuisine",
            "Bourse entre le bois, la pierre et la cuisine",
        ],
        "Un diplôme itinérant avec Vaugrelles",
    ),
]


@pytest.mark.parametrize(("axis", "texts", "expected"), SIGNED, ids=[expected for _, _, expected in SIGNED])
def test_the_title_is_what_an_author_would_sign(axis: str, texts: list[str], expected: str) -> None:
    title = title_groups([GroupTexts(axis, texts, [False] * len(texts), False)], LENGTH_MAX)[0]
    assert title.text.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ") == expected


def test_a_sure_reading_is_preferred() -> None:
    texts = ["Le marché du samedi matin", "Le marché du dimanche matin"]
    first = title_groups([GroupTexts("nord", texts, [False, False], False, [True, False])], LENGTH_MAX)[0]
    second = title_groups([GroupTexts("nord", texts, [False, False], False, [False, True])], LENGTH_MAX)[0]
    assert (first.text, second.text) == ("Le marché du samedi matin", "Le marché du dimanche matin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Je pose toujours mon sac avant de parler", "poser toujours son sac avant de parler"),
        ("Je ne demande jamais pourquoi ils viennent", "ne jamais demander pourquoi ils viennent"),
        ("Je ne trouve plus mes clés", "je ne trouve plus mes clés"),
    ],
)
def test_a_gesture_is_told_for_anyone(text: str, expected: str) -> None:
    phrase, doc = phrase_of(text)
    assert as_gesture(phrase, doc).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Solange au marché couvert", True),
        ("Mme Ferrand est tombée", True),
        ("Marché de la rue Victor-Hugo", False),
        ("École Jules Ferry", False),
        ("La rose des vents", False),
        ("Les aidants du canton", False),
    ],
)
def test_a_title_names_nobody(text: str, expected: bool) -> None:
    assert names_someone(text) is expected


@pytest.mark.parametrize("axis", ["nord", "est", "sud", "ouest", ""])
@pytest.mark.parametrize(
    "texts",
    [["Un banc"], ["Un banc"] * 4, ["de la", "et pour"], ["", " "], ["…", "?"]],
    ids=["un seul", "identiques", "mots vides", "vides", "signes"],
)
def test_any_group_has_a_title(axis: str, texts: list[str]) -> None:
    title = title_groups([GroupTexts(axis, texts, [False] * len(texts), False)], LENGTH_MAX)[0]
    assert title.text.strip()


ADDED = set(
    content_stems(
        "mettre en place organiser créer obtenir demander faire en sorte installer ouvrir aménager acheter planter "
        "signer écrire recruter vivre qu'est-ce faut-il pour ou contre"
    )
)


def test_a_title_says_nothing_that_its_items_do_not() -> None:
    rows = [row for row in read_benchmark("themes") if len(row["texts"]) > 1]
    assert len(rows) >= 100
    for axis in ("est", "sud"):
        groups = [GroupTexts(axis, row["texts"], [False] * len(row["texts"]), False) for row in rows]
        for title, group in zip(title_groups(groups, LENGTH_MAX), groups, strict=True):
            said = {stem for text in group.texts for stem in content_stems(text)}
            assert len(title.text) <= 110
            words = set(content_stems(title.text)) - ADDED
            unsaid = [word for word in words if not any(word[:3] == other[:3] for other in said)]
            assert not unsaid, (title.text, unsaid)


def test_no_two_titles_of_an_axis_are_near_identical() -> None:
    rows = [row for row in read_benchmark("themes") if len(row["texts"]) > 1]
    groups = [GroupTexts("est", row["texts"], [False] * len(row["texts"]), False) for row in rows]
    titles = title_groups(groups, LENGTH_MAX)
    assert len({title.text for title in titles}) == len(titles)
