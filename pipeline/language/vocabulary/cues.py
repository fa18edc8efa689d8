"""French cues of stance, wish and lack, as patterns on folded text (`cues.toml`), and the stance that they tell."""

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_patterns

_CUES = read_patterns(__name__, "cues")
AGAINST, FOR, HEDGES = _CUES["against"], _CUES["for"], _CUES["hedges"]
YES, NO = _CUES["yes"], _CUES["no"]
"""Heads of what is said in answer to someone."""
LIKING = _CUES["liking"]
"""What one says of something that one likes or agrees with."""
RESTRICTION = _CUES["restriction"]
"""An action that takes away: it seldom removes an obstacle that people named."""
FESTIVITY = _CUES["festivity"]
"""An action that celebrates or adorns: about the same place, and no answer."""
WANT = _CUES["want"]
"""An idea that states what is missing: it is no answer to another one, whatever axis it was read on."""
CONDITION = _CUES["condition"]
"""What only qualifies a proposal made by someone else."""
OBJECTION = _CUES["objection"]
"""An obstacle raised against a proposal: the proposal is no answer to it."""
OBSTACLE = _CUES["obstacle"]
"""What says that something lacks or stands in the way; on a text as it is written, accents kept."""

PRO, CON, MIXED, UNKNOWN = "pour", "contre", "nuance", "inconnu"


def stance_of(text: str) -> str:
    """One of `pour`, `contre`, `nuance`, `inconnu`."""
    folded = " ".join(fold(text).split()).strip(" -–—•*>")
    is_against = AGAINST.search(folded) is not None
    is_for = FOR.search(AGAINST.sub(" ", folded)) is not None
    if (is_for and is_against) or (HEDGES.search(folded) and (is_for or not is_against)):
        return MIXED
    return CON if is_against else PRO if is_for else UNKNOWN
