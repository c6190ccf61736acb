"""imrcheck: does the rationale of a determination carry its decision?"""
