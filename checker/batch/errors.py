"""What can go wrong with the folder of a run."""


class FolderTakenError(Exception):
    """The folder holds something that is not an earlier run; nothing in it has been touched."""


class NoEarlierRunError(Exception):
    """The folder holds no finished run to compare with; the message says what to do."""


class TooManyPagesError(Exception):
    """More letters have a page than one file may hold; everything else of the run is written."""


class CannotResumeError(Exception):
    """The run that was stopped was made with something else, or of other letters; the message says which."""


class ClusterError(Exception):
    """The cluster cannot be used, or not any more; the message says why and what to do."""
