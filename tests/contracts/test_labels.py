"""Every code of the tables that a reader meets has a name, and no name is left for a code that is gone."""

from labelled import each

from pipeline.contracts import labels, tables

test_each_code_has_its_name = each(
    tuple,
    (labels.CHANNEL_NAMES, tables.CHANNELS),
    (labels.PROVENANCE_NAMES, tables.PROVENANCES),
    (labels.STATUS_NAMES, tables.STATUSES),
    (labels.DOUBT_NAMES, tables.DOUBTS),
    (labels.STANCE_NAMES, tables.STANCES),
    (labels.GROUP_STATE_NAMES, tables.GROUP_STATES),
    names=["channels", "provenances", "statuses", "doubts", "stances", "states of groups"],
)


def test_a_channel_is_told_in_two_ways() -> None:
    survey = labels.CHANNEL_NAMES["enquete"]
    assert (survey.piece, survey.content) == ("réponse à l’enquête", "enquête")


def test_a_doubt_is_told_with_the_names_of_both_axes() -> None:
    assert labels.doubt_told("titre", "sud", "est") == "Sud sous son titre, Est par ses seuls mots"
    assert labels.doubt_told("autre_langue", "sud", None) == "écrite dans une autre langue"
    assert labels.doubt_told(None, "sud", "est") == ""


def test_of_how_many_a_title_is_true_is_told_where_they_were_counted() -> None:
    told = [labels.title_told(n, 4) for n in (0, 1, 2, None)]
    assert told[:2] == ["titre vrai d’aucune idée sur 4", "titre vrai d’une seule idée sur 4"]
    assert told[2:] == ["titre vrai de 2 idées sur 4", "titre à vérifier"]
    assert [labels.counted_in(round(k / 499, 4), 499) for k in range(500)] == list(range(500))
    assert labels.counted_in(0.6, 2_000) is None  # the most central ones alone were read
