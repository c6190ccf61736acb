"""The reviewer's desk: a run served to a browser on this machine, and the same review in the terminal."""
