"""French cues of stance, wish and lack, as patterns on folded text (`cues.toml`), and the names of stances."""

from pipeline.language.text.lists import read_patterns

_CUES = read_patterns(__name__, "cues")
AGAINST, FOR, HEDGES = _CUES["against"], _CUES["for"], _CUES["hedges"]
YES, NO = _CUES["yes"], _CUES["no"]
"""Heads of what is said in answer to someone."""
LIKING = _CUES["liking"]
"""What one says of something that one likes or agrees with."""
RESTRICTION = _CUES["restriction"]
"""An action that takes away."""
WANT = _CUES["want"]
"""An idea that states what is missing, whatever axis it was read on."""
CONDITION = _CUES["condition"]
"""What only qualifies a proposal made by someone else."""
OBJECTION = _CUES["objection"]
"""An obstacle raised against a proposal."""
OBSTACLE = _CUES["obstacle"]
"""What says that something lacks or stands in the way; on a text as it is written, accents kept."""

PRO, CON, MIXED, UNKNOWN = "pour", "contre", "nuance", "inconnu"
