"""What readers are told for the codes of the tables: channels, provenances, statuses, stances, links, states of groups.

Axes and facets have their names in `configs/axes.toml` (`pipeline.axes`).
"""

from typing import Final, NamedTuple

from pipeline.axes import compass

TEXT_TITLE: Final = "Comptes rendus ou éléments saillants de l’atelier"
"""The seed's last field, that holds the whole text."""
WORDS_TITLE: Final = "Paroles : toutes les idées, sous leurs titres"
"""The title of the text of the second document."""
UNNAMED: Final = "Restitution de l’atelier"
"""The title of a workshop that nobody named."""
CONTEXT_JOINT: Final = " > "
"""Between the headings that an idea stands under, outermost first."""
ANNEXES_TITLE: Final = "Annexes"
SOURCES_TITLE: Final = "Sources"
SLOT: Final = "à compléter"
"""What stands, in square brackets, for a value that nobody gave."""
PART_NAMES: Final = {
    "essentiel": "L’essentiel",
    "fil_rouge": "Fil rouge",
    "suites": "Suites",
    "remerciements": "Remerciements",
}
"""Parts of the restitution that a person may write, and that are kept as she wrote them."""


class ChannelNames(NamedTuple):
    """A channel as one says it.

    Attributes
    ----------
    piece : one contribution of it.
    content : what a file of it holds.
    """

    piece: str
    content: str


CHANNEL_NAMES: Final[dict[str, ChannelNames]] = {
    "postit": ChannelNames("post-it", "post-its"),
    "note": ChannelNames("note", "notes"),
    "enquete": ChannelNames("réponse à l’enquête", "enquête"),
    "transcript": ChannelNames("prise de parole", "transcription"),
    "saisie": ChannelNames("parole saisie", "saisie en salle"),
}
ROW_VOICE: Final = "Réponse"
"""What the voice of a row that nobody signed is called, with its number."""
IN_A_ROW: Final = ", colonne «"
"""What a place says of a cell among others of its row."""
PERSON: Final = "personne"
"""What is counted of a survey where people, who are known, wrote several answers each."""
WRITTEN: Final = ChannelNames("texte", "textes")
"""What a sheet of ideas holds where nothing says that they were on post-its."""
MACHINE_VOICE: Final = "Locuteur"
"""What a voice that a machine told apart is called, with its number: nobody says that it is one person's."""
PROVENANCE_NAMES: Final[dict[str, str]] = {
    "ecrit": "écrit de la main des participants",
    "note": "notes prises par quelqu'un d'autre",
    "transcription": "parole transcrite",
}
STATUS_NAMES: Final[dict[str, str]] = {"sur": "sûr", "a_relire": "à relire"}
DOUBT_NAMES: Final[dict[str, str]] = {
    "titre": "{axis} sous son titre, {other} par ses seuls mots",
    "voisines": "{axis} parmi ses voisines, {other} prise seule",
    "court": "trop courte pour choisir entre {axis} et {other}",
    "proches": "entre {axis} et {other}, presque à égalité",
    "epars": "plusieurs axes possibles, {axis} et {other} d’abord",
    "autre_langue": "écrite dans une autre langue",
    "trop_long": "trop longue pour une seule idée",
}
"""Why an idea is to re-read, its axis and the other one that it hesitates with by their names."""
STANCE_NAMES: Final[dict[str, str]] = {
    "pour": "pour",
    "contre": "contre",
    "nuance": "à condition",
    "inconnu": "non précisée",
}
ROW: Final = "nature de la ligne"
"""Beside the other columns of a row of a table that asks nothing, what it is: `avis`."""
COUNTED_IN: Final = "compté en"
"""Beside the other columns of a row, what its votes are where they are none: `mention j’aime`."""
LINK_KIND_NAMES: Final[dict[str, str]] = {"answers": "répond à", "objects": "s’oppose à", "supports": "appuie"}
REASON_NAMES: Final[dict[str, str]] = {
    "told": "oui",
    "named": "nommé avec d’autres",
    "to_read_again": "non : son axe est à relire",
    "no_words": "non : aucune idée sûre ne dit son titre",
    "said_once": "non : titre que personne n’a pris",
}
GROUP_STATE_NAMES: Final[dict[str, str]] = {
    "machine": "à relire",
    "accepte": "accepté",
    "a_revoir": "à revoir",
    "rejete": "rejeté",
}


NOBODY = "Quelqu’un"
"""Who acts without having said her first name."""


def origin_told(channel: str, provenance: str) -> tuple[str, str]:
    """Where words come from, and by whose hand; several codes are parted by commas."""
    channels = (CHANNEL_NAMES[code].content if code in CHANNEL_NAMES else code for code in channel.split(", ") if code)
    hands = (PROVENANCE_NAMES.get(name, name) for name in provenance.split(", ") if name)
    return ", ".join(channels), ", ".join(hands)


def doubt_told(doubt: str | None, axis: str, other: str | None) -> str:
    """Why an idea is to re-read, in French; "" when nothing tells."""
    if doubt is None:
        return ""
    return DOUBT_NAMES[doubt].format(
        axis=compass()[axis].name, other=compass()[other].name if other else "un autre axe"
    )


TITLE_TRUE_MIN = 2 / 3
"""Share of its ideas from which the title that the machine gave a group is no longer doubtful."""

TITLE_READ_MAX = 500
"""Ideas of a group whose words are read for its title, the most central ones."""

WHOLE = 0.1
"""How far from a whole number of ideas the share of a title may lead, its decimals being cut."""


def counted_in(share: float, n: int) -> int | None:
    """How many of `n` ideas a share is; None when it is of no whole number, which nobody counted."""
    return round(share * n) if n <= TITLE_READ_MAX and abs(share * n - round(share * n)) < WHOLE else None


def title_told(n_true: int | None, n: int) -> str:
    """Of how many of its `n` ideas the title of a group is true, in French; None when nobody counted them."""
    if n_true is None:
        return "titre à vérifier"
    told = {0: "d’aucune idée", 1: "d’une seule idée"}.get(n_true, f"de {n_true} idées")
    return f"titre vrai {told} sur {n}"
