"""Words that our own sentence may hold are spelt: forms of the dictionary, elisions, compounds, our lexicon."""

from labelled import false_of, true_of

from pipeline.language.lexicon.spelling import _hash, is_spelt

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
