"""Participants' words: what may be quoted, how, and the lock that proves it."""
