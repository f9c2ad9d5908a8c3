"""The AWS account and region that everything local is in, and clients for the runner's own calls."""

import threading
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config
from moto.core.models import DEFAULT_ACCOUNT_ID

REGION = "eu-central-1"
ACCOUNT = DEFAULT_ACCOUNT_ID

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_SESSION_TOKEN": "local",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    # Otherwise DynamoDB Streams calls go to an account-based host that moto doesn't answer.
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What must stand in the environment before the first client is made."""


def client(service: str) -> Any:
    """A client for the runner's own calls. They carry no invocation, so no fault hits them."""
    with _making_clients:
        return _session().create_client(service, region_name=REGION, config=Config(max_pool_connections=32))


_making_clients = threading.Lock()


@cache
def _session() -> botocore.session.Session:
    """Reads each service's description once. Not safe to share between threads while it makes clients."""
    return botocore.session.get_session()
