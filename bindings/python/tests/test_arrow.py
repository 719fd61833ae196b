"""Tables by way of Arrow: every library reads what the one before it wrote, and nothing is lost."""

import datetime as dt
import gc
import random
from decimal import Decimal

import duckdb
import nanoarrow
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import govcore as gov

ROWS = 1000
SHANGHAI = "Asia/Shanghai"

INTEGERS = {pa.int8(): 7, pa.int16(): 15, pa.int32(): 31, pa.int64(): 63}
UNSIGNED = {pa.uint8(): 8, pa.uint16(): 16, pa.uint32(): 32, pa.uint64(): 64}


def texts(rng):
    return "".join(rng.choice("a中é𠮷 \"\n,0") for _ in range(rng.randrange(0, 40)))


def some(rng, make):
    """ROWS values, one in five missing, the first and the last among them."""
    return [None if i in (0, ROWS - 1) or rng.random() < 0.2 else make() for i in range(ROWS)]


def values_of(kind, rng):
    if kind in INTEGERS:
        bound = 2 ** INTEGERS[kind]
        return [-bound, bound - 1] + some(rng, lambda: rng.randrange(-bound, bound))[2:]
    if kind in UNSIGNED:
        bound = 2 ** UNSIGNED[kind]
        return [0, bound - 1] + some(rng, lambda: rng.randrange(bound))[2:]
    if kind == pa.float32():
        return some(rng, lambda: float(rng.randrange(-(2**20), 2**20)) / 64)
    if kind == pa.float64():
        return some(rng, lambda: rng.gauss(0, 1e6))
    if kind == pa.bool_():
        return some(rng, lambda: rng.random() < 0.5)
    if pa.types.is_date(kind):
        return some(rng, lambda: dt.date(1900, 1, 1) + dt.timedelta(days=rng.randrange(80000)))
    if pa.types.is_timestamp(kind):
        # Whole seconds, so that each unit holds them; the finer ones are tested apart.
        zone = dt.timezone.utc if kind.tz else None
        return some(rng, lambda: dt.datetime(1950, 1, 1, tzinfo=zone) + dt.timedelta(seconds=rng.randrange(2**32)))
    return some(rng, lambda: texts(rng))


KINDS = [*INTEGERS, *UNSIGNED, pa.float32(), pa.float64(), pa.bool_(), pa.string(), pa.large_string(),
         pa.string_view(), pa.date32(), *(pa.timestamp(unit, zone) for unit in ("s", "ms", "us", "ns")
                                          for zone in (None, "UTC", SHANGHAI, "+08:00"))]


@pytest.fixture(scope="module")
def everything():
    """A pyarrow table with one column of every supported type."""
    rng = random.Random(20210701)
    return pa.table({str(kind): pa.array(values_of(kind, rng), kind) for kind in KINDS})


def shapes(table):
    """The same rows as one batch, as a slice at an odd offset, as uneven chunks, and as none."""
    yield "whole", table.combine_chunks()
    yield "slice", table.combine_chunks().slice(3, 501)
    parts = [table.slice(0, 1), table.slice(1, 0), table.slice(1, 77), table.slice(78, 900), table.slice(978)]
    yield "chunks", pa.concat_tables(parts)
    yield "sliced chunks", pa.concat_tables([table.slice(5, 11), table.slice(501, 13)])
    yield "empty", table.slice(0, 0)
    yield "no batches", table.schema.empty_table()


SHAPES = ["whole", "slice", "chunks", "sliced chunks", "empty", "no batches"]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_type_comes_in_as_pyarrow_reads_it(everything, shape):
    source = dict(shapes(everything))[shape]
    table = gov.Table(source)
    assert len(table) == source.num_rows
    assert table.columns == source.column_names
    assert table.to_dict() == source.to_pydict()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_type_goes_out_valid_and_equal(everything, shape):
    source = dict(shapes(everything))[shape]
    out = pa.table(gov.Table(source))
    out.validate(full=True)
    assert out.to_pydict() == source.to_pydict()
    widened = {pa.string(): pa.large_string(), pa.string_view(): pa.large_string()}
    assert out.schema.types == [widened.get(kind, kind) for kind in source.schema.types]


