"""Failures: the right exception, with the place, and nothing left behind."""

import gc
import os
import pickle

import pytest

import govcore as gov


def write(folder, text):
    path = folder / "bad.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_cell_of_the_wrong_type_has_file_line_column_row_and_name(tmp_path):
    path = write(tmp_path, "code,cases\na,1\nb,many\n")
    with pytest.raises(ValueError) as caught:
        gov.read_csv(path, types={"cases": "int64"})
    error = caught.value
    assert isinstance(error, gov.GovValueError)
    assert error.file == str(path)
    assert (error.line, error.column, error.row, error.name) == (3, 3, 1, "cases")
    assert error.code in ("GOV_E_TYPE", "GOV_E_RANGE", "GOV_E_FORMAT")
    assert f"{path}, line 3, column 3, row 1, 'cases'" in str(error)


def test_too_many_fields_and_an_open_quote(tmp_path):
    with pytest.raises(gov.GovValueError) as caught:
        gov.read_csv(write(tmp_path, "a,b\n1,2\n1,2,3\n"))
    assert (caught.value.code, caught.value.line) == ("GOV_E_FORMAT", 3)
    with pytest.raises(gov.GovValueError) as caught:
        gov.read_csv(write(tmp_path, 'a,b\n1,"2\n'))
    assert caught.value.code == "GOV_E_FORMAT"


def test_a_file_that_is_not_there_is_an_oserror(tmp_path):
    with pytest.raises(OSError) as caught:
        gov.read_csv(tmp_path / "nothing.csv")
    assert isinstance(caught.value, gov.GovOSError)
    assert caught.value.code == "GOV_E_IO"
    assert caught.value.file == str(tmp_path / "nothing.csv")


def test_an_unknown_column_is_a_keyerror_with_its_name():
    with pytest.raises(KeyError) as caught:
        gov.Table({"a": [1]})["b"]
    assert isinstance(caught.value, gov.GovKeyError)
    assert (caught.value.code, caught.value.name) == ("GOV_E_UNKNOWN_NAME", "b")
    assert caught.value.row is None and caught.value.line is None


def test_what_does_not_apply_is_none_and_every_class_is_a_goverror():
    for kind in (gov.GovValueError, gov.GovKeyError, gov.GovOSError, gov.GovMemoryError, gov.GovCancelled):
        error = kind("no reason", code="GOV_E_RANGE", row=0)
        assert isinstance(error, gov.GovError)
        assert (error.row, error.line, error.column, error.file, error.name) == (0, None, None, None, None)
        assert str(error) == "no reason (row 0)"
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_zero_character_is_refused_and_not_cut():
    with pytest.raises(ValueError):
        gov.Table({"a": [1]})["a\0b"]
    with pytest.raises(ValueError):
        gov.read_csv("x\0.csv")


def test_the_extension_refuses_arguments_of_the_wrong_kind():
    from govcore import _govcore as c
    with pytest.raises(TypeError):
        c.table_rows(None)
    with pytest.raises(TypeError):
        c.table_rows(42)
    table = gov.Table({"a": [1.0, 2.0]})._native
    with pytest.raises(TypeError):
        c.table_copy_doubles(table, 0, 0, [0.0, 0.0], None)
    with pytest.raises(TypeError):
        c.table_copy_doubles(table, 0, 0, bytes(16), None)
    with pytest.raises(gov.GovError):
        c.table_copy_raw(table, 0, 0, 99, bytearray(99 * 8))
    with pytest.raises(gov.GovError):
        c.table_copy_raw(table, 7, 0, 1, bytearray(8))


@pytest.mark.skipif("libasan" in os.environ.get("LD_PRELOAD", ""), reason="the sanitizer keeps freed memory")
def test_failures_leave_no_memory_behind(tmp_path):
    import resource
    path = write(tmp_path, "a,b\n" + "1,2\n" * 20000 + "1,2,3\n")

    def fail(times):
        for _ in range(times):
            with pytest.raises(gov.GovError):
                gov.read_csv(path)
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = fail(20)
    assert fail(100) - before < 8 * 1024
