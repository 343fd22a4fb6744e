package serpentarium.traffic.ui;

/// A line of a flow's detail: a name with a value, or a title above such lines.
///
/// @param name   as it stands; of a title the title
/// @param value  as it stands; null makes this a title
/// @param masked the value as it may be seen while secrets are masked; the same where it is no secret; beside a title a remark
/// @param row    the flow that it names, to go there; -1 for none
record Fact(String name, String value, String masked, int row) {
    Fact(String name, String value, String masked) {
        this(name, value, masked, -1);
    }

    /// A line that holds no secret.
    static Fact of(String name, String value) {
        return new Fact(name, value, value);
    }

    /// A title.
    static Fact title(String name) {
        return new Fact(name, null, "");
    }

    /// A title with a remark.
    static Fact title(String name, String remark) {
        return new Fact(name, null, remark);
    }

    boolean title() {
        return value == null;
    }

    /// The value as it is to be seen.
    String shown(boolean mask) {
        return mask ? masked : value;
    }

    /// As `Name: value`.
    String line(boolean mask) {
        return title() ? name : name.isEmpty() ? shown(mask) : name + ": " + shown(mask);
    }
}
