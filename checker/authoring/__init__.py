"""The loop of those who write rules: check, test, try, scaffold, list, compare and document what stands under rules/.

Nothing here judges a letter by other means than the judge itself; the commands of ``imrcheck rules`` are thin over it.
"""
