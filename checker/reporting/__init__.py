"""Views of a run: console, JSON, and the HTML site. A view never re-parses and never re-decides."""
