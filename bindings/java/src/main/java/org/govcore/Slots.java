package org.govcore;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Meters and sensors of people who live alone, read as half hours: how much was used in each, and whether it is known.
 * Times are local civil time. An episode is a reason to ring or to knock, never a statement about a person; a silent meter
 * says nothing about anyone.
 */
public final class Slots implements AutoCloseable {
    private final NativeSlots handle;

    /** Limits and windows; hours of -1 switch a rule off, 0 is the default. */
    public static final class Rules {
        final double noUseLimit;
        final long noUseHours;
        final double tooMuchLimit;
        final long tooMuchHours;
        final long leakHours;
        final double silenceP;
        final long silenceWeeks;
        final long clearHours;

        public Rules(double noUseLimit, long noUseHours, double tooMuchLimit, long tooMuchHours, long leakHours,
                double silenceP, long silenceWeeks, long clearHours) {
            this.noUseLimit = noUseLimit;
            this.noUseHours = noUseHours;
            this.tooMuchLimit = tooMuchLimit;
            this.tooMuchHours = tooMuchHours;
            this.leakHours = leakHours;
            this.silenceP = silenceP;
            this.silenceWeeks = silenceWeeks;
            this.clearHours = clearHours;
        }

        /** A published rule: jiangsulu, daning, longgang, taicang, liaocheng, door or infrared. */
        public static Rules preset(String name) {
            try (NativeWatchRules r = new NativeWatchRules()) {
                Native.watch_preset(name, r);
                return new Rules(r.getNo_use_limit(), r.getNo_use_hours(), r.getToo_much_limit(), r.getToo_much_hours(),
                        r.getLeak_hours(), r.getSilence_p(), r.getSilence_weeks(), r.getClear_hours());
            }
        }
    }

    /** A time that is explained: nobody at home, or a big cleaning. */
    public static final class Exempt {
        final LocalDateTime from;
        final LocalDateTime to;
        final boolean cleaning;

        private Exempt(LocalDateTime from, LocalDateTime to, boolean cleaning) {
            this.from = from;
            this.to = to;
            this.cleaning = cleaning;
        }

        public static Exempt away(LocalDateTime from, LocalDateTime to) {
            return new Exempt(from, to, false);
        }

        public static Exempt cleaning(LocalDateTime from, LocalDateTime to) {
            return new Exempt(from, to, true);
        }
    }

    private Slots(NativeSlots handle) {
        this.handle = handle;
    }

    private static long seconds(LocalDateTime time) {
        return time == null ? 0 : time.toEpochSecond(ZoneOffset.UTC);
    }

    private static long[] seconds(List<LocalDateTime> times) {
        return times.stream().mapToLong(Slots::seconds).toArray();
    }

    /**
     * From a cumulative register (a water meter) read at irregular times. {@code registerSize}: where it starts again, 0 never;
     * {@code offlineHours} 0: 6; {@code now} null: the last reading.
     */
    public static Slots ofRegister(List<LocalDateTime> times, double[] readings, double registerSize, long offlineHours,
            LocalDateTime now) {
        return new Slots(Native.slots_of_register(seconds(times), readings, registerSize, offlineHours, seconds(now)));
    }

    /** From events (a door opened, movement); {@code alive} are the heartbeats of the device, or empty. */
    public static Slots ofEvents(List<LocalDateTime> events, List<LocalDateTime> alive, long offlineHours,
            LocalDateTime now) {
        return new Slots(Native.slots_of_events(seconds(events), seconds(alive), offlineHours, seconds(now)));
    }

    /** Number of half hours. */
    public long size() {
        return Native.slots_count(handle);
    }

    /** When the first half hour begins. */
    public LocalDateTime first() {
        return LocalDateTime.ofEpochSecond(Native.slots_first(handle), 0, ZoneOffset.UTC);
    }

    /** Falls of the register that were not rollovers. */
    public long resets() {
        return Native.slots_resets(handle);
    }

    /** What was used in each half hour; 0 where it is not {@link #known}. */
    public double[] amounts() {
        double[] amounts = new double[Math.toIntExact(size())];
        Native.slots_copy(handle, amounts, new byte[amounts.length]);
        return amounts;
    }

    public boolean[] known() {
        byte[] known = new byte[Math.toIntExact(size())];
        Native.slots_copy(handle, new double[known.length], known);
        return Flags.flags(known);
    }

    /** Episodes in order of their beginning: rule, about, began, raised, ended, amount, limit, text_zh, text_en. */
    public Table watch(Rules r, Exempt... exempts) {
        long[] from = new long[exempts.length];
        long[] to = new long[exempts.length];
        byte[] kind = new byte[exempts.length];
        for (int i = 0; i < exempts.length; i++) {
            from[i] = seconds(exempts[i].from);
            to[i] = seconds(exempts[i].to);
            kind[i] = (byte) (exempts[i].cleaning ? Native.GOV_EXEMPT_CLEANING : Native.GOV_EXEMPT_AWAY);
        }
        return new Table(Native.slots_watch(handle, from, to, kind, r.noUseLimit, r.noUseHours, r.tooMuchLimit,
                r.tooMuchHours, r.leakHours, r.silenceP, r.silenceWeeks, r.clearHours));
    }

    @Override
    public void close() {
        handle.close();
    }
}
