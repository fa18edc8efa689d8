"""Rosace: from the raw words of a workshop to a restitution, in French, offline."""

import os

# Sums made by several threads depend on how many there are: one BLAS thread gives the same digits on every machine, and
# costs less on matrices of this size. It must be said before NumPy is imported; whoever set it otherwise is obeyed.
for _name in ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_name, "1")
