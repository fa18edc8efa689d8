"""Any table: rows kept, order indifferent, weak signals empty."""

from pipeline.cluster.grouping.likeness import Meaning, load_likeness
from pipeline.cluster.table import group_texts
from pipeline.config import load_config
from pipeline.language.models.encoders import load_encoder

SETTINGS = load_config().cluster
TEXTS = [
    "Pas assez de bus le soir",
    "Plus aucun bus après 19 h",
    "",
    "Le dernier bus part trop tôt",
    "Le pain est cher",
]


def _meaning() -> Meaning:
    return Meaning(load_encoder(), load_likeness())


def test_rows_keep_their_place_and_blank_texts_have_no_group() -> None:
    found = group_texts(TEXTS, None, _meaning(), SETTINGS, 20)
    assert len(found) == len(TEXTS)
    assert found["group"].iloc[2] == ""
    assert found["group"].iloc[0] == found["group"].iloc[1] != ""


def test_the_order_of_rows_moves_no_group() -> None:
    encoder = _meaning()
    straight = group_texts(TEXTS, None, encoder, SETTINGS, 20)["group"].tolist()
    assert group_texts(TEXTS[::-1], None, encoder, SETTINGS, 20)["group"].tolist()[::-1] == straight


def test_groups_stay_inside_a_value_of_the_axis_column() -> None:
    axes = ["est", "est", "sud", "hors_axe"]
    rows = group_texts([TEXTS[0]] * 4, axes, _meaning(), SETTINGS, 20)
    assert rows["group"].iloc[0] == rows["group"].iloc[1] != ""
    assert rows["group"].tolist()[2:] == ["", ""]
