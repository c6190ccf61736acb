"""``python -m checker.cli``: the same as ``imrcheck``."""

from checker.cli.app import main

main()
