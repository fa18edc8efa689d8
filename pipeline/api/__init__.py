"""What a program calls, and the command line too: quiet functions that take texts or folders and give frames.

They print nothing; a call that cannot be honoured raises a `pipeline.errors.RosaceError`.
"""

from pipeline.api.exporting import export
from pipeline.api.grouping import group
from pipeline.api.groups import Groups
from pipeline.api.reading import Idea, cut, read
from pipeline.api.runs import Refused, Synthesis, Withdrawn, draft, synthesize, withdraw

__all__ = [
    "Groups",
    "Idea",
    "Refused",
    "Synthesis",
    "Withdrawn",
    "cut",
    "draft",
    "export",
    "group",
    "read",
    "synthesize",
    "withdraw",
]
