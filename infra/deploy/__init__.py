"""`python -m infra.deploy`: a help desk in an AWS account, by one command; again for each new version."""
