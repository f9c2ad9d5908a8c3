"""Why the local runner doesn't start."""


class CannotStart(Exception):
    """Its message is one clear sentence for the person who ran it; the process ends with code 2."""
