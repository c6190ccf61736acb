"""``python -m checker.cli``: the same as ``imrcheck``."""

from checker.cli.app import main

if __name__ == "__main__":
    main()
