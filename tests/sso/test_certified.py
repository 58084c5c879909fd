"""Single sign-on with a certified provider: what it says is taken, and nothing that was changed."""

import re
import time
from urllib.parse import urljoin

import pytest

from .conftest import OTHER_STUDENT, STUDENT
from .real import new_key

pytestmark = pytest.mark.usefixtures("campus")

REFERENCE = re.compile(r'id="sso_reference"[^>]*>([0-9A-F]{8})<')
START = re.compile(r'id="sso_start"\s+href="([^"]+)"')
CSRF_TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
TYPED = "02-0000-0000"


def refused(browser, answer):
    """The page is the one for whatever went wrong, and nobody is in."""
    assert answer.status_code == 403, answer.url
    (reference,) = REFERENCE.findall(answer.text)
    assert not browser.is_in()
    return reference


def test_a_student_signs_in_by_the_portal_and_lands_where_she_wanted(browse, desk):
    before = desk.call("res.users", "search_count", [["active", "in", [True, False]]])
    browser = browse()
    assert browser.step(f"{desk.url}/web/login").status_code == 200
    visitor = browser.key
    answer = browser.sign_in("/my/progress")
    assert answer.status_code == 200
    assert answer.url == f"{desk.url}/my/progress"
    assert STUDENT in answer.text
    assert browser.key != visitor
    assert "no-store" in answer.headers["Cache-Control"]
    assert desk.call("res.users", "search_count", [["active", "in", [True, False]]]) == before


def test_the_portals_own_menu_signs_straight_in_and_leads_nowhere_else(campus, browse, desk):
    start = f"{desk.url}/auth/campus/start?iss={campus.url}"
    answer = browse().follow(f"{start}&target_link_uri={desk.url}/my/profile")
    assert (answer.status_code, answer.url) == (200, f"{desk.url}/my/profile")
    outside = browse().follow(f"{start}&target_link_uri=https://evil.example.com/my")
    assert outside.url == f"{desk.url}/my"
    browser = browse()
    refused(browser, browser.follow(f"{desk.url}/auth/campus/start?iss=https://evil.example.com"))


@pytest.mark.parametrize("target", ["//evil.example.com", "https://evil.example.com", "/\\evil"])
def test_nobody_is_led_outside_after_signing_in(browse, desk, target):
    assert browse().sign_in(target).url == f"{desk.url}/my"


def test_another_student_at_the_same_browser_gets_a_session_of_her_own(browse):
    browser = browse()
    assert STUDENT in browser.sign_in("/my/progress").text
    first = browser.key
    browser.is_now(OTHER_STUDENT)
    answer = browser.sign_in("/my/progress")
    assert OTHER_STUDENT in answer.text
    assert STUDENT not in answer.text
    assert browser.key != first


@pytest.mark.parametrize(("person", "finds_it"), [(STUDENT, True), (OTHER_STUDENT, False)])
def test_a_form_that_came_too_late_is_found_again_by_its_sender_alone(
    browse, desk, person, finds_it
):
    browser = browse()
    page = browser.sign_in("/my/profile")
    form = {"csrf_token": CSRF_TOKEN.search(page.text)[1], "phone": TYPED, "action": "save"}
    assert TYPED not in page.text
    browser.forget("session_id")
    answer = browser.step(page.url, method="POST", data=form)
    assert "expired=kept" in answer.headers["Location"]
    sign_in = browser.follow(urljoin(desk.url, answer.headers["Location"]))
    assert "alert-warning" in sign_in.text
    browser.is_now(person)
    answer = browser.follow(urljoin(desk.url, START.search(sign_in.text)[1]))
    assert answer.url == f"{desk.url}/my/profile"
    assert person in answer.text
    assert (TYPED in answer.text) is finds_it


