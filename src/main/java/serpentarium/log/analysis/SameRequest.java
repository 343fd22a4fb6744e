package serpentarium.log.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.LogRecord;

/// What the records of one request, task or trace have in common: an id in a field, or in the message.
public final class SameRequest {
    private static final List<String> NAMES = List.of("request_id", "requestid", "req_id", "reqid", "x_request_id", "x-request-id", "correlation_id", "correlationid", "trace_id",
            "traceid", "trace.id", "otelTraceID", "dd.trace_id", "task_id", "taskid", "job_id", "transaction_id", "transaction.id", "session_id", "operation_id");
    private static final Pattern IN_MESSAGE = Pattern.compile("(?i)\\b(?:x[-_])?(request|req|correlation|trace|task|job|transaction|session)[-_. ]?id[\"']?\\s*[=:]\\s*[\"']?([\\w.-]{3,80})");
    private static final Pattern CELERY = Pattern.compile("\\b[Tt]ask [\\w.]+\\[([0-9a-f-]{36})]");

    private SameRequest() {}

    /// What a request is known by.
    ///
    /// @param name   what it is called
    /// @param value  its id
    /// @param filter finds its records
    public record Id(String name, String value, String filter) {}

    /// The id in a record, where it has one.
    public static Optional<Id> of(LogRecord record) {
        for (String name : NAMES) {
            Optional<Id> found = in(record.fields(), "", name);
            if (found.isPresent()) return found;
        }
        for (Pattern pattern : List.of(IN_MESSAGE, CELERY)) {
            String head = record.message().substring(0, Math.min(record.message().length(), 4000));
            Matcher matcher = pattern.matcher(head);
            if (!matcher.find()) continue;
            String value = matcher.group(matcher.groupCount());
            String name = pattern == CELERY ? "task" : matcher.group(1).toLowerCase(Locale.ROOT);
            return Optional.of(new Id(name, value, FilterText.holding(value)));
        }
        return Optional.empty();
    }

    private static Optional<Id> in(Map<?, ?> fields, String path, String name) {
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String full = path + field.getKey();
            if (field.getValue() instanceof Map<?, ?> map) {
                Optional<Id> inside = path.length() < 60 ? in(map, full + ".", name) : Optional.empty();
                if (inside.isPresent()) return inside;
            } else if ((full.equalsIgnoreCase(name) || String.valueOf(field.getKey()).equalsIgnoreCase(name)) && field.getValue() != null && !String.valueOf(field.getValue()).isBlank()) {
                Optional<String> filter = FilterText.equal(full, field.getValue());
                if (filter.isPresent()) return Optional.of(new Id(full, String.valueOf(field.getValue()), filter.get()));
            }
        }
        return Optional.empty();
    }
}
