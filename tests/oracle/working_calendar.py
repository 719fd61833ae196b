"""The working calendar by walking: day by day, minute by minute."""

import datetime

DAY = datetime.timedelta(days=1)


class Calendar:
    def __init__(self, exceptions, week=0x1F, hours=((540, 1020),)):
        """exceptions: {date: worked}; hours: stretches in minutes since midnight."""
        self.exceptions = exceptions
        self.week = week
        self.hours = hours

    def is_working(self, day):
        return self.exceptions.get(day, bool(self.week >> day.weekday() & 1))

    def add_days(self, day, n):
        step = DAY if n > 0 else -DAY
        while n != 0:
            day += step
            if self.is_working(day):
                n -= 1 if n > 0 else -1
        return day

    def days_between(self, first, last):
        count = 0
        while first < last:
            first += DAY
            count += self.is_working(first)
        return count

    def add_minutes(self, moment, minutes):
        """The end of the last of `minutes` (> 0) working minutes from `moment` on."""
        while minutes > 0:
            of_day = moment.hour * 60 + moment.minute
            counts = self.is_working(moment.date()) and any(a <= of_day < b for a, b in self.hours)
            moment += datetime.timedelta(minutes=1)
            minutes -= counts
        return moment
