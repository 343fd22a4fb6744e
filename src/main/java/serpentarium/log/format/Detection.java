package serpentarium.log.format;

import java.util.List;
import serpentarium.log.LogFormat;

/// What a log's format was found to be, over a sample of its lines.
///
/// @param formats  in the order in which lines are tried; a last one of family PLAIN only where the file is no log
/// @param envelope what a container runtime put round each line
/// @param log      whether it is one at all; prose is not
/// @param lines    how many lines of the sample are no continuation by their looks
/// @param fitting  how many of them begin a record of one of the formats
/// @param ownName  a level's name that means a level of its own here, although elsewhere it is another spelling; null where there is none
/// @param dayFirst whether `22/11/2026` is how it writes dates
public record Detection(List<LogFormat> formats, Envelope envelope, boolean log, int lines, int fitting, String ownName, boolean dayFirst) {
    public Detection {
        formats = List.copyOf(formats);
    }

    /// A log that a person says is of a format.
    public static Detection chosen(LogFormat format) {
        return new Detection(List.of(format), Envelope.NONE, true, 0, 0, null, false);
    }

    /// How much of the sample fits, 0…1.
    public double score() {
        return lines == 0 ? 0 : Math.min(1, (double) fitting / lines);
    }

    /// Ids of its formats, such as `uvicorn+basic`, with the envelope before them.
    public String id() {
        var id = new StringBuilder();
        if (envelope != Envelope.NONE) id.append(envelope.name().toLowerCase(java.util.Locale.ROOT)).append('+');
        for (LogFormat format : formats) id.append(format.id()).append('+');
        return id.substring(0, id.length() - 1);
    }
}
