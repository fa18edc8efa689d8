"""Decisions: what people did, appended, replayed, anchored again."""
