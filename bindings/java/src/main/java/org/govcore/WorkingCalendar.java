package org.govcore;

import java.time.LocalDate;

/** Which days are worked. Holidays and shifted days (调休) are the caller's data; nothing is built in. */
public final class WorkingCalendar implements AutoCloseable {
    final NativeCalendar handle;

    /** Monday to Friday, but for the exceptions: a table with the columns day (date) and working (bool), or null. */
    public WorkingCalendar(Table exceptions) {
        this(exceptions, true, true, true, true, true, false, false);
    }

    /** {@code week}: which days of the week are worked, Monday first. */
    public WorkingCalendar(Table exceptions, boolean... week) {
        if (week.length != 7) {
            throw new IllegalArgumentException("a week has seven days");
        }
        int bits = 0;
        for (int day = 0; day < week.length; day++) {
            bits |= week[day] ? 1 << day : 0;
        }
        handle = Native.calendar_new(exceptions == null ? null : exceptions.handle, bits, null, null);
    }

    public boolean isWorking(LocalDate day) {
        return Native.calendar_is_working(handle, Math.toIntExact(day.toEpochDay())) != 0;
    }

    /** The n-th working day after a day, which itself is not counted. */
    public LocalDate addDays(LocalDate day, long n) {
        return LocalDate.ofEpochDay(Native.calendar_add_days(handle, Math.toIntExact(day.toEpochDay()), n));
    }

    /** Working days after {@code first} up to and with {@code last}. */
    public long daysBetween(LocalDate first, LocalDate last) {
        return Native.calendar_days_between(handle, Math.toIntExact(first.toEpochDay()),
                Math.toIntExact(last.toEpochDay()));
    }

    @Override
    public void close() {
        handle.close();
    }
}
