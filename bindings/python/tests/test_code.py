"""Identifiers, masks, pseudonyms and the working calendar from Python."""

import datetime as dt
import hashlib
import hmac
import random

import pytest

import govcore as gov

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def check_character(digits):
    """ISO 7064 MOD 11-2 as GB 11643-1999 writes it down."""
    return "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, digits)) % 11]


def test_the_examples_of_the_standards_are_read():
    person = gov.code.citizen_id("11010519491231002X")
    assert (person.division, person.birth, person.sex) == ("110105", dt.date(1949, 12, 31), 2)
    assert person.age(dt.date(2021, 12, 30)) == 71 and person.age(dt.date(2021, 12, 31)) == 72
    company = gov.code.credit_code("91350100M000100Y43")
    assert (company.authority, company.division, company.organisation) == ("9", "350100", "M000100Y4")


@pytest.mark.parametrize("read, text, code, column", [
    (gov.code.citizen_id, "110105194912310021", "GOV_E_CHECK_DIGIT", 18),
    (gov.code.citizen_id, "11010519490230002X", "GOV_E_RANGE", None),
    (gov.code.citizen_id, "1101051949123100", "GOV_E_FORMAT", None),
    (gov.code.citizen_id, "", "GOV_E_MISSING", None),
    (gov.code.credit_code, "91350100M000100Y4Z", "GOV_E_FORMAT", 18),
    (gov.code.division, "3101040030011", "GOV_E_FORMAT", None),
    (gov.code.division, "3101x4", "GOV_E_FORMAT", 5),
    (gov.code.grid_code, "310104003001000", "GOV_E_RANGE", None),
])
def test_a_refusal_says_where_and_never_repeats_the_code(read, text, code, column):
    with pytest.raises(gov.GovValueError) as caught:
        read(text)
    assert caught.value.code == code
    assert column is None or caught.value.column == column
    assert text == "" or text not in str(caught.value)


def test_random_ids_agree_with_a_plain_routine():
    rng = random.Random(11643)
    ids, good = [], []
    for _ in range(2000):
        day = dt.date(1930, 1, 1) + dt.timedelta(days=rng.randrange(30000))
        body = f"{rng.choice(['110105', '310104', '440305'])}{day:%Y%m%d}{rng.randrange(1, 1000):03d}"
        right = check_character(body)
        last = right if rng.random() < 0.5 else rng.choice("0123456789X")
        ids.append(body + last)
        good.append(last == right)
    verdicts = gov.code.check({"id": ids}, "id", "citizen_id")
    assert verdicts["valid"].to_list() == good
    assert {reason for reason in verdicts["reason"] if reason} == {"check_digit"}
    refused = gov.code.check({"id": ids}, "id", "citizen_id", refused_only=True)
    assert refused["row"].to_list() == [i for i, ok in enumerate(good) if not ok]


def test_what_a_column_of_ids_says():
    table = gov.code.citizen_ids({"id": ["11010519491231002X", None, "bad"]}, "id", as_of=dt.date(2021, 7, 1))
    assert table["birth"].to_list() == [dt.date(1949, 12, 31), None, None]
    assert table["age"].to_list() == [71, None, None]


def test_divisions_and_grids():
    street = gov.code.division("310104003000")
    assert (street.code, street.level, street.street_type, street.parent) == ("310104003", "street", "street", "310104")
    assert gov.code.division("31").parent is None
    cell = gov.code.grid_code("310104003001002")
    assert (cell.community, cell.sequence) == ("310104003001", 2)


def test_code_sets():
    assert gov.code.lookup("sex", "1").zh == "男性"
    assert "sex" in gov.code.sets()["set"].to_list()
    assert gov.code.items("sex")["code"].to_list()
    with pytest.raises(KeyError) as caught:
        gov.code.lookup("sex", "7")
    assert caught.value.name == "7"


def test_masks():
    assert gov.code.mask("citizen_id", "11010519491231002X") == "110105********002X"
    assert gov.code.mask("phone", "13812345678") == "138****5678"
    assert gov.code.mask("name", "欧阳娜娜").startswith("欧阳") and "娜" not in gov.code.mask("name", "欧阳娜娜")
    masked = gov.code.mask_column({"phone": ["13812345678", None]}, "phone", "phone")
    assert masked["phone"].to_list() == ["138****5678", None]
    with pytest.raises(KeyError):
        gov.code.mask("nothing", "text")


def test_a_pseudonym_is_the_hmac_that_the_header_describes():
    key, domain, text = bytes(range(32)), "household", "11010519491231002X"
    message = b"govcore pseudonym 1\0" + len(domain).to_bytes(8, "big") + domain.encode() + text.encode()
    expected = hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
    make = gov.code.Pseudonym(key, domain=domain, encoding="hex")
    assert make(text) == expected
    assert make.column({"id": [text, None]}, "id")["id"].to_list() == [expected, None]
    assert gov.code.pseudonym(key, text, domain=domain) != gov.code.pseudonym(key, text, domain="event")
    with pytest.raises(gov.GovValueError):
        gov.code.Pseudonym(b"short")


def test_small_counts_are_hidden_with_what_would_reveal_them():
    cells = {"grid": list("AABBCC"), "tier": ["high", "low"] * 3, "n": [3, 20, 10, 30, 15, 40]}
    out = gov.code.suppress(cells, "grid", "tier", "n")
    assert out["count"].to_list() == [None, None, 23, None, None, 40, 15, 40, 55, 28, 90, 118]
    assert out["row"].to_list()[-1] is None and out["why"].to_list()[:3] == ["small", "complement", None]
    with pytest.raises(gov.GovValueError) as caught:
        gov.code.suppress({"grid": ["A", "B"], "n": [1, -1]}, "grid", None, "n")
    assert caught.value.row == 1


def test_alike_rows_are_counted():
    people = {"born": [1950, 1950, 1960], "sex": ["2", "2", "2"], "illness": ["a", "b", "a"]}
    out = gov.code.anonymity(people, ["born", "sex"], sensitive="illness")
    assert out.to_dict() == {"class": [0, 0, 1], "size": [2, 2, 1], "distinct": [2, 2, 1]}


def test_grid_codes_are_made():
    assert gov.code.make_grid_code("310104003001", 7) == "310104003001007"
    with pytest.raises(gov.GovValueError):
        gov.code.make_grid_code("310104003001", 1000)


def test_the_working_calendar():
    holidays = gov.Table({"day": [dt.date(2021, 10, 1), dt.date(2021, 10, 9)], "working": [False, True]})
    calendar = gov.code.Calendar(holidays, hours="09:00-12:00,13:00-17:00")
    assert not calendar.is_working(dt.date(2021, 10, 1)) and calendar.is_working(dt.date(2021, 10, 9))
    assert calendar.add_days(dt.date(2021, 9, 30), 1) == dt.date(2021, 10, 4)
    assert calendar.days_between(dt.date(2021, 9, 30), dt.date(2021, 10, 4)) == 1
    start = dt.datetime(2021, 9, 30, 16, 0)
    assert calendar.deadline(start, 2, "working_hour") == dt.datetime(2021, 10, 4, 10, 0)
    assert calendar.elapsed(start, dt.datetime(2021, 10, 4, 10, 0), "working_hour") == dt.timedelta(hours=2)
    with pytest.raises(ValueError):
        gov.code.Calendar(week="monday")
