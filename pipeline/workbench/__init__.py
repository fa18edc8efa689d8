"""The workbench: what learns models, measures them and writes their cards, beside the engine that a run uses.

No run imports it, and the wheel leaves it out: `rosace train`, `rosace evaluate` and `rosace bench` open it from the
repository. What it needs beyond the engine are the extras `mesures` and `train`.
"""
