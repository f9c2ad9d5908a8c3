"""What the local runner knows of Lambdesk itself; the other packages here could run any Chalice app."""
