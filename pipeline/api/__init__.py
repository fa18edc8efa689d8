"""What a program calls, and the command line too: quiet functions that take texts or folders and give frames.

They print nothing; a call that cannot be honoured raises a `pipeline.errors.RosaceError`. A module each, so that who
writes a text again waits for nothing that reads files or groups ideas.
"""
