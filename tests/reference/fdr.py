"""False discovery rates against R's p.adjust (13 digits printed)."""
import ctypes
import re

from _native import I, INT, Report, call, doubles, empty, struct

Options = struct("Options", [("method", INT)])


def main():
    report = Report()
    path = report.path("trend", "fdr", "R_padjust.txt")
    if path:
        text = open(path).read()
        p = [float(v) for v in re.search(r"p-values: (.*)", text).group(1).split()]
        for number, name in enumerate(("BH", "BY")):
            expected = [float(v) for v in re.search(r"^%s (.*)" % name, text, re.M).group(1).split()]
            q = empty(len(p))
            call("gov_trend_bh", doubles(p), None, I(len(p)), ctypes.byref(Options(method=number)), q)
            report.near(name, q, expected, 1e-11)
    report.end()


if __name__ == "__main__":
    main()
