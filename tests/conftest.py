"""What every test needs before the first import of the deployed code: the environment that its functions would have."""

import os

from infra.local.engine import ENVIRONMENT
from infra.local.template import RESOURCES, Template

os.environ.update(ENVIRONMENT)
os.environ.update(Template.read(RESOURCES, stream_arn=lambda table: table).environment())
