package serpentarium.log.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.log.Warning;

/// The files that one log was written to one after the other, in the order of what is in them.
///
/// @param live     the file that is written now; it need not be there
/// @param members  the files that are there, the oldest first and the one that is written now last
/// @param warnings what is missing between them, and what was left out
public record RotatedSet(Path live, List<Member> members, List<Warning> warnings) {
    private static final Strings STRINGS = Strings.of(RotatedSet.class);
    /// How many days without a file are named one by one.
    private static final int NAMED = 5;

    public RotatedSet {
        members = List.copyOf(members);
        warnings = List.copyOf(warnings);
    }

    /// One file of a set.
    ///
    /// @param path   where it is
    /// @param live   whether it is the one that is written now
    /// @param packed whether its name says that it is compressed
    /// @param number how often it was rotated, where its name says so; else -1
    public record Member(Path path, boolean live, boolean packed, long number) {}

    private record Found(Path path, RotatedName name, long modified) {}

    /// The set that a file belongs to, whichever of its files it is.
    ///
    /// @param more folders that rotated files are moved to (logrotate's `olddir`)
    /// @throws IOException where a folder cannot be listed
    public static RotatedSet of(Path member, Path... more) throws IOException {
        Path file = member.toAbsolutePath();
        Path folder = file.getParent();
        Set<String> names = new HashSet<>();
        List<Path> files = list(folder);
        for (Path other : more) files.addAll(list(other.toAbsolutePath()));
        files.forEach(each -> names.add(each.getFileName().toString()));
        String live = RotatedSet.live(file.getFileName().toString(), names);
        return set(folder.resolve(live), files);
    }

    /// All sets of a folder, by the names of the files that are written now.
    public static List<RotatedSet> in(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        List<Path> files = list(absolute);
        Set<String> names = new HashSet<>();
        files.forEach(each -> names.add(each.getFileName().toString()));
        Map<String, List<Path>> groups = new TreeMap<>();
        for (Path file : files) groups.computeIfAbsent(live(file.getFileName().toString(), names), _ -> new ArrayList<>()).add(file);
        return groups.entrySet().stream().map(each -> set(absolute.resolve(each.getKey()), each.getValue())).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.filter(each -> !each.getFileName().toString().startsWith(".") && Files.isRegularFile(each)).toList());
        }
    }

    /// The name of the file that is written now, of which this one may be an older part: the reading whose live file is there, or else the likeliest one
    /// that other files share.
    private static String live(String name, Set<String> names) {
        List<RotatedName> readings = RotatedName.readings(name);
        for (RotatedName reading : readings) if (!reading.live().equals(name) && names.contains(reading.live())) return reading.live();
        String likely = readings.getFirst().live();
        return alone(name, likely, names) ? name : likely;
    }

    /// Whether a number before the ending is part of a name, as in `py3.13.log`: no other file has another one there.
    private static boolean alone(String name, String likely, Set<String> names) {
        int dot = name.lastIndexOf('.');
        int end = likely.lastIndexOf('.');
        if (dot < 0 || end < 0 || likely.equals(name) || !name.substring(dot).equals(likely.substring(end)) || !Character.isLetter(name.charAt(name.length() - 1))) return false;
        String base = likely.substring(0, end);
        return names.stream().noneMatch(other -> !other.equals(name) && other.startsWith(base) && RotatedName.readings(other).stream().anyMatch(each -> each.live().equals(likely)));
    }

    private static RotatedSet set(Path live, List<Path> files) {
        String wanted = live.getFileName().toString();
        List<Warning> warnings = new ArrayList<>();
        List<Found> found = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            RotatedName reading = name.equals(wanted) ? RotatedName.live(name)
                    : RotatedName.readings(name).stream().filter(each -> each.live().equals(wanted)).findFirst().orElse(null);
            if (reading == null || reading.isLive() && !file.equals(live)) continue;
            modified(file).ifPresent(time -> found.add(new Found(file, reading, time)));
        }
        found.sort(order(found));
        Map<String, Found> kept = new LinkedHashMap<>();
        for (Found each : found) kept.merge(each.name.isLive() + RotatedName.plain(each.path.getFileName().toString()), each, (before, after) -> {
            // The file and what it is being packed into, or was when the machine stopped.
            Found packed = after.name.packed() ? after : before;
            warnings.add(new Warning("rotated.twice", STRINGS.get("rotated.twice", packed.path.getFileName()), Place.of(packed.path.toString())));
            return packed == before ? after : before;
        });
        List<Member> members = kept.values().stream().map(each -> new Member(each.path, each.name.isLive(), each.name.packed(), each.name.number())).toList();
        gaps(live, List.copyOf(kept.values()), warnings);
        return new RotatedSet(live, members, warnings);
    }

    private static Optional<Long> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toMillis());
        } catch (NoSuchFileException _) {
            // Rotated away while it was listed.
            return Optional.empty();
        } catch (IOException _) {
            return Optional.of(0L);
        }
    }

    private static Comparator<Found> order(List<Found> found) {
        Comparator<Found> live = Comparator.comparing((Found each) -> each.name.isLive());
        boolean numbers = found.stream().anyMatch(each -> each.name.number() >= 0);
        boolean dates = found.stream().anyMatch(each -> !each.name.date().isEmpty());
        Comparator<Found> names = Comparator.comparing((Found each) -> each.name.date()).thenComparing(each -> -each.name.number())
                .thenComparing(Found::modified).thenComparing(each -> each.path.toString());
        // Where the way of naming was changed, only the files' own times put both kinds in order.
        return numbers && dates ? live.thenComparing(Found::modified).thenComparing(names) : live.thenComparing(names);
    }

    private static void gaps(Path live, List<Found> found, List<Warning> warnings) {
        long before = -1;
        LocalDate day = null;
        for (Found each : found) {
            long number = each.name.number();
            if (number >= 0) {
                for (long missing = before - 1; missing > number && before >= 0; missing--) {
                    if (before - missing > NAMED) break;
                    warnings.add(missing(live, live.getFileName() + "." + missing));
                }
                before = number;
            } else if (each.name.day()) {
                LocalDate next = day(each.name.date());
                if (next != null && day != null && ChronoUnit.DAYS.between(day, next) > 1 && daily(found)) {
                    LocalDate last = next.minusDays(1);
                    LocalDate first = day.plusDays(1);
                    warnings.add(missing(live, first.equals(last) ? first.toString() : first + " … " + last));
                }
                day = next;
            }
        }
        if (before > 1) warnings.add(missing(live, live.getFileName() + ".1" + (before > 2 ? " … ." + (before - 1) : "")));
    }

    /// Whether most files of a set are a day apart.
    private static boolean daily(List<Found> found) {
        List<LocalDate> days = found.stream().filter(each -> each.name.day()).map(each -> day(each.name.date())).filter(each -> each != null).toList();
        int apart = 0;
        for (int i = 1; i < days.size(); i++) if (ChronoUnit.DAYS.between(days.get(i - 1), days.get(i)) == 1) apart++;
        return apart * 2 >= days.size() - 1 && apart > 0;
    }

    private static LocalDate day(String digits) {
        try {
            return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static Warning missing(Path live, String what) {
        return new Warning("rotated.gap", STRINGS.get("rotated.gap", what), Place.of(live.toString()));
    }
}
