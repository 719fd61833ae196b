"""The shared library by ctypes, for oracles: what is declared here is what their tests call.

Looked for in $GOV_LIB, then in build/release of this tree.
"""

import ctypes
import os
import pathlib

TYPE_INT64 = 5


class Error(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("code", ctypes.c_int), ("row", ctypes.c_int64),
                ("line", ctypes.c_int64), ("column", ctypes.c_int64), ("extended", ctypes.c_int64),
                ("name", ctypes.c_char * 96), ("file", ctypes.c_char * 256), ("message", ctypes.c_char * 512)]

    def __init__(self):
        super().__init__(struct_size=ctypes.sizeof(Error), row=-1)


def load():
    path = os.environ.get("GOV_LIB")
    if path is None:
        path = pathlib.Path(__file__).resolve().parents[2] / "build/release/libgovcore.so"
    return ctypes.CDLL(str(path))


library = load()


def call(name, *arguments):
    """Calls a function that returns a status and takes a gov_error last; raises if it fails."""
    error = Error()
    status = getattr(library, name)(*arguments, ctypes.byref(error))
    if status != 0:
        raise RuntimeError("%s: %d %s" % (name, status, error.message.decode()))


class Table:
    """Owns a gov_table."""

    def __init__(self, handle):
        self.handle = handle

    def __del__(self):
        library.gov_table_free(self.handle)

    def __len__(self):
        library.gov_table_rows.restype = ctypes.c_int64
        return library.gov_table_rows(self.handle)

    def find(self, name):
        column = ctypes.c_int64()
        call("gov_table_find", self.handle, name.encode(), ctypes.byref(column))
        return column

    def int64s(self, name):
        """All values; None where they are missing."""
        rows = len(self)
        values = (ctypes.c_int64 * rows)()
        valid = (ctypes.c_uint8 * rows)()
        call("gov_table_copy_int64s", self.handle, self.find(name), ctypes.c_int64(0), ctypes.c_int64(rows), values,
             valid)
        return [v if known else None for v, known in zip(values, valid)]

    def texts(self, name):
        column = self.find(name)
        text = ctypes.c_char_p()
        size = ctypes.c_int64()
        out = []
        for row in range(len(self)):
            call("gov_table_text", self.handle, ctypes.c_int64(row), column, ctypes.byref(text), ctypes.byref(size))
            out.append(None if text.value is None else ctypes.string_at(text, size.value).decode())
        return out


def make_table(columns):
    """A table from {name: list of str, or list of int}."""
    builder = ctypes.c_void_p()
    handle = ctypes.c_void_p()
    call("gov_table_builder_new", ctypes.byref(builder))
    try:
        for name, values in columns.items():
            rows = ctypes.c_int64(len(values))
            if values and isinstance(values[0], int):
                numbers = (ctypes.c_int64 * len(values))(*values)
                call("gov_table_builder_array", builder, name.encode(), TYPE_INT64, numbers, None, rows)
            else:
                texts = (ctypes.c_char_p * len(values))(*(text.encode() for text in values))
                call("gov_table_builder_texts", builder, name.encode(), texts, rows)
        call("gov_table_builder_finish", builder, ctypes.byref(handle))
    finally:
        library.gov_table_builder_free(builder)
    return Table(handle)
