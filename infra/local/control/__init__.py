"""`/_local/…`: mail, clock, faults and idle for people and tests, and doors for other programs."""
