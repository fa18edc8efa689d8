"""Contributions to ideas: exact spans, labelled by hand, and their invariants."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import FIRST, each, parted

from pipeline.ingest.segmentation.segment import ideas_of, segment
from pipeline.workbench.benchmarks import evaluate_ideas

REPORTED = [
    (
        "a quotation announced",
        "Une mère a témoigné : « On m'a refusé une place. »",
        [("On m'a refusé une place.", "Une mère a témoigné", True)],
    ),
    (
        "who said it comes after",
        "« À l'hôtel on porterait plainte », a résumé un patient.",
        [("À l'hôtel on porterait plainte", None, True)],
    ),
    (
        "an expression stays in its sentence",
        "Un éleveur évoque des « portes fermées ».",
        [("Un éleveur évoque des « portes fermées ».", None, False)],
    ),
    (
        "the end of a sentence",
        "Les éleveurs isolés disent que « c'est pour les autres ».",
        [("Les éleveurs isolés disent que « c'est pour les autres ».", None, False)],
    ),
    (
        "two quotations",
        "« On ne sait rien. » « Les horaires changent. »",
        [("On ne sait rien.", None, True), ("Les horaires changent.", None, True)],
    ),
    (
        "what goes on after",
        "Le public a lancé : « il faut payer les heures » et la séance a été levée.",
        [
            ("il faut payer les heures", "Le public a lancé", True),
            ("et la séance a été levée.", None, False),
        ],
    ),
    (
        "two things reported",
        "Il a été signalé que le car est plein et que le suivant n'arrive qu'à midi.",
        [
            ("le car est plein", "Il a été signalé que", False),
            ("le suivant n'arrive qu'à midi.", "Il a été signalé que le car est plein", False),
        ],
    ),
    (
        "one thing that holds another",
        "Il a été dit que les parents pensent que le car est plein et que personne ne répond.",
        [("les parents pensent que le car est plein et que personne ne répond.", "Il a été dit que", False)],
    ),
    (
        "the words that report are a lead",
        "Il a été rappelé que la salle est froide.",
        [("la salle est froide.", "Il a été rappelé que", False)],
    ),
]


@pytest.mark.parametrize(("text", "ideas"), [case[1:] for case in REPORTED], ids=[case[0] for case in REPORTED])
def test_reported(text: str, ideas: list[tuple[str, str | None, bool]]) -> None:
    found = ideas_of(text, is_report=True)
    assert [(text[i.start : i.end], text[slice(*i.lead)] if i.lead else None, i.is_quoted) for i in found] == ideas


def test_what_others_say_is_no_quotation_of_a_report() -> None:
    text = "On nous dit : « Il faut fermer la halle. » Nous voulons la garder ouverte."
    assert text[slice(*ideas_of(text, is_report=True)[0][:2])].startswith("On nous dit")
    assert not any(idea.is_quoted for idea in ideas_of(text, is_report=True))


def test_nothing_is_a_quotation_outside_a_report() -> None:
    text = "Il a dit « on ferme demain » au gardien"
    assert [(idea.start, idea.end, idea.is_quoted) for idea in ideas_of(text)] == [(0, len(text), False)]


WRITTEN = [
    ("one idea", "Plus de bus le soir"),
    ("a stop where a machine cut", "Il faut pouvoir se. consacrer au quai. | le port attend"),
    ("a plus inside", "On prend le car + le vélo pour le quai"),
    ("two acts", "on manque de salles, | il faudrait ouvrir l'école le soir"),
    ("no clause before", "Pour les jeunes, il faudrait un local"),
    ("two acts, no comma", "trop de voitures devant l'école | il faudrait une rue scolaire"),
    ("thanks, then a wish", "Merci à tous, | il faudrait recommencer"),
    ("no space after the stop", "Le bus est rare.Il passe à vide"),
    ("no capital", "la salle est froide. | les chaises sont cassées"),
    (
        "what a colon announces stays whole",
        "La potière laisse sa porte ouverte : personne ne prend rien, et les enfants regardent tourner le four",
    ),
    (
        "what a colon announces, after a comma",
        "La potière dit que sa porte reste « ouverte à tous » : personne ne prend rien, et personne n'a peur",
    ),
    ("from a place to another", "Un car du port > Kervan le soir"),
    ("a remark on the whole", "Les livreurs ne signalent pas le chantier ce qui est dangereux pour les élèves"),
    ("a slash inside a sentence", "Si on compte le temps passé au collège / lycée : tout ne se joue pas là"),
    ("abbreviations", "M. Le Goff (p. ex. le mardi, etc.) ouvre à 18 h."),
    ("inside a quote", "Il a dit « Non. Jamais. » au maire"),
    ("inside brackets", "Les horaires (trop tard. Trop tôt.) changent"),
    ("numbers and addresses", "Voir www.ville.fr ou 3.5 km. | À 7.30 pile"),
    ("reason", "Fermez la rue. Parce que c'est dangereux."),
    ("infinitives", "relancer le marché, | créer une AMAP"),
    ("a lone filler in writing", "Bon"),
    ("when it was said", "J’ai proposé une chronique jardin il y a 6 mois"),
    ("not long ago", "Le studio a ouvert il n'y a pas longtemps"),
    ("what there is, no date", "Le bus ne passe plus | il y a trop de travaux"),
    ("what is asked comes after", "C'est quoi un bon pêcheur pour nous ?"),
    ("the second half of a name", "Le comité a décidé seul et Tanguy Le Bihan l'a dit au comité"),
    ("nobody", "Le chemin est agréable, | mais il est dangereux de rejoindre le bourg"),
    ("a proposal", "On aime le kiosque, | mais il aurait été bien d'ajouter des bancs"),
    ("another subject", "Le car est gratuit, | mais les horaires sont absurdes"),
    ("a capital without its accent", "A la poste du bourg, je fais la queue une heure"),
    ("before a name", "A Kervan, les bancs sont cassés"),
    ("a verb told without its subject", "A demandé un bac, | il faudrait aussi un ponton"),
    ("what others want", "Selon eux, le bac coûte trop cher, il faudrait le supprimer"),
    ("an example from afar", "À Nantes, ils ont un bac gratuit, les gens sont contents"),
    ("what one thinks oneself", "Selon moi, le bac coûte trop cher, | il faudrait le supprimer"),
    ("words cut short", "La chamb. agric. soutient le projet. | Le resp. Tech. du port veut un ponton"),
    ("a word cut short that ends a sentence", "On a vu le serv. tech. | Il faut les rappeler"),
    ("brackets in brackets", "Un ponton (celui du bac (le vieux. Il coule) est pris. Trop court) serait bien"),
    ("a line cut before what it goes on with", "Un écart entre les anciens\net les jeunes\nqui se voient peu"),
]
LISTS = [
    ("bullets", "- plus de bus\n- un local\n• des bancs", ["plus de bus", "un local", "des bancs"]),
    ("numbered", "1) un parc\n2) des bancs neufs", ["un parc", "des bancs neufs"]),
    (
        "what follows from it",
        "Une halle pour les potiers > Une vraie politique des métiers d'art",
        ["Une halle pour les potiers", "Une vraie politique des métiers d'art"],
    ),
    (
        "the ones there",
        "Le quai est plat et ceux des îles glissent trop",
        ["Le quai est plat", "ceux des îles glissent trop"],
    ),
    ("heading", "Constats\n- bus rares\n- rien le soir", ["bus rares", "rien le soir"]),
    ("a sign that says more", "+ de la moitié des bancs sont cassés", ["+ de la moitié des bancs sont cassés"]),
    ("more of it, line by line", "+ de bancs\n+ d'arbres", ["+ de bancs", "+ d'arbres"]),
    ("a sign that says less", "- de 30 places pour 200 vélos", ["- de 30 places pour 200 vélos"]),
    ("from a number to another", "4 - 5 personnes par réunion", ["4 - 5 personnes par réunion"]),
    ("a pair in two bullets", "- entre les élus\n- et les potiers", ["entre les élus\n- et les potiers"]),
    ("two acts on two lines", "Refaire le quai\net peindre la halle", ["Refaire le quai", "peindre la halle"]),
    ("nothing to read", "…", []),
    ("numbers that are no digits", "²²", []),
    (
        "another act",
        "Ouvrir le lavoir aux écoles. Et planter une haie.",
        ["Ouvrir le lavoir aux écoles.", "planter une haie."],
    ),
    ("two members", "Pas de banc au port + les arbres meurent", ["Pas de banc au port", "les arbres meurent"]),
]
SPOKEN = [
    ("fillers", "donc euh voilà on n'a plus de médecin quoi", ["on n'a plus de médecin"]),
    ("backchannel", "D'accord.", []),
    ("stub", "Oui. Oui, je suis d'accord avec Paul.", ["je suis d'accord avec Paul."]),
]

test_writing = each(
    lambda text: [text[start:end] for start, end in segment(text)], *map(parted, WRITTEN), *LISTS, names=FIRST
)

test_speech = each(lambda text: [text[start:end] for start, end in segment(text, is_speech=True)], *SPOKEN, names=FIRST)

PIECES = st.sampled_from(
    [
        "il faut",
        "pas de bus",
        ". ",
        ", ",
        "\n- ",
        " mais ",
        "« ",
        " »",
        "euh ",
        "l'école",
        " et ",
        "…",
        "1) ",
        "M. ",
        *":()",
        " ; ",
    ]
)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)), st.booleans())
def test_spans_are_ordered_exact_and_readable(text: str, is_speech: bool) -> None:
    spans = segment(text, is_speech)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for start, end in spans:
        assert text[start:end] == text[start:end].strip()
        assert any(c.isalpha() for c in text[start:end])


def test_benchmark_of_ideas_does_not_fall() -> None:
    boundaries, _ = evaluate_ideas()
    assert boundaries["dev"].f1 >= 0.84
    assert boundaries["test"].f1 >= 0.73
    assert boundaries["neuf"].f1 >= 0.81
    assert boundaries["cas-dev"].f1 >= 0.79
    assert boundaries["cas-test"].f1 >= 0.70


def test_long_text_without_punctuation_takes_no_quadratic_time() -> None:
    text = "et donc on va au marché mais il n'y a pas de bus " * 5_000
    started = time.process_time()
    segment(text, is_speech=True)
    assert time.process_time() - started < 10


def test_a_disagreement_keeps_its_words() -> None:
    text = "Pas d'accord. À quatre-vingt-sept ans on a le droit de ne pas apprendre."
    start, end = segment(text, is_speech=True)[0]
    assert text[start:end] == "Pas d'accord."


@pytest.mark.parametrize(
    "idea",
    [
        "Fanfare du port : 700€. Les avis sont partagés, certains trouvent la somme haute. ADOPTE A HAUTEUR DE 300€",
        "Fanfare du port : 700€. Les avis étant partagés, on réduit : ADOPTE A HAUTEUR DE 300€",
        "Bouées neuves : 900€. Reporté à la prochaine réunion.",
        "Bouées neuves : 900 euros. Adopté à l'unanimité sous réserve du devis.",
        "Fanfare du port : 700€\nADOPTE A HAUTEUR DE 300€",
        "Le club voudrait fermer le quai aux voitures. Rejeté.",
    ],
)
def test_what_was_asked_is_one_idea_with_what_was_decided(idea: str) -> None:
    assert segment(idea) == [(0, len(idea.rstrip()))]


def test_a_decision_is_of_what_stands_since_the_one_before() -> None:
    text = "Fanfare : 700€. ADOPTE. Bouées neuves : 90€. Elles ont coulé. REJETE"
    assert [text[a:b] for a, b in segment(text)] == [
        "Fanfare : 700€. ADOPTE.",
        "Bouées neuves : 90€. Elles ont coulé. REJETE",
    ]


def test_what_was_adopted_elsewhere_joins_nothing() -> None:
    text = "Le loyer du local est de 500€. Les lois adoptées en 2019 ne sont pas appliquées."
    assert len(segment(text)) == 2


STANDS_AS_ONE = [
    ("both are one subject", "On a donné un exemple : la poste + épicerie qui ouvrait le soir marchait bien."),
    ("it goes on", "La fuite du lavoir a été signalée, mais elle coule encore."),
    ("it is not enough", "Le trottoir du port a été élargi, mais pas assez pour qu'un fauteuil y passe."),
    ("but she", "Une habitante avait voté pour le port. Mais elle regrette le bruit des grues."),
    ("two acts on one thing", "Inviter un paysan, et aussi des élèves pour montrer et expliquer les semis."),
    ("of what was said", "Le principe d'un gîte communal a été présenté. Il en existerait ailleurs, mais où ?"),
    ("what is asked about", "La maison du garde a été citée : pourquoi ne pas en faire un refuge ?"),
    ("another way", "Pourquoi ne pas en faire un refuge ? Un gîte, ou un café ?"),
    ("what is left open", "Des questions restent en suspens : il faudrait des bénévoles pour tenir le bac"),
    ("what poses a question", "La date pose question. Comment venir le lundi quand on tient une boutique ?"),
    ("and some more", "Proposition de fêtes gratuites au bord du canal. Et des bals de quartier."),
    ("taken up again", "Le quai est dangereux pour les enfants et les vieux, cela ressemble à une piste."),
    ("please", "Un banc sur la digue ? S'il vous plaît ?"),
    ("further north", "Plus au nord, les mariniers passent entre les péniches."),
]


@pytest.mark.parametrize("text", [case[1] for case in STANDS_AS_ONE], ids=[case[0] for case in STANDS_AS_ONE])
def test_what_does_not_stand_alone_stays_with_what_it_speaks_of(text: str) -> None:
    assert segment(text) == [(0, len(text))]