def test_a_wrong_issuer_is_refused_in_the_description_in_the_token_and_in_the_answer(
    campus, browse, desk
):
    browser = browse()
    campus.say(iss="http://127.0.0.1:9")
    refused(browser, browser.sign_in())
    campus.honest()
    callback = browser.callback()
    iss = campus.url.replace(":", "%3A").replace("/", "%2F")
    assert f"iss={iss}" in callback
    refused(browser, browser.follow(callback.replace(f"iss={iss}", "iss=http%3A%2F%2Fother")))
    callback = browser.callback()
    refused(browser, browser.follow(callback.replace(f"&iss={iss}", "")))
    desk.portal(ntue_issuer=f"{campus.url}/")
    refused(browser, browser.sign_in())


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another"},
        {"aud": ["desk", "another"]},
        {"aud": None},
        {"azp": "another"},
        {"sub": None},
        {"nonce": "of another sign-in"},
        {"exp": int(time.time()) - 120},
        {"iat": int(time.time()) + 3600},
        {"student_no": None},
        {"student_no": "999999999"},
        {"student_no": [STUDENT]},
        {"student_no": "%"},
        {"student_no": f"{STUDENT[:-1]}_"},
    ],
)
def test_a_token_with_one_claim_changed_is_refused(campus, browse, changes):
    browser = browse()
    campus.say(**changes)
    refused(browser, browser.sign_in())


def test_a_token_for_a_wrong_audience_would_have_been_taken_for_ours(campus, browse):
    """What the case above rests on: signed anew, with nothing changed, it is taken."""
    campus.say(student_no=STUDENT)
    assert browse().sign_in().status_code == 200


def test_a_missing_nonce_is_refused(campus, browse):
    browser = browse()
    campus.left_out = {"nonce"}
    refused(browser, browser.sign_in())


def test_an_unsigned_token_is_refused(campus, browse):
    browser = browse()
    campus.leave_unsigned()
    refused(browser, browser.sign_in())


def test_a_code_is_good_once_and_in_the_browser_that_asked_for_it(browse):
    victim, thief = browse(), browse(OTHER_STUDENT)
    callback = victim.callback()
    code = re.search(r"code=([^&]+)", callback)[1]
    # Somebody else's code under a state of their own: the verifier is not theirs.
    own = thief.callback()
    refused(thief, thief.follow(re.sub(r"code=[^&]+", f"code={code}", own)))
    # A code once more, by anyone who signed in with it.
    callback = victim.callback()
    assert victim.follow(callback).status_code == 200
    again = victim.step(callback)
    assert again.status_code == 403
    assert REFERENCE.search(again.text)
    refused(thief, thief.follow(callback))


def test_a_swapped_state_is_refused(browse):
    one, other = browse(), browse(OTHER_STUDENT)
    mine, theirs = one.callback(), other.callback()
    # The address of one, opened by the other: nobody is signed in as somebody else.
    refused(other, other.follow(mine))
    refused(one, one.follow(re.sub(r"state=[^&]+", "state=made-up", theirs)))
    refused(one, one.follow(re.sub(r"state=[^&]+&?", "", mine)))
    assert one.follow(mine).status_code == 200


def test_a_key_that_the_portal_has_rotated_in_is_taken_at_once_and_an_old_one_no_longer(
    campus, browse
):
    assert browse().sign_in().status_code == 200
    provider = campus.provider
    old = provider.keys[0]
    provider.keys = [new_key("second")]
    provider.start()
    assert browse().sign_in().status_code == 200
    campus.sign(old)
    browser = browse()
    refused(browser, browser.sign_in())


def test_somebody_whom_the_portal_does_not_let_in_is_refused(browse):
    browser = browse(None)
    refused(browser, browser.sign_in())


