"""What every test needs before the first import of the deployed code: the environment that its functions would have."""

import os

import hypothesis

from infra.local.engine import ENVIRONMENT
from infra.local.template import RESOURCES, Template

os.environ.update(ENVIRONMENT)
os.environ.update(Template.read(RESOURCES, stream_arn=lambda table: table).environment())

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")
