"""Negative binomial regression against R's MASS::glm.nb on the quine data, 1e-6: glm.nb stops within 1e-8 of the deviance,
which leaves about 1e-7 of a coefficient open. The regression is internal (it carries gov_its), so a small program is
compiled against the static library."""
import csv
import os
import re
import shlex
import subprocess

from _native import ROOT, Report

ORDER = ["(Intercept)", "SexM", "SexF:AgeF1", "SexM:AgeF1", "SexF:AgeF2", "SexM:AgeF2", "SexF:AgeF3", "SexM:AgeF3", "SexF:EthN",
         "SexM:EthN", "SexF:LrnSL", "SexM:LrnSL", "SexF:EthN:LrnSL", "SexM:EthN:LrnSL"]


def design(row):
    """Sex/(Age + Eth * Lrn): the other factors within each sex."""
    male, slow, other = row["Sex"] == "M", row["Lrn"] == "SL", row["Eth"] == "N"
    terms = [1, male]
    for level in ("F1", "F2", "F3"):
        terms += [not male and row["Age"] == level, male and row["Age"] == level]
    for value in (other, slow, other and slow):
        terms += [not male and value, male and value]
    return [int(t) for t in terms]


def program():
    out = os.path.join(ROOT, "build", "release", "fit_nb")
    libraries = subprocess.run(["pkg-config", "--libs", "sqlite3", "yaml-0.1", "libxxhash", "libcrypto"], check=True,
                               capture_output=True, text=True).stdout.split()
    subprocess.run(shlex.split(os.environ.get("CC", "cc")) + [
        "-std=c11", "-I" + os.path.join(ROOT, "include"), "-I" + os.path.join(ROOT, "lib"),
        os.path.join(ROOT, "tests", "reference", "glm", "fit_nb.c"), os.path.join(ROOT, "build", "release", "libgovcore.a"),
        "-o", out, *libraries, "-lm", "-pthread"], check=True)
    return out


def main():
    report = Report()
    data, printed = report.path("trend", "eb", "R_MASS_quine.csv"), report.path("trend", "eb", "R_glm_nb.txt")
    if data and printed:
        with open(data, newline="") as f:
            rows = [[int(r["Days"]), *design(r)] for r in csv.DictReader(f)]
        text = "%d %d\n" % (len(rows), len(ORDER)) + "\n".join(" ".join(map(str, r)) for r in rows)
        answer = subprocess.run([program()], input=text, check=True, capture_output=True, text=True).stdout.split("\n")
        theta, theta_se, deviance = map(float, answer[0].split())
        fitted = {name: tuple(map(float, line.split())) for name, line in zip(ORDER, answer[1:])}
        with open(printed) as f:
            r = f.read()
        first = {}
        for m in re.finditer(r"^(\S+) +(-?\d\S+) +(\d\S+) +-?\d\S+ +(?:<|\d)", r, re.M):
            if m[1] in ORDER:  # a later model of the file names some of the same terms
                first.setdefault(m[1], (float(m[2]), float(m[3])))
        for k, what in ((0, "coefficients"), (1, "standard errors")):
            report.near("glm.nb of quine: " + what, [fitted[n][k] for n in first], [first[n][k] for n in first], 1e-6)
        report.near("glm.nb of quine: theta", [theta], [float(re.search(r"init.theta = ([0-9.]+)", r)[1])], 1e-6)
        report.near("glm.nb of quine: deviance", [deviance], [float(re.search(r"Residual deviance: ([0-9.]+)", r)[1])], 1e-6)
        report.near("glm.nb of quine: error of theta, as printed", [theta_se],
                    [float(re.search(r"Std. Err.: +([0-9.]+)", r)[1])], 0, 0.0005)
    report.end()


main()