def test_a_slice_of_a_table_goes_out_valid_and_equal(everything):
    table = gov.Table(everything)
    for first, stop in ((0, 1), (1, 10), (7, 999), (500, 500), (999, 1000)):
        out = pa.table(table[first:stop])
        out.validate(full=True)
        assert out.to_pydict() == everything.slice(first, stop - first).to_pydict()


def test_nanoarrow_accepts_what_goes_out(everything):
    names = [name for name in everything.column_names if not name.startswith("timestamp")]
    for source in (everything, everything.slice(3, 77), everything.slice(0, 0)):
        with nanoarrow.c_array_stream(gov.Table(source)) as stream:
            arrays = list(stream)
        assert sum(array.length for array in arrays) == source.num_rows
        assert all(array.view().length == array.length for array in arrays)
        read = nanoarrow.ArrayStream(gov.Table(source.select(names))).read_all()
        rows = [tuple(row.values()) for row in read.to_pylist()]
        assert rows == list(zip(*source.select(names).to_pydict().values()))


def polars_frame():
    rng = random.Random(7)
    columns = {}
    for bits in (8, 16, 32, 64):
        bound = 2 ** (bits - 1)
        signed, unsigned = getattr(pl, f"Int{bits}"), getattr(pl, f"UInt{bits}")
        columns[f"int{bits}"] = pl.Series(some(rng, lambda: rng.randrange(-bound, bound)), dtype=signed)
        columns[f"uint{bits}"] = pl.Series(some(rng, lambda: rng.randrange(2 * bound)), dtype=unsigned)
    columns["f32"] = pl.Series(some(rng, lambda: rng.randrange(-999, 999) / 8), dtype=pl.Float32)
    columns["f64"] = pl.Series(some(rng, rng.random), dtype=pl.Float64)
    columns["bool"] = pl.Series(some(rng, lambda: rng.random() < 0.5), dtype=pl.Boolean)
    columns["text"] = pl.Series(some(rng, lambda: texts(rng)), dtype=pl.String)
    columns["level"] = pl.Series(some(rng, lambda: rng.choice(["市", "区", "街道"])), dtype=pl.Categorical)
    columns["day"] = pl.Series(some(rng, lambda: dt.date(2000, 1, 1) + dt.timedelta(days=rng.randrange(9999))))
    for unit in ("ms", "us", "ns"):
        for zone in (None, "UTC", SHANGHAI):
            start = dt.datetime(1990, 1, 1)
            made = pl.Series(some(rng, lambda: start + dt.timedelta(milliseconds=rng.randrange(2**40))),
                             dtype=pl.Datetime(unit))
            columns[f"{unit} {zone}"] = made.dt.replace_time_zone("UTC").dt.convert_time_zone(zone) if zone else made
    return pl.DataFrame(columns)


@pytest.mark.parametrize("shape", ["whole", "slice", "chunks", "empty"])
def test_round_trip_polars_govcore_pyarrow_duckdb_pandas(shape):
    frame = polars_frame()
    frame = {
        "whole": frame,
        "slice": frame.slice(3, 555),
        "chunks": pl.concat([frame.slice(0, 13), frame.slice(13, 0), frame.slice(13, 400), frame.slice(413)],
                            rechunk=False),
        "empty": frame.slice(0, 0),
    }[shape]
    expected = frame.to_dict(as_series=False)

    table = gov.Table(frame)
    assert table.to_dict() == expected

    arrow = pa.table(table)
    arrow.validate(full=True)
    assert arrow.to_pydict() == expected

    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.register("arrow", arrow)
        relation = connection.sql("select * from arrow")
        again = gov.Table(relation)
        assert again.to_dict() == expected
        ducked = pa.table(again)

    panda = ducked.to_pandas(types_mapper=pd.ArrowDtype)
    assert gov.Table(panda).to_dict() == expected
    back = gov.Table(panda).to_polars()
    assert back.to_dict(as_series=False) == expected


