"""The steps from a request and a project's facts to a plan."""
