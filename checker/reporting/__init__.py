"""Views of a run: console, JSON, and the HTML site. Nothing in here judges; a view never re-parses and never re-decides."""
