"""The page that opens without a command: workshops, their files and sheet, what is read of them, and their run."""
