"""Edges of an idea, what binds a piece to the one before, and pieces joined to ideas, labelled by hand."""

import pytest
from labelled import FIRST, each, false_of, true_of

from pipeline.ingest.segmentation.joining import (
    EDGE_FILLERS,
    FILLERS,
    FREE,
    JOINED,
    LED,
    bond,
    is_only_fillers,
    leans,
    refers,
    trim,
)
from pipeline.ingest.segmentation.segment import ideas_of, segment


def trimmed(text: str, is_speech: bool = False) -> str:
    return text[slice(*trim(text, 0, len(text), is_speech))]


WRITTEN = [
    ("white space", "  un banc \u00a0", "un banc"),
    ("a dash", "- un banc", "un banc"),
    ("a bullet", "• un banc ;", "un banc"),
    ("a number", "3) un banc", "un banc"),
    ("stray signs", ", … un banc,", "un banc"),
    ("an arrow", "→ un banc", "un banc"),
    ("a full stop stays", "Un banc.", "Un banc."),
    ("a quantity", "-5 % de bruit", "-5 % de bruit"),
    ("more than", "+ de bancs", "+ de bancs"),
    ("a threshold", "> 50 mg", "> 50 mg"),
    ("fillers of writing", "euh un banc", "euh un banc"),
    ("a linking word that opens the text", "et un banc", "et un banc"),
    ("brackets", "(un banc)", "(un banc)"),
]

test_written = each(trimmed, *WRITTEN, names=FIRST)

SPOKEN = [
    ("in front", "euh ben un banc", "un banc"),
    ("behind", "un banc devant l'école quoi", "un banc devant l'école"),
    ("on both sides", "bon voilà il manque un banc hein", "il manque un banc"),
    ("before the stop", "il manque un banc, tu vois.", "il manque un banc"),
    ("what quoi asks", "c'est pas quoi", "c'est pas quoi"),
    ("a word is left", "ouais voilà", "ouais"),
    ("a first word of the idea", "après le repas on danse", "après le repas on danse"),
]

test_spoken = each(lambda text: trimmed(text, is_speech=True), *SPOKEN, names=FIRST)


def test_a_linking_word_inside_a_text_goes() -> None:
    text = "un banc et puis un arbre"
    start = text.index("et puis")
    assert text[slice(*trim(text, start - 1, len(text), is_speech=False))] == "un arbre"


test_somebody_listens = true_of(is_only_fillers, "D'accord.", "Mmh mmh.", "Ah oui, voilà", "d’accord", "Oui oui !")
test_somebody_speaks = false_of(is_only_fillers, "Oui, un banc.", "Bonjour", "bonne idée")
test_a_filler_carries_no_idea = true_of(
    lambda filler: filler in FILLERS, "euh", "du coup", "d'accord", "d’accord", "tu vois"
)


def test_a_filler_is_listed_once() -> None:
    assert len(set(FILLERS)) == len(FILLERS)


DENIED = (
    "Les vieux du port se plaignent chaque hiver au conseil de la commune qu'on ne peut plus :\n- {}\n- {}\nTant pis."
)


def test_a_list_keeps_the_sentence_that_opens_it() -> None:
    text = DENIED.format("d'amarrer la nuit", "de laver les filets")
    assert [text[one.start : one.end] for one in ideas_of(text)] == [text.split("\nTant")[0], "Tant pis."]
    text = DENIED.format("amarrer la nuit", "laver les filets")
    opening, *members, _ = ideas_of(text)
    assert [text[one.start : one.end] for one in members] == ["amarrer la nuit", "laver les filets"]
    assert {text[slice(*one.lead)] for one in members if one.lead} == {text.split("\n")[0]}
    assert opening.end < members[0].start
    text = "Il est interdit :\n- de plonger\n- de crier"
    assert [text[one.start : one.end] for one in ideas_of(text)] == [text]
    for opening in ("Nous demandons :", "Plusieurs marins demandent :"):
        assert len(ideas_of(f"{opening}\n- de plonger\n- de crier")) == 2


