"""The room: tables type, their words are read and placed as they come, the wall shows what a person lets through."""
