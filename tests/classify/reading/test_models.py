"""The shipped models read any text, and plain ideas rightly."""

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import compass
from pipeline.classify.reading.features import Headed
from pipeline.classify.reading.model import PrecisModel, Scored
from pipeline.classify.stage import load_axis_model
from pipeline.language.models.encoders import load_encoder

HARD = {
    "empty": "",
    "one character": "a",
    "emoji": "😀😀",
    "punctuation": "…!!",
    "ten thousand words": "manque de bus " * 3400,
    "capitals": "PAS ASSEZ DE BUS LE SOIR",
    "english": "We should have more buses in the evening for the people",
    "arabic": "نحتاج إلى مزيد من الحافلات في المساء",
    "mixed": "il faudrait plus de bus, the people need it",
    "control characters": "Pas de\x00 bus\x07 le soir",
}
HEADINGS = {
    "longer than the text": "Ce que nous avons retenu des échanges de la matinée avec les habitants du quartier > "
    * 40,
    "in another language": "What should we keep, and what should we stop doing next year?",
    "the text itself": "Plus de bus",
    "without a letter": "— ★ —",
}
PLAIN = [
    ("Manque de bus le soir", "Freins", "est"),
    ("Il faudrait créer un jardin partagé derrière l'école", "Propositions", "sud"),
    ("Merci à toute l'équipe des bénévoles, c'était magnifique", "", "nord"),
    ("Qu'est-ce que bien vieillir veut dire pour nous ?", "", "ouest"),
    ("Bonjour à tous, on commence dans cinq minutes", "", "hors_axe"),
]


def read(profile: str, texts: list[str], contexts: list[str]) -> pd.DataFrame:
    encoder = load_encoder()
    vectors = [encoder.encode(values).astype(np.float16) for values in (texts, contexts)]
    return load_axis_model(profile).predict(Headed(texts, contexts, *vectors)).tags


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_any_text_gets_an_answer(profile: str) -> None:
    tags = read(profile, list(HARD.values()), [""] * len(HARD))
    by_name = tags.assign(name=list(HARD)).set_index("name")
    assert set(tags["status"]) <= {"sur", "a_relire"}
    for name in ("empty", "emoji", "punctuation"):
        assert by_name.loc[name, "axis"] == "hors_axe"
    for name in ("ten thousand words", "english", "arabic"):
        assert by_name.loc[name, "status"] == "a_relire"


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_any_heading_may_stand_above_an_idea(profile: str) -> None:
    texts = ["Plus de bus"] * len(HEADINGS)
    tags = read(profile, texts, list(HEADINGS.values()))
    again = read(profile, texts, list(HEADINGS.values()))
    pd.testing.assert_frame_equal(tags, again)
    assert tags[[f"p_{code}" for code in compass()]].sum(axis=1).between(0.999, 1.001).all()
    assert (tags["doubt"].notna() == (tags["status"] == "a_relire")).all()


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_plain_ideas_are_read_rightly_and_facets_lie_in_their_axis(profile: str) -> None:
    tags = read(profile, [text for text, _, _ in PLAIN], [context for _, context, _ in PLAIN])
    assert tags["axis"].tolist() == [axis for _, _, axis in PLAIN]
    for axis, facet in zip(tags["axis"], tags["facet"], strict=True):
        assert facet in compass()[axis].facets if axis != "hors_axe" else facet is None


def test_chances_that_are_known_ask_nothing_of_the_second_encoder() -> None:
    model = load_axis_model("precis")
    assert isinstance(model, PrecisModel)
    texts, headings = [text for text, _, _ in PLAIN], [heading for _, heading, _ in PLAIN]
    given = Headed(texts, headings, *(load_encoder().encode(one).astype(np.float16) for one in (texts, headings)))
    whole = model.scores(given)
    model.forget()
    again = model.scores(given, chances=whole.chances)
    assert "_session" not in vars(model.second)
    for name in Scored._fields:
        assert (getattr(again, name) == getattr(whole, name)).all()
