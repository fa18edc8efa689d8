"""Where one sentence holds two ideas, labelled by hand."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from labelled import FIRST, each, parted

from pipeline.ingest.segmentation.clauses import act_cuts, contrasts, juxtaposed_cuts, parallels, run_on_cuts
from pipeline.ingest.segmentation.segment import segment

CLUB = "le club a trois équipes de jeunes qui jouent le samedi matin sur le vieux terrain"
VETERANS = "on a aussi deux équipes de vétérans qui jouent le dimanche soir"


def pieces(text: str, cuts: Iterable[int]) -> list[str]:
    return [text[start:end].strip(" ,") for start, end in pairwise([0, *sorted(set(cuts)), len(text)])]


SET_AGAINST = [
    ("mais", "le car est gratuit, | mais les horaires sont absurdes"),
    ("par contre", "la plage est propre | par contre les toilettes restent fermées"),
    ("sauf que", "le local est prêt | sauf que personne ne trouve les clés"),
    ("pourtant", "le kiosque est classé, | pourtant les poutres sont pourries"),
    ("a proposal", "la fanfare joue bien | mais il faudrait un local chauffé"),
    ("a lack", "les bénévoles sont là | mais on manque de matériel"),
]

test_clauses_set_against_each_other = each(
    lambda text: pieces(text, contrasts(text, is_speech=False)), *map(parted, SET_AGAINST), names=FIRST
)


@pytest.mark.parametrize(
    "text",
    [
        "nous n'avons pas la confirmation, mais les deux premières réunions se sont mal passées",
        "je ne sais pas si c'était prévu, mais les bénévoles ont manqué de repas",
        "on n'est pas certains, mais la halle rouvrira en juin",
        "il est clair que quand on parlait de fêtes sur l'île, nous devons rester prudents",
        "est-ce que parce qu'on multiplie les maraîchers, les gens vont quitter les magasins ?",
    ],
)
def test_nothing_is_cut_from_what_it_depends_on(text: str) -> None:
    assert segment(text) == [(0, len(text))]


def test_in_speech_the_second_clause_must_speak_of_something_else() -> None:
    back, other = (
        "la salle des fêtes est belle mais elle est froide l'hiver",
        "le four marche mais les gens ne viennent pas",
    )
    assert list(contrasts(back, is_speech=True)) == []
    assert list(contrasts(other, is_speech=True)) == [other.index("mais")]


WRITTEN = [
    ("infinitives", "relancer le bal, | repeindre la scène"),
    ("infinitives joined", "relancer le bal | et repeindre la scène"),
    ("an enumeration", "un four à pain, | des bancs neufs, | le lavoir couvert"),
    ("lacks", "pas de crèche, | pas de médecin"),
    ("more and less", "plus de pistes cyclables, | moins de camions"),
    ("clauses", "les toilettes sont fermées, | la plage est sale"),
    ("clauses joined", "les volets du moulin claquent | et la roue perd ses pales"),
]

test_two_ideas = each(lambda text: pieces(text, parallels(text, is_speech=False)), *map(parted, WRITTEN), names=FIRST)

SPOKEN = [
    ("a new subject after et", "le marché est parti sur le quai | et le boulanger il a fermé"),
    ("a comma between two subjects", "le lait reste trop cher, | le gasoil a encore doublé"),
    ("the same story", "je descends au quai le matin et je regarde les bateaux"),
]


test_in_speech = each(lambda text: pieces(text, parallels(text, is_speech=True)), *map(parted, SPOKEN), names=FIRST)


CUT = [
    ("on", "le vestiaire est glacé | on attend dehors sous la pluie"),
    ("there is", "la piste est fermée | il y a des trous partout"),
    ("I", "le stade est loin | j'attends le car dehors"),
    ("three clauses", "le stade est loin | on rentre de nuit | il y a du verglas partout"),
]

test_one_who_speaks_after_a_whole_clause = each(
    lambda text: pieces(text, juxtaposed_cuts(text)), *map(parted, CUT), names=FIRST
)


def test_how_long_ago_belongs_to_what_comes_before() -> None:
    text = "le stade était plein il y a six mois les filles jouaient dehors"
    assert text.index("il y a") not in list(juxtaposed_cuts(text))


def test_a_noun_may_be_the_object_of_what_comes_before() -> None:
    assert not list(juxtaposed_cuts("les gens ne prennent plus le temps de se parler"))


@pytest.mark.parametrize("link", ["et puis", "donc", "et puis euh", "en plus", "par contre", "alors du coup"])
def test_a_link_of_speech_and_a_new_clause(link: str) -> None:
    text = f"{CLUB} {link} {VETERANS}"
    assert [text[cut:] for cut in run_on_cuts(text, 0, len(text))] == [f"{link} {VETERANS}"]


def test_cuts_are_places_of_the_whole_text() -> None:
    before, speech = "Bonjour à tous. ", f"{CLUB} et puis {VETERANS}"
    (cut,) = run_on_cuts(before + speech, len(before), len(before) + len(speech))
    assert (before + speech)[cut:] == f"et puis {VETERANS}"


def test_each_part_is_long_enough() -> None:
    text = f"{CLUB} et puis {VETERANS} donc on voudrait un créneau de plus pour tout le monde"
    found = [text[cut:] for cut in run_on_cuts(text, 0, len(text))]
    assert [part.split(" on ")[0] for part in found] == ["et puis", "donc"]


SECOND_ACTS = [
    ("a proposal", "on manque de gradins, | il faudrait couvrir la piste"),
    ("a proposal after et", "le ponton est pourri | et il faut le refaire"),
    ("a bare proposal", "les canots prennent l'eau | il faudrait les vernir"),
    ("a question that proposes", "la halle est vide l'hiver | pourquoi pas un bal"),
    ("an arrow", "aucun abri au débarcadère → | il faudrait un auvent"),
    ("thanks", "la régate était belle, | merci aux arbitres du club"),
    ("a problem", "la scène est très belle, | on manque de loges"),
    ("two lacks without a sign", "trop de réunions | pas assez de décisions"),
    ("a contrast", "le bassin ferme en juin | mais les élèves nagent en mai"),
    ("two facts", "les douches sont froides, | la buvette est fermée"),
    ("three acts", "la cale est glissante, | il faut la brosser, | merci aux pêcheurs de leur aide"),
]


WITHOUT_A_POINT = (
    "je travaille à la criée depuis douze ans les bateaux rentrent à quatre heures du matin et personne ne vient plus "
    "nous aider à décharger on a demandé un tapis roulant à la mairie il y a trois ans ils ont répondu que le budget "
    "était voté nous voudrions simplement que quelqu'un vienne voir comment ça se passe la nuit"
)


@pytest.mark.parametrize("is_speech", [True, False], ids=["speech", "read as a note"])
def test_speech_without_a_point_is_halved_where_clauses_open(is_speech: bool) -> None:
    found = [WITHOUT_A_POINT[start:end] for start, end in segment(WITHOUT_A_POINT, is_speech)]
    assert [idea.split()[0] for idea in found] == ["je", "personne", "nous"]
    assert max(len(idea.split()) for idea in found) <= 40


def test_a_long_stretch_where_no_clause_opens_stays_whole() -> None:
    text = " ".join(["pour la fête du port avec les enfants de la classe"] * 6)
    assert run_on_cuts(text, 0, len(text)) == []


test_a_second_act_is_cut = each(
    lambda text: pieces(text, act_cuts(text, 0, len(text))), *map(parted, SECOND_ACTS), names=FIRST
)


def test_second_acts_are_places_of_the_whole_text() -> None:
    before, sentence = "Au port. ", "On manque de gradins, il faudrait couvrir la piste"
    text = before + sentence + " Bravo !"
    (cut,) = act_cuts(text, len(before), len(before) + len(sentence))
    assert text[cut:].strip().startswith("il faudrait")


def test_a_text_without_end_is_not_searched() -> None:
    text = "on manque de gradins, il faudrait couvrir la piste, " * 60
    assert len(text) > 3_000
    assert act_cuts(text, 0, len(text)) == []


CUTTERS = {
    "contrasts": lambda text: list(contrasts(text, is_speech=False)),
    "parallels": lambda text: list(parallels(text, is_speech=False)),
    "juxtaposed": lambda text: list(juxtaposed_cuts(text)),
    "run on": lambda text: run_on_cuts(text, 0, len(text)),
    "acts": lambda text: act_cuts(text, 0, len(text)),
}
WHOLE = [
    ("contrasts", "mais aussi", "le car est gratuit mais aussi très lent"),
    ("contrasts", "not only", "non seulement le car est gratuit mais la ligne passe au lycée"),
    ("contrasts", "no verb after", "un sentier superbe mais sans aucun banc"),
    ("contrasts", "too few words after", "le marché est vivant mais trop cher"),
    ("contrasts", "too few words before", "oui mais le marché ferme trop tôt"),
    ("contrasts", "a condition before", "même si petit mais la salle ouvre tard"),
    ("contrasts", "no contrast", "le marché ferme et les gens partent"),
    ("parallels", "two objects", "le club prête ses tapis et ses ballons aux écoles"),
    ("parallels", "all is its subject", "Réparer la cale, planter des arbres et repeindre le four sont utiles"),
    ("acts", "a list left open is its subject", "Saluer les voisins, faire une course... peuvent être un début"),
    ("parallels", "each of them", "les voisins mangent ensemble, chacun apporte un plat"),
    ("parallels", "what follows from it", "le pont est coupé et depuis les cars font le tour"),
    ("parallels", "the same subject", "le moulin tourne encore, il moud le blé du plateau"),
    ("parallels", "a listing before et", "on mélange les âges, les quartiers et les métiers du bourg"),
    ("parallels", "clauses under a label", "Moulin : la roue perd ses pales, les volets claquent"),
    ("parallels", "one verb for two members", "les enfants et les parents jouent ensemble"),
    ("juxtaposed", "an object", "on a perdu le gardien du stade"),
    ("juxtaposed", "a name in two halves", "on a élu Ronan Le Gall est trop vieux"),
    ("juxtaposed", "a relative", "le stade que les filles préfèrent est loin du centre"),
    ("juxtaposed", "how long ago", "le stade est fermé il y a six mois"),
    ("juxtaposed", "a preposition before", "le maire compte sur les filles du club"),
    ("juxtaposed", "a number that does not agree", "le jury est venu les photos du stade est belle"),
    ("juxtaposed", "too short before", "trop loin les filles rentrent tard le soir"),
    ("run on", "a short stretch", "on joue le samedi et puis on joue le dimanche"),
    ("run on", "no link", f"{CLUB} avec {VETERANS}"),
    ("run on", "no subject after the link", f"{CLUB} et puis parfois aussi le mercredi soir quand il fait encore jour"),
    ("run on", "few words after", f"{CLUB} avec les parents qui aident et puis on part"),
    ("run on", "few words before", f"on a marché et puis {CLUB} avec tous les parents de la commune"),
    ("run on", "a word that holds open", f"{CLUB} parce que et puis {VETERANS}"),
    ("acts", "a purpose before", "pour les petits de la crèche, il faut un bassin"),
    ("acts", "not only", "non seulement la salle est froide mais aussi très sombre"),
    ("acts", "a condition", "si la ville paie le toit on pourrait refaire la scène"),
    ("acts", "a thought under a condition", "je crois que si le club y arrive on devrait y arriver"),
    ("acts", "what is lent", "le club prête ses tapis et ses ballons aux écoles"),
    ("acts", "a label", "Manque de place : il faut un frigo plus grand"),
    ("acts", "a label and its purpose", "trop de papiers : pour ouvrir un gîte il faut six tampons"),
    ("acts", "a relative", "dans la salle de musique, qui manque de chaises, il faut tout vider"),
    ("acts", "too short", "il gèle ici, il faut ça"),
    ("acts", "a moment", "quand la marée est basse, il faut attendre au ponton"),
]

test_one_idea = each(lambda cutter, text: CUTTERS[cutter](text), *([(case[0], case[2]) for case in WHOLE]), is_told=[])
