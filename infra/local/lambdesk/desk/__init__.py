"""The demo desk: three weeks of a shop's tickets, played through the services while the clock catches up."""