def test_no_account_is_made_and_a_closed_one_stays_closed(browse, desk):
    before = desk.call("res.users", "search_count", [["active", "in", [True, False]]])
    stranger = browse("299999999")
    refused(stranger, stranger.sign_in())
    account = desk.account(OTHER_STUDENT)
    desk.call("res.users", "write", [account], {"active": False})
    closed = browse(OTHER_STUDENT)
    refused(closed, closed.sign_in())
    desk.call("res.users", "write", [account], {"active": True})
    assert closed.sign_in().status_code == 200
    assert desk.call("res.users", "search_count", [["active", "in", [True, False]]]) == before


def test_every_failure_has_the_same_page_but_for_its_reference(campus, browse):
    pages = set()
    for person, changes in (("299999999", {}), (None, {}), (STUDENT, {"aud": "another"})):
        campus.honest()
        if changes:
            campus.say(**changes)
        answer = browse(person).sign_in()
        assert answer.status_code == 403
        pages.add(re.sub(r"csrf_token: \"[^\"]*\"", "", REFERENCE.sub("", answer.text)))
    assert len(pages) == 1


def test_the_number_may_come_by_user_information(campus, browse, desk):
    provider = campus.provider
    provider.by_userinfo = True
    provider.start()
    browser = browse()
    refused(browser, browser.sign_in())
    desk.portal(ntue_ask_userinfo=True)
    assert browser.sign_in().status_code == 200
    provider.by_userinfo = False
    provider.start()


def test_somebody_who_signs_out_here_is_signed_out_at_the_portal(campus, browse, desk):
    browser = browse()
    browser.sign_in()
    other = browse()
    other.sign_in()
    page = browser.follow(f"{desk.url}/web/session/logout")
    assert page.url.startswith(f"{campus.url}/session/end?")
    assert not browser.is_in()
    answer = confirm(browser, campus, page)
    assert answer.url == f"{desk.url}/web/login"
    assert other.is_in()


def test_somebody_who_signs_out_at_the_portal_is_signed_out_here(campus, browse):
    browser, elsewhere = browse(), browse()
    browser.sign_in()
    elsewhere.sign_in()
    assert browser.is_in()
    confirm(browser, campus, browser.follow(f"{campus.url}/session/end"))
    assert not browser.is_in()
    assert elsewhere.is_in()


def confirm(browser, campus, page):
    """Press yes on the portal's page for signing out; the page on which it ends."""
    xsrf = re.search(r'name="xsrf" value="([^"]+)"', page.text)[1]
    answer = browser.step(
        f"{campus.url}/session/end/confirm",
        method="POST",
        data={"xsrf": xsrf, "logout": "yes"},
    )
    return browser.follow(answer.headers["Location"])


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_an_order_to_end_sessions_that_is_not_the_portals_ends_none(browse, desk, token):
    browser = browse()
    browser.sign_in()
    answer = browser.step(
        f"{desk.url}/auth/campus/backchannel", method="POST", data={"logout_token": token}
    )
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request"}
    assert "no-store" in answer.headers["Cache-Control"]
    assert browser.is_in()


def test_the_button_that_tries_the_connection_says_what_is_wrong(campus, desk):
    def said(**values):
        portal = desk.portal(**values)
        try:
            found = desk.call("auth.oauth.provider", "action_ntue_test_connection", [portal])
        except AssertionError as error:
            return str(error)
        return f"{found['params']['type']}: {found['params']['message']}"

    assert said().startswith("success: ")
    assert "names another issuer" in said(ntue_issuer=f"{campus.url}/")
    assert "gives no answer" in said(ntue_issuer="http://127.0.0.1:9")
    assert "does not know this client" in said(ntue_issuer=campus.url, client_id="another")
    campus.description = lambda document: {**document, "jwks_uri": f"{campus.url}/nothing"}
    assert "keys" in said(client_id="desk")
    campus.description = lambda document: {**document, "token_endpoint": "http://example.com/t"}
    assert "token_endpoint" in said()
    campus.description = lambda document: {**document, "code_challenge_methods_supported": []}
    assert said().startswith("warning: ")
    campus.honest()
    assert said().startswith("success: ")
