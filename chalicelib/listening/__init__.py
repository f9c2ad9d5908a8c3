"""Whether anybody listens for a change, and how those who do are told. Used by every feature that changes something
live.
"""
