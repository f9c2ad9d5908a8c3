"""The pages in Arabic: chosen by the browser or the account, mirrored, every text in the catalogue."""

import re

from playwright.sync_api import expect

from tests.e2e.web.conftest import PASSWORD, Visit


def test_who_reads_arabic_signs_in_and_files_a_ticket(visit: Visit) -> None:
    page = visit(locale="ar-EG")
    page.goto("/login")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.get_by_role("textbox", name="البريد الإلكتروني").fill("client2@example.com")
    page.get_by_label("كلمة المرور").fill(PASSWORD)
    page.get_by_role("button", name="تسجيل الدخول").click()
    page.get_by_role("link", name="تذكرة جديدة").click()
    page.get_by_role("textbox", name="العنوان").fill("لا أستطيع تسجيل الدخول")
    page.get_by_role("textbox", name="الوصف").fill("منذ هذا الصباح.")
    page.get_by_role("button", name="إنشاء تذكرة").click()
    expect(page.get_by_role("heading", name="لا أستطيع تسجيل الدخول")).to_be_visible()
    expect(page.get_by_text("مفتوحة", exact=True)).to_be_visible()
    navigation = page.get_by_role("navigation", name="الصفحات").bounding_box()
    content = page.get_by_role("main").bounding_box()
    assert navigation
    assert content
    assert navigation["x"] > content["x"], "the pages stand at the right, where reading begins"
    page.get_by_role("button", name=re.compile("^محادثة")).click()
    expect(page.get_by_role("dialog").get_by_role("textbox", name="رسالة")).to_be_visible()
