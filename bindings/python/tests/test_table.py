"""Tables from Python values, and what can be read from them."""

import datetime as dt
import zoneinfo
from array import array

import numpy as np
import pyarrow as pa
import pytest

import govcore as gov


def test_lists_get_the_type_of_their_values():
    east = dt.timezone(dt.timedelta(hours=8))
    data = {
        "int": [1, None, -(2**63)], "float": [1, None, 2.5], "bool": [True, None, False], "text": ["", None, "𠮷"],
        "day": [dt.date(1969, 12, 31), None, dt.date(9999, 12, 31)], "none": [None, None, None],
        "local": [dt.datetime(2021, 7, 1, 8, 0, 0, 1), None, dt.datetime(1, 1, 1)],
        "zoned": [dt.datetime(2021, 7, 1, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai")), None, None],
        "offset": [dt.datetime(2021, 7, 1, tzinfo=east), None, None],
    }
    table = gov.Table(data)
    assert table.schema == {
        "int": "int64", "float": "float64", "bool": "bool", "text": "utf8", "day": "date", "none": "null",
        "local": "timestamp[us]", "zoned": "timestamp[us, Asia/Shanghai]", "offset": "timestamp[us, +08:00]",
    }
    assert table.to_dict() == data
    assert table.shape == (3, 9) and len(table) == 3


@pytest.mark.parametrize("kind", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32",
                                  "float64"])
def test_numpy_arrays_keep_their_type(kind):
    info = np.iinfo(kind) if "int" in kind else np.finfo(kind)
    values = np.array([info.min, 0, 1, info.max], dtype=kind)
    column = gov.Table({"a": values})["a"]
    assert column.type == kind
    assert column.to_list() == values.tolist()
    assert np.array_equal(np.asarray(column.to_array()), values)


def test_numpy_booleans_dates_and_strides():
    table = gov.Table({
        "flag": np.array([True, False, True]),
        "day": np.array(["2021-07-01", "NaT", "1950-01-01"], dtype="datetime64[D]"),
        "time": np.array(["2021-07-01T08:00:00.5", "NaT", "1950-01-01"], dtype="datetime64[ms]"),
        "every second": np.arange(6.0)[::2],
        "swapped": np.arange(3, dtype=">i4"),
        "array": array("h", [1, 2, 3]),
    })
    assert table.to_dict() == {
        "flag": [True, False, True], "day": [dt.date(2021, 7, 1), None, dt.date(1950, 1, 1)],
        "time": [dt.datetime(2021, 7, 1, 8, 0, 0, 500000), None, dt.datetime(1950, 1, 1)],
        "every second": [0.0, 2.0, 4.0], "swapped": [0, 1, 2], "array": [1, 2, 3],
    }


@pytest.mark.parametrize("data, reason", [
    ({"a": [1, "x"]}, "mixes"), ({"a": "text"}, "sequence"), ({"a": 3}, "sequence"), ({"a": [object()]}, "kind of value"),
    ({1: [1]}, "name"), ({"a": [dt.datetime(2021, 1, 1), dt.datetime(2021, 1, 1, tzinfo=dt.timezone.utc)]}, "zones"),
    ([1, 2], "Table is made of"), (None, "Table is made of"),
])
def test_values_that_make_no_table(data, reason):
    with pytest.raises(TypeError, match=reason):
        gov.Table(data)


def test_columns_of_unequal_length_are_refused_by_name():
    with pytest.raises(gov.GovValueError) as caught:
        gov.Table({"a": [1, 2], "b": [1]})
    assert caught.value.code == "GOV_E_ARGUMENT"
    assert "b" in str(caught.value)


def test_a_column_name_stands_once():
    with pytest.raises(gov.GovError, match="twice|name"):
        gov.Table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]))


def test_a_nan_in_a_list_is_an_error_that_names_the_row():
    with pytest.raises(gov.GovValueError) as caught:
        gov.Table({"a": [1.0, float("nan")]})
    assert (caught.value.code, caught.value.row) == ("GOV_E_RANGE", 1)


def test_columns_are_sequences():
    column = gov.Table({"n": [10, None, 30, 40]})["n"]
    assert len(column) == 4 and column[0] == 10 and column[-1] == 40 and column[1] is None
    assert column[1:3] == [None, 30] and column[::2] == [10, 30] and column[3:1] == []
    assert list(column) == [10, None, 30, 40] and 30 in column and column.index(40) == 3
    assert column.null_count == 1 and column.valid() == b"\1\0\1\1"
    with pytest.raises(IndexError):
        column[4]


def test_rows_slices_and_selection():
    table = gov.Table({"a": [1, 2, 3], "b": ["x", None, "z"], "c": [True, False, None]})
    assert table[1:].to_dict() == {"a": [2, 3], "b": [None, "z"], "c": [False, None]}
    assert table[-1:].to_dict() == table[2:99].to_dict()
    assert len(table[2:1]) == 0
    assert table.select(["c", "a"]).columns == ["c", "a"]
    assert "b" in table and "z" not in table
    assert list(table.rows())[1] == {"a": 2, "b": None, "c": False}
    with pytest.raises(ValueError):
        table[::2]
    with pytest.raises(KeyError):
        table.select(["a", "nothing"])


def test_looks():
    table = gov.Table({"名": ["<b>", None], "n": [1, 2]})
    assert "2 rows × 2 columns" in repr(table) and "名 (utf8)" in repr(table)
    page = table._repr_html_()
    assert "&lt;b&gt;" in page and "<b>" not in page
    assert repr(gov.Table({"n": list(range(50))})["n"]).endswith("…>")


def test_csv_round_trip(tmp_path):
    table = gov.Table({"code": ["0012", "310104", None], "n": [1, None, 3], "x": [0.1, 2.5, None],
                       "text": ['a"b', "c,d\ne", ""], "day": [dt.date(2021, 7, 1), None, None],
                       "flag": [True, False, None]})
    path = tmp_path / "table.csv"
    table.to_csv(path)
    assert path.read_text(encoding="utf-8") == table.to_csv()
    again = gov.read_csv(path, types={"code": "utf8"})
    assert again.schema == table.schema
    assert again.to_dict() == table.to_dict()


def test_csv_in_gb18030_with_another_delimiter(tmp_path):
    path = tmp_path / "gb.csv"
    path.write_bytes("网格;户数\n桂林路;12\n田林;8\n".encode("gb18030"))
    table = gov.read_csv(path, delimiter=";")
    assert table.to_dict() == {"网格": ["桂林路", "田林"], "户数": [12, 8]}
    with pytest.raises(gov.GovValueError) as caught:
        gov.read_csv(path, encoding="utf-8")
    assert caught.value.code == "GOV_E_ENCODING"


def test_json():
    import json
    table = gov.Table({"a": [1, None], "day": [dt.date(2021, 7, 1), None], "t": ["中", '"']})
    assert json.loads(table.to_json()) == [{"a": 1, "day": "2021-07-01", "t": "中"}, {"a": None, "day": None, "t": '"'}]
