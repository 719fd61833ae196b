"""The C library by ctypes, and the count of what a reference script compared.

A script is run with the folder of reference cases as its argument. It prints one line a comparison, names the files
that it did not find, and leaves with 1 if anything differed."""
import ctypes
import glob
import math
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
P, D, I, U = ctypes.c_void_p, ctypes.c_double, ctypes.c_int64, ctypes.c_uint32
INT = ctypes.c_int32


class Error(ctypes.Structure):
    _fields_ = [("struct_size", U), ("code", ctypes.c_int), ("row", I), ("line", I), ("column", I), ("extended", I),
                ("name", ctypes.c_char * 96), ("file", ctypes.c_char * 256), ("message", ctypes.c_char * 512)]


def library():
    found = sorted(glob.glob(os.path.join(ROOT, "build", "release", "libgovcore.so.*")))
    if not found:
        sys.exit("build the library first: make")
    return ctypes.CDLL(found[0])


LIBRARY = library()


def call(name, *arguments):
    """Calls gov_NAME(arguments..., &err); raises with the library's message."""
    err = Error(struct_size=ctypes.sizeof(Error), row=-1)
    function = getattr(LIBRARY, name)
    function.restype = ctypes.c_int
    if function(*arguments, ctypes.byref(err)) != 0:
        raise RuntimeError("%s: %s" % (name, err.message.decode()))


def number(name, *arguments):
    """Calls a function of doubles that gives a double."""
    function = getattr(LIBRARY, name)
    function.restype = D
    return function(*[D(a) for a in arguments])


def doubles(values):
    values = list(values)
    return (D * len(values))(*values)


def integers(values):
    values = list(values)
    return (I * len(values))(*values)


def empty(n):
    return (D * n)()


def struct(name, fields):
    """A structure whose first field is its size, which is set."""
    cls = type(name, (ctypes.Structure,), {"_fields_": [("struct_size", U)] + fields})

    def init(self, **values):
        ctypes.Structure.__init__(self, **values)
        self.struct_size = ctypes.sizeof(cls)
    cls.__init__ = init
    return cls


def pointer(array):
    return ctypes.cast(array, P)


class Report:
    def __init__(self):
        self.folder = sys.argv[1] if len(sys.argv) > 1 else ""
        self.compared = self.failed = self.absent = 0
        if not self.folder:
            sys.exit("usage: %s FOLDER-OF-REFERENCE-CASES" % sys.argv[0])

    def path(self, *parts):
        """The file below the folder, or None (and a line) if it is not there."""
        full = os.path.join(self.folder, *parts)
        if os.path.exists(full):
            return full
        self.absent += 1
        print("  not found  %s" % os.path.join(*parts))
        return None

    def near(self, claim, got, expected, relative=1e-9, absolute=0.0):
        got, expected = list(got), list(expected)
        worst = 0.0
        ok = len(got) == len(expected) and len(got) > 0
        for a, b in zip(got, expected):
            difference = 0.0 if a == b else abs(a - b)
            if math.isnan(difference) or difference > relative * abs(b) + absolute:
                ok = False
            worst = max(worst, difference / max(abs(b), 1e-300) if difference > absolute else 0.0)
        self.line(ok, "%s (%d values, largest relative difference %.1e)" % (claim, len(got), worst))

    def equal(self, claim, got, expected):
        self.line(got == expected, claim if got == expected else "%s: %r, expected %r" % (claim, got, expected))

    def line(self, ok, text):
        self.compared += 1
        self.failed += not ok
        print("  %s  %s" % ("same     " if ok else "DIFFERENT", text))

    def end(self):
        print("%d passed, %d failed, %d not found" % (self.compared - self.failed, self.failed, self.absent))
        sys.exit(1 if self.failed else 0)
