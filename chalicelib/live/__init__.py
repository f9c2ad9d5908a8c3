"""Live events for front ends: of tickets, of a team, of a user's own things (contract §9)."""
