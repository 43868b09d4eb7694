"""Renders the Go templates with contexts made by hand, without the engine."""
