"""Ingest: files of a corpus → contributions, items, positions, rejects, ledger."""
