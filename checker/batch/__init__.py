"""Many letters: the stream of what was judged, its counts, and the run folder that is the truth of a run."""
