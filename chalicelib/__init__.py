"""What is deployed: a package a feature, and what they share."""

VERSION = "0.2.0"
"""The release: `GET /config` tells it to whoever is signed in. pyproject.toml and CHANGELOG.md say the same."""
