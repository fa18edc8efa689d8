"""Ingest: files of a corpus → contributions, items, rejects, ledger."""