def test_dictionaries_are_decoded():
    rng = random.Random(3)
    words = ["一", "二", "三", ""]
    for index in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()):
        indices = pa.array([None if rng.random() < 0.3 else rng.randrange(4) for _ in range(99)], index)
        for dictionary in (pa.array(words), pa.array(words, pa.large_string()), pa.array([5, 6, None, 8]),
                           pa.array([True, False, None, True])):
            column = pa.DictionaryArray.from_arrays(indices, dictionary)
            source = pa.table({"a": column, "b": column})
            for part in (source, source.slice(13, 40), pa.concat_tables([source.slice(1, 9), source.slice(50, 9)])):
                assert gov.Table(part).to_dict() == part.to_pydict()


def test_chunks_with_their_own_dictionaries():
    chunks = [pa.array(["甲", "乙", None]).dictionary_encode(), pa.array(["丙", "甲"]).dictionary_encode()]
    source = pa.table({"a": pa.chunked_array(chunks)})
    assert gov.Table(source).to_dict() == {"a": ["甲", "乙", None, "丙", "甲"]}


def test_null_columns_and_tables_without_columns():
    assert gov.Table(pa.table({"nothing": pa.nulls(3)})).to_dict() == {"nothing": [None] * 3}
    assert len(gov.Table(pa.table({}))) == 0


def test_microseconds_and_nanoseconds_are_kept():
    moment = dt.datetime(2021, 7, 1, 8, 30, 0, 123456)
    source = pa.table({"us": pa.array([moment], pa.timestamp("us")),
                       "ns": pa.array([1625128200123456789], pa.timestamp("ns"))})
    table = gov.Table(source)
    assert pa.table(table).equals(source)
    assert table["us"][0] == moment
    assert list(table["ns"].to_array()) == [1625128200123456789]


@pytest.mark.parametrize("column", [
    pa.array([[1], [2, 3]]), pa.array([{"x": 1}]), pa.array([Decimal("1.5")]), pa.array([b"x"]),
    pa.array([1], pa.duration("s")), pa.array([1], pa.time32("s")),
], ids=lambda column: str(column.type))
def test_types_that_are_not_served_are_refused_by_name(column):
    with pytest.raises(gov.GovValueError) as caught:
        gov.Table(pa.table({"ok": pa.array([0] * len(column)), "odd": column}))
    assert (caught.value.code, caught.value.name) == ("GOV_E_UNSUPPORTED", "odd")


def test_text_that_is_not_utf8_is_refused_with_its_row():
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, 1, 2)))
    bad = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"a\xff")])
    with pytest.raises(gov.GovValueError) as caught:
        gov.Table(pa.table({"text": bad}))
    assert (caught.value.code, caught.value.row, caught.value.name) == ("GOV_E_ENCODING", 1, "text")


def test_a_stream_that_fails_half_way_is_an_error_with_its_message():
    def batches():
        yield pa.record_batch({"a": [1, 2]})
        raise RuntimeError("the line was cut")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("a", pa.int64())]), batches())
    with pytest.raises(gov.GovError, match="the line was cut"):
        gov.Table(reader)


def test_a_table_outlives_what_it_was_made_of_and_lives_as_long_as_it_is_read():
    source = pa.table({"a": list(range(1000)), "t": ["x" * (i % 7) for i in range(1000)]})
    expected = source.to_pydict()
    table = gov.Table(source)
    del source
    gc.collect()
    column, part, arrow = table["t"], table[10:20], pa.table(table)
    del table
    gc.collect()
    assert column.to_list() == expected["t"]
    assert part.to_dict() == {name: values[10:20] for name, values in expected.items()}
    assert arrow.to_pydict() == expected


def test_streams_that_nobody_reads_are_released():
    table = gov.Table({"a": [1, 2, 3]})
    for _ in range(100):
        table.__arrow_c_stream__()
    gc.collect()
    assert table["a"].to_list() == [1, 2, 3]


def test_a_capsule_is_consumed_once():
    class Twice:
        capsule = gov.Table({"a": [1]}).__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    assert gov.Table(Twice()).to_dict() == {"a": [1]}
    with pytest.raises(gov.GovError):
        gov.Table(Twice())


def test_an_object_whose_capsule_is_no_stream_is_refused():
    class Odd:
        def __arrow_c_stream__(self, requested_schema=None):
            return 42

    with pytest.raises((TypeError, ValueError)):
        gov.Table(Odd())
