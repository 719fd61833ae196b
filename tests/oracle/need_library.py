"""Need models through the shared library, for the oracles: text and CSV in, rows as dicts out."""

import csv
import ctypes
import io

from library import Error, Table, call, library

library.gov_text_data.restype = ctypes.c_char_p
library.gov_need_measures_summary.restype = ctypes.c_void_p
library.gov_need_measures_indicators.restype = ctypes.c_void_p
library.gov_need_explanation_changes.restype = ctypes.c_void_p


class CsvOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("encoding", ctypes.c_char_p), ("delimiter", ctypes.c_char),
                ("types", ctypes.c_char_p), ("run", ctypes.c_void_p)]


class Options(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("threads", ctypes.c_int32), ("batch_rows", ctypes.c_int64),
                ("as_of", ctypes.c_char_p), ("preset", ctypes.c_char_p), ("params", ctypes.c_char_p),
                ("depth", ctypes.c_int32), ("nan_is_missing", ctypes.c_int32), ("codes", ctypes.c_int32),
                ("members", ctypes.c_void_p), ("run", ctypes.c_void_p), ("columns", ctypes.c_char_p)]

    def __init__(self, **values):
        super().__init__(struct_size=ctypes.sizeof(Options), **values)


class MeasureOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("missing", ctypes.c_int32), ("single_unit", ctypes.c_int32),
                ("level", ctypes.c_double), ("by", ctypes.c_char_p), ("weight", ctypes.c_char_p),
                ("strata", ctypes.c_char_p), ("units", ctypes.c_char_p), ("k", ctypes.c_char_p),
                ("columns", ctypes.c_char_p)]

    def __init__(self, **values):
        super().__init__(struct_size=ctypes.sizeof(MeasureOptions), **values)


class Model:
    def __init__(self, text):
        self.handle = ctypes.c_void_p()
        data = text.encode()
        call("gov_need_model_parse", data, ctypes.c_int64(len(data)), b"model", ctypes.byref(self.handle))

    def __del__(self):
        library.gov_need_model_free(self.handle)

    def denominator(self, preset=None):
        out = ctypes.c_int64()
        call("gov_need_model_denominator", self.handle, preset, ctypes.byref(out))
        return out.value

    def score(self, table, **options):
        out = ctypes.c_void_p()
        call("gov_need_score", self.handle, table.handle, ctypes.byref(Options(**options)), ctypes.byref(out))
        return Table(out)


def parse_csv(columns, types):
    """A table from {name: list}; None is missing. `types` as in gov_csv_options."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in zip(*columns.values()):
        writer.writerow(["" if v is None else str(v).lower() if isinstance(v, bool) else v for v in row])
    text = out.getvalue().encode()
    handle = ctypes.c_void_p()
    options = CsvOptions(struct_size=ctypes.sizeof(CsvOptions), types=types.encode())
    call("gov_table_parse_csv", text, ctypes.c_int64(len(text)), b"rows", ctypes.byref(options),
         ctypes.byref(handle))
    return Table(handle)


def rows_of(table):
    """A Table, or the address of a borrowed one, as a list of dicts of texts."""
    text = ctypes.c_void_p()
    handle = table.handle if isinstance(table, Table) else ctypes.c_void_p(table)
    call("gov_table_format_csv", handle, ctypes.byref(text))
    data = library.gov_text_data(text).decode()
    library.gov_text_free(text)
    return list(csv.DictReader(io.StringIO(data)))


def alkire_foster(table, weights, **options):
    """(summary, indicators) as lists of dicts."""
    out = ctypes.c_void_p()
    call("gov_need_alkire_foster", table.handle, weights.encode(), ctypes.byref(MeasureOptions(**options)),
         ctypes.byref(out))
    summary = rows_of(library.gov_need_measures_summary(out))
    indicators = rows_of(library.gov_need_measures_indicators(out))
    library.gov_need_measures_free(out)
    return summary, indicators


def gaps(table, weights, **options):
    """M0, M1 and M2 as a list of dicts."""
    out = ctypes.c_void_p()
    call("gov_need_gaps", table.handle, weights.encode(), ctypes.byref(MeasureOptions(**options)), ctypes.byref(out))
    return rows_of(Table(out))
