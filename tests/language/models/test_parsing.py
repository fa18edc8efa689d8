"""The French model as we load it: spaCy's own tokens, tags, heads and lemmas of verbs."""

import re

import pytest

from pipeline.language.models.parsing import MODEL_NAME, factored, load_parser, parse, tagged

TEXTS = (
    "Le porte-à-porte d'Aix-en-Provence, c'est un rendez-vous manqué : qu'est-ce qu'on attend ?",
    "Aujourd'hui, lorsqu'il pleut,  deux  anti-gaspi entr'ouvrent la porte (sous-préfecture).\n\nOn partage.",
    "On décale le bus de 17h30 et je prête ma grange à quelqu'un, est-ce que les agriculteurs viendront ?",
    "Les États-Unis, le burn-out et l'hyper-centre : a@b.fr ou www.exemple.fr, c.-à-d. M. Dupont l'a dit.",
)
WORDS = (
    *("faux-amis", "Faux-Amis", "vice-", "burn-outs", "grand'mère", "saut-de-ski", "pet-en-l'air", "états-uni", "r'né"),
    *("navette", "l'école", "-", "a-b-c", "porte-clés", "entr’abat", "Neuville-sur-Saône", "café-débat", "12-15"),
)


def test_the_model_reads_as_spacy_loads_it():
    import spacy

    load_parser()  # what it does leaves spaCy's own French as it is
    own = spacy.load(MODEL_NAME, exclude=["ner"])
    for theirs, ours in zip(own.pipe(TEXTS, batch_size=64), parse(TEXTS), strict=True):
        assert [token.text for token in ours] == [token.text for token in theirs]
        for one, other in zip(theirs, ours, strict=True):
            assert (other.pos_, other.dep_, str(other.morph), other.head.i, other.is_space) == (
                *(one.pos_, one.dep_, str(one.morph), one.head.i, one.is_space),
            )
    theirs, ours = own.tokenizer.token_match, load_parser().tokenizer.token_match
    assert [bool(ours(word)) for word in WORDS] == [bool(theirs(word)) for word in WORDS]


def test_a_factored_pattern_matches_the_same_words():
    letters = f"[a-z{''.join(chr(code) for code in range(0x101, 0x180))}]"
    pattern = "(?iu)" + "|".join(
        f"(?:{alternative}$)"
        for alternative in (f"^faux-{letters}+", f"^ex-{letters}+", f"^{letters}+-(?:l')?{letters}+")
    )
    shorter = factored(pattern)
    assert len(shorter) < len(pattern)
    for word in ("faux-ami", "ex-maire", "ex-", "ami-l'amie", "ami", "FAUX-AMI", "ex-1", "faux-ami-là"):
        assert bool(re.match(shorter, word)) == bool(re.match(pattern, word))


@pytest.mark.parametrize("pattern", ["", "a|b", "(?iu)(?:a$)|(?:^b$)", "(?iu)(?:^(a)|(?:b)$)"])
def test_a_pattern_of_another_make_is_left_as_it_is(pattern):
    assert factored(pattern) == pattern


def test_tags_come_whatever_the_apostrophe():
    assert [token.text for token in tagged("l’écluse")] == [token.text for token in tagged("l'écluse")]
    assert [token.pos_ for token in tagged("l’écluse")] == ["DET", "NOUN"]
