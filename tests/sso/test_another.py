"""The same with another provider: nothing is made to fit one of them."""

import pytest

from .conftest import STUDENT

pytestmark = pytest.mark.usefixtures("plain")


def let_in(browser, desk, person):
    """Sign in on the provider's page; the page of the desk on which it ends."""
    page = browser.follow(f"{desk.url}/auth/campus/start?redirect=/my/progress")
    answer = browser.step(page.url, method="POST", data={"sub": person})
    return browser.follow(answer.headers["Location"])


def test_a_student_signs_in_by_another_provider_with_the_number_from_user_information(browse, desk):
    browser = browse(None)
    answer = let_in(browser, desk, STUDENT)
    assert answer.status_code == 200
    assert answer.url == f"{desk.url}/my/progress"
    assert STUDENT in answer.text


def test_somebody_who_has_no_number_there_is_refused(browse, desk):
    browser = browse(None)
    assert let_in(browser, desk, "somebody").status_code == 403
    assert not browser.is_in()


def test_signing_out_leads_to_that_provider_too(plain, browse, desk):
    browser = browse(None)
    let_in(browser, desk, STUDENT)
    page = browser.follow(f"{desk.url}/web/session/logout")
    assert page.url.startswith(f"{plain}/oauth2/end_session?")
    assert not browser.is_in()
