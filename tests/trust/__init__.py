"""Campaigns that try to make apimod lose a line, hang, crash or run someone's code."""
