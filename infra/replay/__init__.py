"""Plays a help desk's log through the HTTP interface, then recounts: `python -m infra.replay LOG --limit N --url …`."""
