"""Cluster: tagged items → groups, memberships, themes, links."""
