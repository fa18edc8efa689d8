"""Automatic marks, contacts of services, names to confirm."""
