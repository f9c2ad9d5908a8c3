"""What the tests of documented commands know of AWS's command line client."""

OF_THE_CLI = {"region", "query", "output", "profile", "cli-binary-format"}
"""Options that every command takes."""