EDGES = [("euh", True), ("tu vois", True), ("après", False), ("du coup", False)]


@pytest.mark.parametrize(("filler", "expected"), EDGES, ids=[filler for filler, _ in EDGES])
def test_a_filler_at_an_edge_may_be_the_first_word_of_the_idea(filler: str, expected: bool) -> None:
    assert filler in FILLERS
    assert (filler in EDGE_FILLERS) is expected


PAIRS = [
    ("a demonstrative", "Le bassin est froid.", "Ce bassin ferme en mai.", JOINED),
    ("the one here", "La scène est petite.", "Celle-ci date de 1960.", JOINED),
    ("those who need it", "Le vestiaire est en ville.", "Ceux qui en ont besoin n'y vont pas.", JOINED),
    ("its own", "Le verger est beau.", "Ses pommes pourrissent.", JOINED),
    ("a proposal about it", "Le préau fuit.", "Il est temps de le réparer avant l'hiver.", LED),
    ("they ask", "Les nageurs sont serrés.", "Ils demandent deux lignes de plus.", LED),
    ("a question and its answer", "Qui garde les clés ?", "La gardienne, en principe.", JOINED),
    ("a head and an objection", "Ouvrir la piscine à l'aube ?", "Et le maître-nageur ?", JOINED),
    ("what speaks for it", "Semer des fleurs au pied des murs.", "Ça ne coûte rien.", JOINED),
    ("a long objection", "Ouvrir le stade la nuit ?", "Et qui ferme, qui éteint, qui répond aux voisins ?", LED),
    ("two questions", "Qui décide du budget ?", "Combien coûte une saison au théâtre de verdure ?", LED),
    ("a bare head", "Les horaires.", "Fermer à midi, c'est fermer aux salariés.", JOINED),
    ("a refusal is no head", "Pas d'accord.", "Les enfants de l'école primaire ont besoin d'un préau couvert.", FREE),
    ("a fragment", "Peu de monde aux répétitions.", "Surtout l'hiver.", JOINED),
    ("another fact", "La salle est froide.", "Les horaires du bus et du train de Vermont ne vont pas ensemble.", FREE),
    ("at theirs", "Les apprentis dorment à l'atelier.", "Chez eux, le loyer est trop cher.", JOINED),
    ("what comes of it", "Le bac est en panne.", "Du coup les saisonniers passent par le pont.", LED),
    ("another report", "La criée est bruyante.", "Il a été proposé de décaler la vente.", FREE),
    ("an answer reported", "La question du chenal a été posée.", "Il a été répondu que la drague viendra.", JOINED),
    ("a reason", "Fermez la rue.", "Parce que les camions passent vite.", JOINED),
]

test_bond = each(bond, *PAIRS, names=FIRST)

WHOLE_STORIES = [
    ("a refusal got past", "Le bailleur refusait les chiens.", "On a négocié une caution et c'est passé."),
    ("a fear got past", "Les gens ne voulaient pas signer.", "On a lu le papier ensemble et depuis ils signent."),
    ("a lack filled", "Pas de local pour répéter.", "La paroisse prête le sien, et ça tient depuis six ans."),
    (
        "a threat got past",
        "L'agence voulait fermer la ligne.",
        "On a compté les voyageurs nous-mêmes, elle est restée.",
    ),
    ("a task shared", "Personne ne tenait la buvette.", "Chaque association prend un mois et ça tourne."),
    ("a plan that failed", "Elle avait trouvé un poste.", "Pas de crèche, elle a renoncé."),
    ("a promise not held", "La fibre était promise.", "Toujours rien chez nous."),
    ("a good thing that fails", "On a une belle salle.", "Elle est fermée le soir."),
]
OTHER_IDEAS = [
    ("a lack, then a proposal", "Pas de local pour répéter.", "On pourrait demander la salle du conseil."),
    ("a past trouble, then a proposal", "Le guichet fermait à midi.", "Il faudrait une permanence le soir."),
    ("a trouble, then a question", "La mairie refusait la salle.", "Qui a demandé au diocèse de Vermont ?"),
    ("two troubles", "La cantine jette trente kilos par semaine.", "Le gymnase de Vermont prend l'eau."),
]

