"""Whether anybody listens to something, and asking that they are told: for all who change what is listened to."""
