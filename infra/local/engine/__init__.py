"""What answers AWS calls, and what happens to a call on the way: faults, permissions, metering, keeping."""
