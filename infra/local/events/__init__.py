"""What calls functions by itself: streams, queues, schedules, expiry, mail that comes in."""
