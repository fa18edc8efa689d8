"""The Word or LibreOffice document of the restitution, corrected by its author, read back as decisions."""
