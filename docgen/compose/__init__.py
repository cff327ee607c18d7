"""Workspace and templates into compositions."""
