package serpentarium.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One record of a log, taken out of the file: for a detail pane and for scripts, never kept for all records of a file.
///
/// @param source    the file it stands in
/// @param line      number of its first line, from 1
/// @param lines     how many lines it has
/// @param format    id of the format its first line has
/// @param time      nanoseconds since 1970, or [RecordView#NO_TIME]
/// @param level     its level's name, one of Python's five where it can be; null where it has none
/// @param number    its level on Python's scale, or [Level#UNKNOWN]
/// @param logger    who wrote it, or null
/// @param message   its message, without a traceback
/// @param file      source file of the statement, or null
/// @param fileLine  line in that file, or -1
/// @param thread    or null
/// @param process   or null
/// @param exception the text of its traceback, or null
/// @param fields    everything else that it says by name, in the order of the file; values are texts, numbers, booleans, null, lists and maps
public record LogRecord(String source, long line, int lines, String format, long time, String level, int number, String logger, String message, String file,
        int fileLine, String thread, String process, String exception, Map<String, Object> fields) {
    public LogRecord {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
