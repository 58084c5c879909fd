"""The guide's pictures: where they are and how they are taken again."""

PICTURES = "addons/ntue_graduation/static/guide"
TEST = "tests/e2e/test_guide.py"

RENEW = "NTUE_RENEW_GUIDE"
"""Environment variable with which the test keeps the pictures that it takes."""

HOW_TO_RENEW = "The guide shows an older product: run `make guide` and look at its pictures."
