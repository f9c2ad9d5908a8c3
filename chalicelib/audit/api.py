"""Reading the audit."""

from chalicelib.audit import schemas, service
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page

routes = Routes("Audit")


@routes.get(
    "/audit",
    summary="Read who did what",
    query=schemas.AuditFilters,
    answers=schemas.AuditEntryShown,
    lists=True,
)
def list_audit(call: Call) -> Page[schemas.AuditEntryShown]:
    """Newest first, of the last 400 days. Nothing in it ever changes."""
    asked = call.query
    filters = service.Filters(asked.actor, asked.subject, asked.action, asked.since, asked.until)
    page = service.page(filters, call.page)
    return Page([schemas.shown(entry) for entry in page.items], page.next)