test_what_became_of_it_is_one_idea_with_it = each(bond, *WHOLE_STORIES, is_told=JOINED, names=FIRST)


@pytest.mark.parametrize(("before", "piece"), [p[1:] for p in OTHER_IDEAS], ids=[p[0] for p in OTHER_IDEAS])
def test_what_would_answer_it_is_another(before: str, piece: str) -> None:
    assert bond(before, piece) != JOINED


test_leans = true_of(leans, "Elle ferme à midi.", "Son toit fuit.", "C'est trop cher.", "Personne ne l'a lu.")
test_stands = false_of(leans, "Cette année, la fête est en mai.", "Il faut des bancs.", "On manque d'ombre.")


def test_what_is_done_to_it_refers() -> None:
    assert refers("Il faudrait la rouvrir le samedi")
    assert not refers("Rouvrir la salle des fêtes de Vermont le samedi")


TOGETHER = [
    ("somebody, again", "L'ouvreuse, encore elle, choisit les films"),
    ("again she, after a stop", "L'ouvreuse de la salle. Encore elle."),
    ("the head of an objection", "Ouvrir la piscine à l'aube ? Et le maître-nageur ?"),
    ("those who would need it", "Le vestiaire est à Morvans. Ceux qui en auraient besoin n'ont pas de voiture"),
    ("an abbreviation", "Donner une mission réf. numérique aux secrétaires"),
    ("short words of a trade", "Des conf. courtes et des pauses longues"),
    ("plural of an abbreviation", "Les devs. plus anciens encadrent les stagiaires"),
    ("an arrow to a figure", "Achats (papier/encre) -> Près de 3 tonnes par an"),
    ("what one thinks of it", "C'est cher mais à vérifier : louer une sono pour ça"),
    ("an enumeration under its head", "Il manque trois choses au stade : des toilettes, de l'ombre, un point d'eau"),
    ("a quotation and its complaint", "Au guichet on m'a dit « revenez demain », et demain c'est fermé"),
    ("brackets", "Formation des éducateurs (autisme, dys., TDAH) : 2 j. par an"),
    ("more than an age", "Un bal pour les familles et les + de 70 ans"),
]


@pytest.mark.parametrize("text", [case[1] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_together(text: str) -> None:
    assert segment(text) == [(0, len(text))]


UNDER_A_HEAD = [
    (
        "a list under its head",
        "Il manque :\n- un banc\n- de l'ombre",
        [("un banc", "Il manque :"), ("de l'ombre", "Il manque :")],
    ),
    (
        "arrows under a label",
        "Ateliers: > Les fiches à refaire > Les heures à noter",
        [("Les fiches à refaire", "Ateliers:"), ("Les heures à noter", "Ateliers:")],
    ),
    (
        "a subheading that asks",
        "Quelles idées ont été retenues ?\nUn marché de nuit\nUn bal",
        [("Un marché de nuit", "Quelles idées ont été retenues ?"), ("Un bal", "Quelles idées ont été retenues ?")],
    ),
    (
        "what to do about it",
        "Le gymnase est fermé le soir. Il faudrait le rouvrir pour les clubs.",
        [
            ("Le gymnase est fermé le soir.", None),
            ("Il faudrait le rouvrir pour les clubs.", "Le gymnase est fermé le soir."),
        ],
    ),
    ("an arrow and nothing before", "-> Revoir le plan", [("Revoir le plan", None)]),
    ("a threshold is no arrow", "> 50 mg/l de nitrates", [("> 50 mg/l de nitrates", None)]),
]

test_leads = each(
    lambda text: [(text[i.start : i.end], text[slice(*i.lead)] if i.lead else None) for i in ideas_of(text)],
    *UNDER_A_HEAD,
    names=FIRST,
)


def test_a_turn_cut_off_says_nothing() -> None:
    assert segment("si on s'", is_speech=True) == []
    assert segment("si on s'", is_speech=False) != []
