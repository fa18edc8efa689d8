"""`python -m pipeline.cli`: the same as the command `rosace`."""

from pipeline.cli import main

main()
