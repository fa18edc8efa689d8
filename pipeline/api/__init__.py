"""What a program calls, and the command line too: quiet functions that take texts or folders and give frames.

They print nothing; a call that cannot be honoured raises a `pipeline.errors.RosaceError`.
"""

from pipeline.api.exporting import export as export
from pipeline.api.programme import Comparison as Comparison
from pipeline.api.programme import compare as compare
from pipeline.api.runs import Refused as Refused
from pipeline.api.runs import Synthesis as Synthesis
from pipeline.api.runs import Withdrawn as Withdrawn
from pipeline.api.runs import draft as draft
from pipeline.api.runs import finish_withdrawal as finish_withdrawal
from pipeline.api.runs import synthesize as synthesize
from pipeline.api.runs import withdraw as withdraw
from pipeline.api.texts import Idea as Idea
from pipeline.api.texts import cut as cut
from pipeline.api.texts import group as group
from pipeline.api.texts import place as place
from pipeline.api.texts import read as read
from pipeline.api.texts import themes as themes
