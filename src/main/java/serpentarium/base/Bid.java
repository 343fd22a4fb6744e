package serpentarium.base;

/// A format's answer to the question whether it can read something.
public sealed interface Bid {
    /// It can.
    ///
    /// @param strength from 1 (nothing speaks against it) to 100 (a magic number says so); the highest bid wins
    record Yes(int strength) implements Bid {}

    /// It cannot.
    ///
    /// @param reason why, as a clause for a person: "the first byte is not a marshal dict"
    record No(String reason) implements Bid {}
}
