"""The Rust templates, rendered over many shapes of a project without the planner."""
