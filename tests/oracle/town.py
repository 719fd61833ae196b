"""A small town drawn at random, and what is known of its households worked out plainly: lists, dicts and None for unknown.

The rules are those that lib/need/features/gbt31000.yaml states, written again without its language; nothing here
calls the library.
"""

import calendar
import datetime as dt
import random

GRIDS = [("310104", "县", "county", ""), ("310104003", "东街", "street", "310104"), ("310104004", "西街", "street", "310104"),
         ("310104003001", "东一", "community", "310104003"), ("310104003002", "东二", "community", "310104003"),
         ("310104004001", "西一", "community", "310104004"), ("310104004002", "西二", "community", "310104004")]
AID = ["dibao", "edge", "expenditure", "medical_aid", "education_aid", "housing_aid", "employment_aid", "temporary_aid",
       "child_services", "elder_services"]
DISABLED = {"60", "61", "62", "63", "64", "65", "66", "67", "69"}
CHRONIC = {"30", "31", "32", "33", "34", "35", "37", "38", "40", "49"}
WORK = {"11", "13", "17", "21", "24", "27", "37", "51", "54"}
SPOUSE = {"1", "10", "11", "12"}
CHILD = {"2", "3"} | {str(i) for i in range(20, 40)} - {"28", "38"}


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age_on(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months_between(first, last):
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = last.day == calendar.monthrange(last.year, last.month)[1]
    return months if last.day >= first.day or ends else months - 1


# --- Three values ---

def no(a):
    return None if a is None else not a


def both(*values):
    return False if any(v is False for v in values) else None if any(v is None for v in values) else True


def either(*values):
    return no(both(*[no(v) for v in values]))


def among(value, codes):
    return None if value is None else value in codes


def count(values):
    values = list(values)
    return None if not values or any(v is None for v in values) else sum(values)


def greatest(values):
    values = list(values)
    return None if not values or any(v is None for v in values) else max(values)


def calc(function, *values):
    return None if any(v is None for v in values) else function(*values)


# --- The town ---

class Town:
    """Rows of every kind, as they are imported."""

    def __init__(self, seed, households=120):
        self.random = r = random.Random(seed)
        self.persons, self.households, self.memberships = [], [], []
        self.relations, self.observations, self.places = [], [], []
        for h in range(households):
            self.household("H%04d" % h, r.choice(["assistance"] * 5 + ["", "", "dwelling", "registered"]))
        r.shuffle(self.observations)

    def day(self, first, last):
        return dt.date.fromordinal(self.random.randint(first.toordinal(), last.toordinal()))

    def household(self, key, view):
        r = self.random
        grid = r.choice(GRIDS[3:])[0]
        self.households.append({"id": key, "grid": grid, "view": view})
        for p in range(r.choice([0, 1, 1, 2, 2, 3, 3, 4, 6])):
            self.person(key, "P%s%d" % (key, p), grid, p)
        if r.random() < 0.6:
            self.places.append({"id": "D" + key, "grid": grid, "area": r.choice(["", "18", "45.5", "70"])})
            self.relations.append(("household", key, "lives_in", "place", "D" + key))
        if r.random() < 0.5:
            self.read("household", key, "living_area", 0.7, lambda: r.choice([20, 33.5, 60]))
        near = [p["id"] for p in self.persons if p["grid"][:9] == grid[:9]]
        if r.random() < 0.2 and near:
            self.relations.append(("household", key, "cared_by", "person", r.choice(near)))
        for name, chance, times, draw in [
                ("disposable_income", .8, 14, lambda: r.choice([900, 2500, 5100.5, 12000])),
                ("liquid_assets", .7, 2, lambda: r.choice([0, 8000, 90000])), ("medical_spending", .7, 4, lambda: r.choice([0, 120, 9000])),
                ("education_spending", .7, 3, lambda: r.choice([0, 800, 4000])), ("rehabilitation_spending", .6, 2, lambda: r.choice([0, 600])),
                ("sudden_shock", .7, 2, lambda: r.choice([0, 0, 1])), ("unsafe_dwelling", .7, 1, lambda: r.choice([0, 0, 1])),
                ("kitchen_toilet", .7, 1, lambda: r.choice([1, 2, 3, 9])), ("contact", .8, 4, lambda: 1),
                ("unclaimed_benefits", .6, 1, lambda: r.choice([0, 1, 2])), ("has_carer", .6, 1, lambda: r.choice([0, 1]))]:
            self.read("household", key, name, chance, draw, times)
        for aid in AID:
            self.read("household", key, "receives_" + aid, .4, lambda: r.choice([0, 1]))

    def person(self, household, key, grid, place):
        r = self.random
        birth = self.day(dt.date(1935, 1, 1), dt.date(2021, 6, 30)) if r.random() < .95 else None
        if r.random() < .03:
            birth = dt.date(2004, 2, 29)
        row = {"id": key, "grid": grid, "birth_date": birth or "", "health": r.choice(["10", "20", "10", "31", "41", "61", ""]),
               "disability_grade": "", "education": r.choice(["10", "21", "31", "47", "61", "70", "81", "90", "", "20"]),
               "valid_from": "", "valid_to": ""}
        if row["health"] in ("61", "") and r.random() < .5:
            row["disability_grade"] = r.choice("1234")
        if r.random() < .06:  # died, after everyone had moved in
            row["valid_to"] = self.day(dt.date(2020, 6, 1), dt.date(2021, 12, 31))
        self.persons.append(row)
        moved = r.random()
        self.memberships.append({
            "household": household, "person": key, "relation": "02" if place == 0 else r.choice(["10", "20", "31", "2", "4", "52", ""]),
            "registered": r.choice(["true", "true", "false", ""]), "living": r.choice(["true", "true", "true", "false", ""]),
            "valid_from": self.day(dt.date(2019, 1, 1), (row["valid_to"] or dt.date(2021, 10, 2)) - dt.timedelta(1)) if moved < .3 else "",
            "valid_to": row["valid_to"] or (self.day(dt.date(2021, 10, 2), dt.date(2022, 3, 1)) if moved > .85 else "")})
        old = birth is None or birth.year < 2004
        self.read("person", key, "employment", .9 if old else .5, lambda: r.choice([24, 70, 70, 31, 80, 54, 90]), 4)
        self.read("person", key, "monthly_wage", .8, lambda: r.choice([1800, 2600, 9000]), 2)
        self.read("person", key, "labour_contract", .7, lambda: r.choice([0, 1]))
        self.read("person", key, "in_school", .8, lambda: r.choice([0, 1, 1, 1]), 2)
        for name in ("medical_insurance", "pension_insurance"):
            self.read("person", key, name, .9, lambda: r.choice([0, 1, 1, 1]))
        for name in ("serious_illness", "care_dependent", "severe_mental_disorder", "child_in_hardship"):
            self.read("person", key, name, .85, lambda: r.choice([0, 0, 0, 1]))

    def read(self, kind, key, variable, chance, draw, times=1):
        r = self.random
        if r.random() > chance:
            return
        used = set()
        for _ in range(r.randint(1, times)):
            moment = dt.datetime.combine(self.day(dt.date(2019, 6, 1), dt.date(2022, 3, 1)), dt.time(r.choice([0, 8, 23]), 59))
            sources = ["civil affairs", "district"] if r.random() < .2 else [r.choice(["civil affairs", "district"])]
            for source in sources:
                if (moment, source) not in used:
                    used.add((moment, source))
                    self.observations.append((kind, key, variable, moment, source, draw()))


# --- What is known on a day ---

def holds(row, day):
    start, end = row.get("valid_from") or dt.date.min, row.get("valid_to") or dt.date.max
    return start <= day < end


class Known:
    """All that is known of the households of one view on one day."""

    def __init__(self, town, day, view):
        self.day, self.view = day, view
        self.persons = {p["id"]: p for p in town.persons if holds(p, day)}
        self.places = {p["id"]: p for p in town.places}
        self.relations = town.relations
        self.series = {}
        for kind, key, variable, moment, source, value in sorted(town.observations, key=lambda o: (o[3], o[4])):
            if moment.date() <= day:
                self.series.setdefault((kind, key, variable), {})[moment] = value  # the last source of a moment
        self.households = sorted(h["id"] for h in town.households if h["view"] in ("", view))
        self.members = {}
        flag = "registered" if view == "registered" else "living"
        for m in town.memberships:
            person = self.persons.get(m["person"])
            unborn = person is not None and person["birth_date"] and person["birth_date"] > day
            if holds(m, day) and m[flag] != "false" and person is not None and not unborn:
                self.members.setdefault(m["household"], []).append((m, person))

    def readings(self, kind, key, variable, months=None):
        after = add_months(self.day, -months) if months else dt.date.min
        return [(moment.date(), value) for moment, value in self.series.get((kind, key, variable), {}).items()
                if moment.date() > after]

    def latest(self, kind, key, variable, months=None, missing=()):
        values = [value for _, value in self.readings(kind, key, variable, months) if value not in missing]
        return values[-1] if values else None

    def flag(self, kind, key, variable, months=None):
        return calc(bool, self.latest(kind, key, variable, months))

    def total(self, key, variable):
        values = [value for _, value in self.readings("household", key, variable, 12)]
        return sum(values) if values else None

    def since(self, key, variable):
        run = None
        for day, value in self.readings("person", key, variable):
            if run is None or run[1] != value:
                run = (day, value)
        return run[0] if run else None

    def member(self, row, person):
        key, m = person["id"], {}
        m["age"] = age_on(person["birth_date"], self.day) if person["birth_date"] else None
        health, grade = person["health"] or None, person["disability_grade"] or None
        spared = both(grade is None, no(among(health, DISABLED)))
        m["severe"] = None if spared is None else False if spared else among(grade, {"1", "2"})
        m["mild"] = None if spared is None else False if spared else among(grade, {"3", "4"})
        register = self.flag("person", key, "serious_illness")
        ill = either(among(health, {"41"}), register)
        well = among(health, {"10", "20"})
        m["ill"] = True if ill else None if ill is None and health is None and register is None else \
            None if ill is None else None if well is None else False if well else register
        m["chronic"] = among(health, CHRONIC)
        m["dependent"] = either(self.flag("person", key, "care_dependent"), self.flag("person", key, "severe_mental_disorder"))
        job = self.latest("person", key, "employment", missing=(90,))
        job = None if job is None else str(job)
        m["able"] = both(calc(lambda a: 16 <= a <= 59, m["age"]), no(either(m["severe"], m["dependent"])), no(among(job, {"31", "80"})))
        m["works"] = among(job, WORK)
        m["jobless"] = among(job, {"70"})
        m["since"] = self.since(key, "employment")
        m["wage"] = self.latest("person", key, "monthly_wage", 12)
        m["contract"] = self.flag("person", key, "labour_contract")
        m["in_school"] = self.flag("person", key, "in_school", 12)
        m["insured"] = both(self.flag("person", key, "medical_insurance", 24), self.flag("person", key, "pension_insurance", 24))
        m["hardship"] = self.flag("person", key, "child_in_hardship")
        level = {"1": 4, "2": 4, "3": 4, "4": 3, "6": 3, "7": 2, "8": 1, "9": 1}
        m["level"] = level[person["education"][0]] if person["education"] else None
        m["relation"] = row["relation"] or None
        m["minor_child"] = both(calc(lambda a: a < 18, m["age"]), among(m["relation"], CHILD))
        return m

    def where(self, condition, value, otherwise=0):
        return None if condition is None else value if condition else otherwise

    def features(self, key):
        ms = [self.member(*pair) for pair in self.members.get(key, [])]
        day, f = self.day, {}

        def aged(low, high=999):
            return [calc(lambda a: low <= a <= high, m["age"]) for m in ms]

        def any_of(values):
            return either(*values) if ms else None

        f["members"] = n = len(ms) or None
        f["minors"] = count(aged(-1, 17))
        incomes = [v for _, v in self.readings("household", key, "disposable_income", 12)]
        income = sum(incomes) / len(incomes) if incomes else None
        f["income_per_head"] = calc(lambda a, b: a / b, income, n)
        f["disposable_income_12m"] = calc(lambda a: 12 * a, income)
        medical, schooling, rehabilitation = (self.total(key, v + "_spending") for v in ("medical", "education", "rehabilitation"))
        f["education_spending_12m"] = self.where(any_of(aged(-1, 24)), schooling)
        cared = self.where(any_of([either(m["severe"], m["mild"], m["dependent"]) for m in ms]), rehabilitation)
        f["essential_spending_per_head"] = calc(lambda a, b, c, d: (a + b + c) / 12 / d, medical, f["education_spending_12m"], cared, n)
        f["medical_spending_12m"] = medical
        f["liquid_assets_per_head"] = calc(lambda a, b: a / b, self.latest("household", key, "liquid_assets", 24), n)
        f["shocks_12m"] = self.total(key, "sudden_shock")
        f["serious_illness"] = count(m["ill"] for m in ms)
        f["chronic_illness"] = count(m["chronic"] for m in ms)
        f["disabled_severe"] = count(m["severe"] for m in ms)
        f["disabled_mild"] = count(m["mild"] for m in ms)
        f["care_dependent"] = count(m["dependent"] for m in ms)
        f["able_working_age"] = count(m["able"] for m in ms)
        f["employed"] = count(both(m["able"], m["works"]) for m in ms)
        f["unemployed_months"] = greatest(
            self.where(both(m["able"], m["jobless"]), calc(lambda s: months_between(s, day), m["since"])) for m in ms)
        wages = greatest(self.where(both(m["able"], m["works"]), m["wage"]) for m in ms)
        secure = greatest(self.where(both(m["able"], m["works"], m["contract"]), m["wage"]) for m in ms)
        f["best_monthly_wage"] = wages
        f["best_earner_has_contract"] = calc(lambda a, b: a >= b, secure, wages)
        f["children_6_15"] = count(aged(6, 15))
        f["children_out_of_school"] = count(both(a, no(m["in_school"])) for a, m in zip(aged(6, 15), ms))
        f["adult_education"] = greatest(self.where(a, m["level"]) for a, m in zip(aged(18, 59), ms))
        area = [self.places[r[4]]["area"] for r in self.relations if r[:3] == ("household", key, "lives_in")]
        area = float(area[0]) if area and area[0] else self.latest("household", key, "living_area")
        f["living_area_per_head"] = calc(lambda a, b: a / b, area, n)
        f["unsafe_dwelling"] = self.flag("household", key, "unsafe_dwelling")
        f["kitchen_toilet"] = self.latest("household", key, "kitchen_toilet", missing=(9,))
        f["uninsured_adults"] = count(both(a, no(m["insured"])) for a, m in zip(aged(18), ms))
        contacts = self.readings("household", key, "contact")
        f["days_since_contact"] = (day - contacts[-1][0]).days if contacts else None
        f["unclaimed_benefits"] = self.latest("household", key, "unclaimed_benefits", 12)
        f["dependants"] = count(either(a, b, m["severe"], m["dependent"]) for a, b, m in zip(aged(-1, 17), aged(60), ms))
        f["children_in_hardship"] = count(both(a, m["hardship"]) for a, m in zip(aged(-1, 17), ms))
        f["single_parent"] = both(any_of([m["minor_child"] for m in ms]), no(any_of([among(m["relation"], SPOUSE) for m in ms])))
        named = any(r[:3] == ("household", key, "cared_by") and r[4] in self.persons for r in self.relations)
        carer = True if named else self.flag("household", key, "has_carer", 12)
        old = both(*aged(60)) if ms else None
        f["elders_without_carer"] = self.where(both(old, no(carer)), count(aged(60)))
        f["elders_80_with_carer"] = self.where(both(old, carer), count(aged(80)))
        for aid in AID:
            f["receives_" + aid] = self.flag("household", key, "receives_" + aid, 12)
        return f
