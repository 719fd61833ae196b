"""The structures of the trend headers by ctypes, and the calls that the oracles of trends are compared with."""
import ctypes as c
import math

from library import Table, call, library

D, I, INT, P, U8 = c.c_double, c.c_int64, c.c_int32, c.c_void_p, c.c_uint8


def struct(name, fields):
    cls = type(name, (c.Structure,), {"_fields_": [("struct_size", c.c_uint32)] + fields})

    def init(self, **values):
        c.Structure.__init__(self, **values)
        self.struct_size = c.sizeof(cls)
    cls.__init__ = init
    return cls


MkOptions = struct("MkOptions", [("method", c.c_int), ("without_slope", INT), ("alpha", D), ("lag", I), ("period", I)])
MkResult = struct("MkResult", [("trend", INT), ("h", INT), ("factor_refused", INT), ("n", I), ("p", D), ("z", D),
                               ("tau", D), ("s", D), ("var_s", D), ("factor", D), ("slope", D), ("intercept", D)])
SenOptions = struct("SenOptions", [("alpha", D)])
SenResult = struct("SenResult", [("n", I), ("pairs", I), ("slope", D), ("intercept", D), ("slope_low", D),
                                 ("slope_high", D)])
Alarms = struct("Alarms", [(k, P) for k in ("alarm", "reason", "expected", "upper", "score")])
EarsOptions = struct("EarsOptions", [("method", c.c_int), ("baseline", I), ("min_sigma", D), ("alpha", D)])
FarringtonOptions = struct(
    "FarringtonOptions",
    [(k, c.c_int) for k in ("version", "threshold", "power", "frequency")]
    + [("start", INT), ("freq", I), ("b", I), ("w", I), ("no_periods", I), ("past_excluded", I),
       ("weights_threshold", D), ("trend_level", D), ("alpha", D), ("limit_cases", D), ("limit_periods", I),
       ("without_trend", INT), ("without_weights", INT), ("first", I), ("to", I)])
SlotsOptions = struct("SlotsOptions", [("register_size", D), ("offline_hours", I), ("now", I)])
WatchOptions = struct("WatchOptions", [("no_use_limit", D), ("no_use_hours", I), ("too_much_limit", D),
                                       ("too_much_hours", I), ("leak_hours", I), ("silence_p", D),
                                       ("silence_weeks", I), ("clear_hours", I)])


def doubles(values):
    return (D * len(values))(*values)


def present(values):
    """Values with NaN or None as missing: array, validity, length."""
    there = [v is not None and not math.isnan(v) for v in values]
    return (doubles([v if ok else 0.0 for v, ok in zip(values, there)]), (U8 * len(there))(*there), I(len(there)))


def mann_kendall(values, method=0, lag=0, period=12):
    """The result, or None where the library says that there is too little data."""
    y, valid, n = present(values)
    result = MkResult()
    return answer(result, "gov_mann_kendall", y, valid, n,
                  c.byref(MkOptions(method=method, lag=lag, period=period)), c.byref(result))


def mann_kendall_columns(name, rows):
    y, valid, _ = present([v for row in rows for v in row])
    shape = [I(len(rows))] + ([] if name == "partial" else [I(len(rows[0]))])
    result = MkResult()
    return answer(result, "gov_mann_kendall_" + name, y, valid, *shape, None, c.byref(result))


def sen_slope(values, alpha=0.05):
    y, valid, n = present(values)
    result = SenResult()
    return answer(result, "gov_sen_slope", y, valid, n, c.byref(SenOptions(alpha=alpha)), c.byref(result))


def answer(result, name, *arguments):
    try:
        call(name, *arguments)
    except RuntimeError as refusal:
        assert ": 21 " in str(refusal), refusal
        return None
    return result


def detector(name, values, options, *more):
    """Expected, upper and alarm of each period; None where it was not judged."""
    y, valid, n = present(values)
    out = {k: (D * len(values))() for k in ("expected", "upper", "score")}
    out.update({k: (U8 * len(values))() for k in ("alarm", "reason")})
    alarms = Alarms(**{k: c.cast(v, P) for k, v in out.items()})
    if name == "gov_farrington":
        call(name, y, valid, None, n, c.byref(options), c.byref(alarms), None)
    else:
        call(name, y, valid, n, c.byref(options), c.byref(alarms), *more)
    return [None if out["reason"][t] else (out["expected"][t], out["upper"][t], bool(out["alarm"][t]))
            for t in range(len(values))]


def watch(times, readings, options):
    """The episodes of a register: (rule, began, raised, ended)."""
    slots, table = P(), P()
    call("gov_slots_of_register", (I * len(times))(*times), doubles(readings), I(len(times)), None, c.byref(slots))
    call("gov_watch", slots, None, c.byref(options), c.byref(table))
    library.gov_slots_free(slots)
    out = Table(table)
    return list(zip(out.texts("rule"), out.int64s("began"), out.int64s("raised"), out.int64s("ended")))
