package serpentarium.profile;

/// One kind of cost that a profile measured.
///
/// @param name  the file's name for it, such as `Ir`; or ours where the format has none, such as `time`
/// @param title a longer name for a person; the name where there is none
/// @param unit  what it is counted in
/// @param total the whole cost in `unit`; percentages are of this
public record Event(String name, String title, Unit unit, double total) {
    /// A cost with all that is needed to understand it alone: `1.55 s`, `308 samples`, `659,408 Ir`.
    public String format(double cost) {
        return switch (unit) {
            case SECONDS, NANOSECONDS, MICROSECONDS, BYTES -> unit.format(cost);
            case SAMPLES, INSTRUCTIONS, COUNT -> unit.format(cost) + " " + name;
        };
    }
}
