"""An admin in the browser: the desk's figures, reports, people."""

from playwright.sync_api import expect

from tests.e2e.web.conftest import Visit
from tests.e2e.web.test_client import file_ticket


def test_an_admin_sees_the_figures_move_and_what_is_behind_them(visit: Visit) -> None:
    page = visit("admin@example.com")
    expect(page).to_have_url("/figures")
    expect(page.get_by_role("heading", level=1, name="Figures")).to_be_visible()
    created = page.get_by_role("link", name="Created").get_by_role("strong")
    expect(created).to_be_visible()
    before = int(created.inner_text())

    file_ticket(visit("client2@example.com"), "Counted while somebody looks")
    expect(created).to_have_text(str(before + 1))

    page.get_by_role("button", name="Last 7 days").click()
    expect(page.get_by_role("table", name="Tickets created and resolved").get_by_role("row")).to_have_count(8)
    page.reload()
    expect(page.get_by_role("table", name="Tickets created and resolved").get_by_role("row")).to_have_count(8)
    page.get_by_role("link", name="Created").click()
    expect(page.get_by_role("heading", level=1, name="Tickets")).to_be_visible()
    expect(page.get_by_role("link", name="Counted while somebody looks")).to_be_visible()


def test_days_the_wrong_way_round_are_said_at_their_field(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.get_by_label("From").fill("2026-02-02")
    page.get_by_label("To").fill("2026-02-01")
    page.get_by_role("button", name="Show these days").click()
    expect(page.get_by_role("form", name="Days").locator("[data-invalid] [slot=errorMessage]").first).to_be_visible()
    expect(page.get_by_label("From")).to_have_value("2026-02-02")


def test_an_admin_creates_a_report_and_downloads_it(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.get_by_role("link", name="Reports").click()
    page.get_by_role("button", name="Create report").click()
    row = page.get_by_role("list", name="Reports made").get_by_role("listitem").filter(has_text="PDF").first
    with page.expect_download(timeout=60_000) as download:
        row.get_by_role("button", name="Download").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(page.get_by_role("button", name="Download")).to_be_visible()


def test_an_admin_has_a_report_made_every_week_and_ends_that(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.goto("/reports")
    page.get_by_role("button", name="New schedule").click()
    page.get_by_role("dialog").get_by_role("button", name="Create schedule").click()
    row = page.get_by_role("list", name="Schedules").get_by_role("listitem")
    expect(row).to_contain_text("Every week: Overview")
    expect(row).to_contain_text("Admin")
    row.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No schedule yet")).to_be_visible()


def test_an_admin_invites_somebody_changes_and_deactivates_them(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.get_by_role("link", name="People").click()
    page.get_by_role("button", name="Invite somebody").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Email").fill("admin@example.com")
    dialog.get_by_role("textbox", name="Name").fill("Noor Invited")
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(dialog.get_by_text("This address has an account already.")).to_be_visible()
    dialog.get_by_role("textbox", name="Email").fill("noor@example.com")
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(dialog).to_have_count(0)

    page.get_by_role("searchbox", name="Search people").fill("noor")
    page.get_by_role("searchbox", name="Search people").press("Enter")
    rows = page.get_by_role("list", name="People").get_by_role("listitem")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("noor@example.com")
    rows.get_by_role("button", name="Change Noor Invited").click()
    dialog.get_by_role("textbox", name="Name").fill("Noor Changed")
    dialog.get_by_role("textbox", name="Capacity").fill("12")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    rows.get_by_role("button", name="Change Noor Changed").click()
    expect(dialog.get_by_role("textbox", name="Capacity")).to_have_value("12")
    dialog.get_by_role("button", name="Close this window").click()

    rows.get_by_role("button", name="Deactivate Noor Changed").click()
    expect(dialog.get_by_text("They have no ticket at the moment.")).to_be_visible()
    dialog.get_by_role("button", name="Deactivate", exact=True).click()
    expect(rows.get_by_text("Deactivated")).to_be_visible()
    rows.get_by_role("button", name="Activate Noor Changed").click()
    expect(rows.get_by_text("Deactivated")).to_have_count(0)


def test_the_last_admin_stays_one(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.goto("/users?role=admin")
    expect(page.get_by_role("button", name="Deactivate Admin")).to_have_count(0)
    page.get_by_role("button", name="Change Admin").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Role").click()
    page.get_by_role("option", name="Client").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("This is your own account")).to_be_visible()
    dialog.get_by_role("button", name="Change my own role").click()
    expect(dialog.locator("[role=alert], [slot=errorMessage]").filter(has_text="admin").last).to_be_visible()
    page.goto("/users")
    expect(page.get_by_role("heading", level=1, name="People")).to_be_visible()


def test_an_admin_makes_a_team_and_sees_everybodys_load(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.get_by_role("link", name="Teams").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Field service")
    page.get_by_role("textbox", name="Short name").fill("field-service")
    page.get_by_role("button", name="Create team").click()
    expect(page.get_by_role("list", name="Teams").get_by_text("Field service")).to_be_visible()
    page.get_by_role("link", name="Agents", exact=True).click()
    agents = page.get_by_role("list", name="Agents of Support").get_by_role("listitem")
    expect(agents.filter(has_text="Agent 1")).to_contain_text("Workload")
