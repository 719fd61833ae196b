package org.govcore;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Very many meters (cumulative registers of water or power) of people who live alone, reading by reading.
 *
 * <p>An episode is a reason to ring or to knock, never a statement about a person; a silent meter says nothing about
 * anyone. Of old half hours no more is kept than the rules look back on. Used by one thread at a time.
 */
public final class Meters implements AutoCloseable {
    private final NativeMeters handle;

    private Meters(NativeMeters handle) {
        this.handle = handle;
    }

    /**
     * A published rule: jiangsulu, daning, longgang, taicang, liaocheng, door or infrared.
     *
     * @param registerSize where a register starts again from 0; 0: it does not
     * @param offlineHours without a reading for longer a device is offline
     */
    public static Meters of(String preset, double registerSize, int offlineHours) {
        try (NativeWatchRules r = new NativeWatchRules()) {
            Native.watch_preset(preset, r);
            return new Meters(Native.meters_new(r.getNo_use_limit(), r.getNo_use_hours(), r.getToo_much_limit(),
                    r.getToo_much_hours(), r.getLeak_hours(), r.getSilence_p(), r.getSilence_weeks(),
                    r.getClear_hours(), registerSize, offlineHours));
        }
    }

    /** Meters that were saved. A damaged, foreign or newer file is refused. */
    public static Meters open(Path path) {
        return new Meters(Native.meters_open(path.toString()));
    }

    /** Writes beside the path and renames. The file tells when somebody was at home: keep it as sensitive. */
    public void save(Path path) {
        Native.meters_save(handle, path.toString());
    }

    /**
     * Takes a table with the columns meter, time and reading, in any order.
     *
     * @return the rows that could not be used: row, meter, reason (missing, number, late)
     */
    public Table add(Table readings, int threads, Run run) {
        return new Table(Native.meters_add(handle, readings.handle, threads, Run.handle(run)));
    }

    /** Takes explained times: a table with the columns meter, from, to and kind (away, cleaning). */
    public void exempt(Table exempts) {
        Native.meters_exempt(handle, exempts.handle);
    }

    /**
     * What lasts at a time or ended after another: meter, rule, about, began, raised, ended, amount, limit, text_zh,
     * text_en.
     *
     * @param now   local; null: each meter's last reading
     * @param since local; null: all
     */
    public Table episodes(LocalDateTime now, LocalDateTime since, int threads, Run run) {
        return new Table(Native.meters_episodes(handle, seconds(now), seconds(since), threads, Run.handle(run)));
    }

    /** Forgets the episodes that ended up to a time. */
    public void forget(LocalDateTime before) {
        Native.meters_forget(handle, seconds(before));
    }

    public long count() {
        return Native.meters_count(handle);
    }

    @Override
    public void close() {
        handle.close();
    }

    private static long seconds(LocalDateTime time) {
        return time == null ? 0 : time.toEpochSecond(ZoneOffset.UTC);
    }
}
