"""Restitution: reviewed tables → facts, a draft of sentences, and the documents that authors paste."""
