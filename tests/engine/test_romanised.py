"""What is suggested as a name in Latin letters: checked against names as passports have them."""

import pytest
import romanised


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("王大明", "WANG, TA-MING"),  # the notice's own (44)
        ("張志強", "CHANG, CHIH-CHIANG"),
        ("徐玉婷", "HSU, YU-TING"),
        ("呂秀蘭", "LU, HSIU-LAN"),
        ("許慈", "HSU, TZU"),
        ("鄭 小雲", "CHENG, HSIAO-YUN"),
    ],
)
def test_a_name_is_suggested_as_passports_of_taiwan_write_it(name, written):
    assert romanised.suggestion(name) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("曾小樂", "TSENG, HSIAO-LE"),
        ("任小明", "JEN, HSIAO-MING"),
        ("單小明", "SHAN, HSIAO-MING"),
        ("區小明", "OU, HSIAO-MING"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, written):
    assert romanised.suggestion(name) == written


def test_a_surname_of_two_characters_stays_together():
    assert romanised.suggestion("歐陽小美") == "OUYANG, HSIAO-MEI"
    assert romanised.suggestion("范姜大明") == "FAN-CHIANG, TA-MING"
    assert romanised.suggestion("歐陽") == "OU, YANG"


@pytest.mark.parametrize(
    "name", ["", "王", "Wang Ta-ming", "王大明Ｘ", "拉罕·羅幸", "一二三四五六七"]
)
def test_nothing_is_suggested_for_what_is_no_chinese_name(name):
    assert romanised.suggestion(name) == ""


def test_without_the_readings_nothing_is_suggested(monkeypatch):
    monkeypatch.setattr(romanised, "lazy_pinyin", None)
    assert romanised.suggestion("王大明") == ""
