"""Words that are told are mended where nothing else can be meant, and our own are spelt."""

import re

from hypothesis import given
from hypothesis import strategies as st
from labelled import each, false_of, true_of

from pipeline.language.lexicon.orthography import mended
from pipeline.language.lexicon.spelling import _hash, is_spelt
from pipeline.language.text.folding import strip_accents

test_spaces_and_signs = each(
    mended,
    ("un pôle interdisciplinaire , ce qui est rare", "un pôle interdisciplinaire, ce qui est rare"),
    ("le car part trop tôt .", "le car part trop tôt."),
    ("le car  part   tôt", "le car part tôt"),
    ("des bancs,des arbres,de l'ombre", "des bancs, des arbres, de l'ombre"),
    ("les bancs,l'ombre et l'eau", "les bancs, l'ombre et l'eau"),
    ("le midi est bondé.Le soir est vide", "le midi est bondé. Le soir est vide"),
    ("des bancs ,, des arbres", "des bancs, des arbres"),
    ("le car, la navette, etc...", "le car, la navette, etc."),
    ("peut-être un jour ....", "peut-être un jour…"),
    ("un jour...et la nuit", "un jour… et la nuit"),
    ("plus de cars !!!", "plus de cars !"),
    ("à quelle heure ??", "à quelle heure ?"),
    ("le marché ( place du haut ) est vide", "le marché (place du haut) est vide"),
    ("des jardins(partagés ou non) au bourg", "des jardins (partagés ou non) au bourg"),
    ("[…] , on a dit ca", "[…], on a dit ça"),
    ("est-ce utile?oui sans doute", "est-ce utile? oui sans doute"),
)

test_apostrophes_and_elisions = each(
    mended,
    ("fermer l hôpital", "fermer l’hôpital"),
    ("fermer l hopital", "fermer l’hôpital"),
    ("il faut qu il vienne", "il faut qu’il vienne"),
    ("j ai besoin du car", "j’ai besoin du car"),
    ("on dit que c est loin, car c est vrai", "on dit que c’est loin, car c’est vrai"),
    ("ce n est pas sûr", "ce n’est pas sûr"),
    ("s engager ensemble", "s’engager ensemble"),
    ("l' école et d' autres lieux", "l’école et d’autres lieux"),
    ("l 'école du bourg", "l’école du bourg"),
    ("l´école du bourg", "l’école du bourg"),
    ("aujourd hui le car", "aujourd’hui le car"),
    ("aujourdhui le car", "aujourd’hui le car"),
    ("jai peur de la route", "j’ai peur de la route"),
    ("on dit quil faut attendre", "on dit qu’il faut attendre"),
    ("je suis daccord", "je suis d’accord"),
    ("manque de eau", "manque d’eau"),
    ("la école du bourg", "l’école du bourg"),
    ("il faut que il vienne", "il faut qu’il vienne"),
    ("parce que on attend", "parce qu’on attend"),
    ("si il pleut", "s’il pleut"),
    ("de environ dix places", "d’environ dix places"),
)

test_accents_and_ligatures = each(
    mended,
    ("une reunion par an", "une réunion par an"),
    ("le car est tres en retard", "le car est très en retard"),
    ("un trés bon repas", "un très bon repas"),
    ("l'équipe etait prête", "l'équipe était prête"),
    ("on etait assez sérrés", "on était assez serrés"),
    ("grace au four", "grâce au four"),
    ("ca marche", "ça marche"),
    ("Ca marche", "Ça marche"),
    ("la meme route", "la même route"),
    ("peut-etre un four", "peut-être un four"),
    ("le coeur du bourg", "le cœur du bourg"),
    ("la main d'oeuvre manque", "la main d'œuvre manque"),
    ("l'Etat et l'Ecole", "l'État et l'École"),
    ("Etre dehors", "Être dehors"),
    ("celà dépend", "cela dépend"),
    ("un térritoire vivant", "un territoire vivant"),
    ("les intéractions entre voisins", "les interactions entre voisins"),
    ("A la fin de la journée", "À la fin de la journée"),
    ("A Brandelles, rien n'ouvre", "À Brandelles, rien n'ouvre"),
    ("jusqu'a la gare", "jusqu’à la gare"),
    ("grâce a la navette", "grâce à la navette"),
    ("le moment ou on se retrouve", "le moment où on se retrouve"),
    ("n'importe ou au bourg", "n’importe où au bourg"),
    ("un lieu ou l'on se voit", "un lieu où l'on se voit"),
    ("on fait tout ca", "on fait tout ça"),
    ("la societe et la proprete", "la société et la propreté"),
)

test_letters_abbreviations_and_hyphens = each(
    mended,
    ("l'acquisitiion du four", "l'acquisition du four"),
    ("un environnement aggressif", "un environnement agressif"),
    ("le personel du centre", "le personnel du centre"),
    ("la possiblité de louer", "la possibilité de louer"),
    ("bcp de monde", "beaucoup de monde"),
    ("Pb de place", "Problème de place"),
    ("un pb de place", "un problème de place"),
    ("des pb de place", "des problèmes de place"),
    ("de nombreux pb", "de nombreux problèmes"),
    ("demander à qqn du bourg", "demander à quelqu’un du bourg"),
    ("le car est tjs en retard", "le car est toujours en retard"),
    ("c'est à dire le soir", "c’est-à-dire le soir"),
    ("celle ci est fermée", "celle-ci est fermée"),
    ("le week end tout est fermé", "le week-end tout est fermé"),
    ("parceque c'est loin", "parce que c'est loin"),
    ("quelque soit le temps", "quel que soit le temps"),
)

