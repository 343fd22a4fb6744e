package serpentarium.profile.format;

import serpentarium.profile.Glimpse;

/// Where a reader shows its first numbers while it reads on. Used by the reader's thread alone.
public interface Glimpses {
    /// Nobody looks.
    Glimpses NONE = new Glimpses() {
        @Override public boolean wanted() {
            return false;
        }

        @Override public void show(Glimpse glimpse) {}
    };

    /// Whether it is time for new numbers; so cheap that it can be asked every 64 KB.
    boolean wanted();

    /// Shows numbers.
    void show(Glimpse glimpse);
}
