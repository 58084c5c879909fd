"""The photo of a passport that a telephone took: made smaller, or named with a way out."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from .copies import Copy, bring_in

OWN = "210941611"
LONGEST = 3000
FIELD = "#profile_passport_copy"


@pytest.fixture
def page(school, enter, tmp_path_factory):
    bring_in(school, tmp_path_factory.mktemp("photo"), Copy("210941001", OWN))
    page = enter(OWN).begins_at("/my/profile")
    page.check("#profile_use_alias")
    page.fill("#profile_alias_name", "WANG, DAVID")
    return page


def photo(width, height):
    file = io.BytesIO()
    Image.new("RGB", (width, height), (200, 210, 230)).save(file, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def heic():
    """The beginning of such a photo: this browser opens none."""
    content = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(1000)
    return {"name": "IMG_0002.HEIC", "mimeType": "image/heic", "buffer": content}


def test_a_photo_of_48_megapixels_is_made_smaller_before_it_is_sent(page):
    page.set_input_files(FIELD, photo(8064, 6048))
    expect(page.locator("[data-photo=done]")).to_be_visible()
    page.click("button[value=save]:visible")
    page.wait_for_url("**saved=1**")
    kept = Image.open(io.BytesIO(page.request.get("/my/profile/passport").body()))
    assert (kept.format, max(kept.size)) == ("JPEG", LONGEST)
    assert round(kept.width / kept.height, 2) == round(8064 / 6048, 2)


def test_sent_before_it_is_smaller_the_form_waits_for_the_photo(page):
    page.set_input_files(FIELD, photo(8064, 6048))
    page.click("button[value=save]:visible")
    page.wait_for_url("**saved=1**")
    kept = Image.open(io.BytesIO(page.request.get("/my/profile/passport").body()))
    assert max(kept.size) == LONGEST


def test_a_photo_that_fits_is_sent_as_it_is(page):
    small = photo(800, 600)
    page.set_input_files(FIELD, small)
    page.click("button[value=save]:visible")
    page.wait_for_url("**saved=1**")
    assert page.request.get("/my/profile/passport").body() == small["buffer"]


def test_a_format_that_opens_nowhere_is_named_with_a_way_out(page):
    page.set_input_files(FIELD, heic())
    said = page.locator("[data-photo=format]")
    expect(said).to_be_visible()
    expect(said).to_contain_text("HEIC")
    expect(said).to_contain_text("截圖")
    page.click("button[value=save]:visible")
    expect(page.locator("#profile_passport_copy_error")).to_contain_text("HEIC")
