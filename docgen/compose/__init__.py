"""Composing: from a workspace and its templates to compositions."""
