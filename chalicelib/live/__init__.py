"""What front ends are told as it happens: of tickets, of a team, of what is one's own (contract §9)."""