LEFT = (
    # names of people and of places, brands
    "Jérome et Elise ouvrent le four",
    "Elise range les bancs",
    "le car de Cournieux à Saint-Etienne-le-Vieux",
    "demander à Mme Lefevre",
    "la france des villages",
    # acronyms, figures, codes
    "le CA de la MJC",
    "les EPHAD et le CCAS",
    "la RN 31 et la D 928",
    "1,5 km à 12:30",
    "le candidat C est élu",
    "de 8 h à 12 h, 3.5 et 10 000",
    # words of regions, of trades, and loans
    "un fest-noz et des crêpes au lambig",
    "un hackathon au fablab",
    "la newsletter du server",
    # other languages
    "we need more buses and a better center for our people",
    "open source software",
    # what is right by either spelling
    "connaitre les couts du diner",
    "le hibou et le haricot",
    "de huit à dix",
    "la une du journal",
    # what may be meant otherwise
    "fromage ou dessert",
    "la cantine a un four",
    "elle a manger à midi",
    "La mairie a fermer la piscine cet hiver",
    "Le maire a pouvoir de police",
    "il reste un four a réparer",
    "La mairie appele les jeunes",
    "dans un sens ou l'autre",
    "le lieu ou elle et lui",
    "le ca de l'association",
    "salle c est fermée",
    "pas de pb",
    "on marche ou on prend le car",
    "un niveau fixe, bien regle",
    "un poste vacant a la mairie",
    "sur le quai, bien sur le quai",
    "la place du marche",
    "des option végétarienne",
    "une asso de parents",
    "ds la rue",
    "le rdv du soir",
    "le site bugge",
    # masks, quotations inside, addresses, inclusive forms, emoticons
    "[…] est là, avec [une reunion]",
    "une “fete de la reunion” au bourg",
    "la « fete de la reunion » au bourg",
    'la "fete de la reunion" au bourg',
    "voir www.fete-reunion.fr et ecole@exemple.fr",
    "les habitant·e·s en font assez",
    "les adhérent(e)s ont le choix",
    "trop bien :( (ou pas)",
    "trop bien ;-) )",
    "trèèèès longue journée",
    "a priori tout va bien",
    "le e-commerce et la 5G",
    "-",
    "",
)
test_what_is_right_or_may_be_right_is_left = each(mended, *((text, text) for text in LEFT))


_PIECES = (
    "le la l d de que si il on a A ou est etait tres école eau reunion coeur Etat CA ca acquisitiion personel week end "
    "au dela bcp Elise moment faire 12 3,5 10:30 […] [nom] www.tres.fr , . ... etc ( ) ! ?? ; usager·e·s lambig "
    "mot,mot fin.Le l' qu n pas"
).split()
_KINDS = re.compile(r"\[[^\]]*\]|“[^”]*”|www\.[\w.]*\w")
_LETTERS = re.compile(r"[^\W_]")


@given(st.lists(st.sampled_from(_PIECES), max_size=12).flatmap(lambda some: st.just(" ".join(some))))
def test_mending_is_done_once_and_touches_neither_masks_nor_figures(text: str) -> None:
    told = mended(text)
    assert mended(told) == told
    assert _KINDS.findall(told) == _KINDS.findall(text)
    assert re.findall(r"\d", told) == re.findall(r"\d", text)


@given(st.lists(st.sampled_from(("tres", "etait", "reunion", "l", "ecole", "ca", ",", "...", "eau", "oeuvre"))))
def test_accents_apostrophes_and_signs_change_no_letter(some: list[str]) -> None:
    text = " ".join(some)
    was, now = (strip_accents("".join(_LETTERS.findall(one))).lower() for one in (text, mended(text)))
    assert was == now


test_words_of_the_dictionary_are_known = true_of(
    is_spelt,
    "le stationnement des vélos est compliqué",
    "le covoiturage et la médiathèque, un tiers-lieu numérique",
    "on pourrait mutualiser les minibus du foot et de l’EHPAD",
    "jusqu’à la visioconférence d'hier, quoi qu'on dise",
    "les communes alentour, de Brandelles à Courvielle",
    "des adhérent-e-s et des animateur-rice-s, chaque boulanger-ère",
    "une marge de manœuvre, une manoeuvre, des chefs-d'œuvre",
    "des adhérent.e.s, des agriculteurs.trices et des élu·es",
)

test_a_slip_is_seen = false_of(
    is_spelt,
    "pas dwadaptation des circulations",
    "des pistes séparées surtoute vers la gare",
    "félicitations aux employés communau",
    "une voirie amenagee pour les cyclistes",
    "des animaturr-rice-s au bourg",
)


def test_words_are_hashed_as_spacy_hashes_them() -> None:
    from spacy.strings import get_string_id

    words = ("à", "bus", "voisines", "huitbits", "épiceries", "intergénérationnelles", "œuvre")
    assert [_hash(word.encode()) for word in words] == [get_string_id(word) for word in words]
