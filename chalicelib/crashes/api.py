"""The route by which the web client reports its crashes: to the log, and to a metric that an alarm watches."""

from chalicelib.auth import attempts
from chalicelib.crashes import schemas
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.log import log
from chalicelib.measures import count

routes = Routes("Service")


@routes.post(
    "/client-errors",
    summary="Tell of a crash of the web client",
    body=schemas.ClientError,
    status=204,
    errors={429: "Too many from this address in an hour."},
)
def tell_of_crash(call: Call) -> None:
    """Of each crash once. Nothing that people wrote belongs here."""
    attempts.client_error(call.origin)
    told = call.body
    count("ClientErrors")
    line = {"kind": told.kind, "error": told.name, "page": told.page, "version": told.version}
    log.warning("client error", extra={**line, "place": next(iter(told.places), None), "places": told.places})
