package serpentarium.traffic.analysis.rule;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.analysis.FlowFilter;
import serpentarium.traffic.analysis.FlowFilter.NumberField;
import serpentarium.traffic.analysis.FlowFilter.Property;
import serpentarium.traffic.analysis.FlowFilter.Sides;
import serpentarium.traffic.analysis.FlowFilter.TextField;
import serpentarium.traffic.analysis.FlowFilter.TextTest;

/// Asks a filter of an exchange that is on its way. Once the request is there, what only a response can tell is false until it comes, so that
/// `is:pending` and `not status >= 400` match requests; before anything was said it is unknown.
final class PassingTest {
    /// How often a pattern may look at a character: about a fifth of a second. What takes longer does not match.
    private static final int LOOKS = 4_000;

    private final Passing passing;

    PassingTest(Passing passing) {
        this.passing = passing;
    }

    Answer ask(FlowFilter filter) {
        return switch (filter) {
            case FlowFilter.All _ -> Answer.YES;
            case FlowFilter.Not(FlowFilter part) -> ask(part).not();
            case FlowFilter.And(List<FlowFilter> parts) -> any(parts, Answer.NO);
            case FlowFilter.Or(List<FlowFilter> parts) -> any(parts, Answer.YES);
            case FlowFilter.KindOf(List<FlowKind> kinds) -> kinds.stream().anyMatch(FlowKind::http) ? Answer.YES : Answer.NO;
            case FlowFilter.SourceOf(var source) -> Answer.of(passing.source() == source);
            case FlowFilter.Is(Property property) -> property(property);
            case FlowFilter.NumberOf(NumberField field, var comparison, double value) -> {
                double number = number(field);
                yield Double.isNaN(number) ? later() : Answer.of(comparison.holds(number, value));
            }
            case FlowFilter.TextOf(TextField field, TextTest test) -> text(field, test);
            case FlowFilter.HeaderOf(Sides sides, String name, TextTest test) -> sides(sides,
                    passing.request() == null ? null : passing.request().headers(), passing.response() == null ? null : passing.response().headers(),
                    (headers, _) -> header(headers, name, test));
            case FlowFilter.BodyOf(Sides sides, TextTest test) ->
                sides(sides, passing.requestBody(), passing.responseBody(), (body, _) -> holds(test, new String(body, StandardCharsets.UTF_8)));
        };
    }

    private Answer later() {
        return passing.request() == null ? Answer.UNKNOWN : Answer.NO;
    }

    /// The first part that decides; unknown where one could still.
    private Answer any(List<FlowFilter> parts, Answer deciding) {
        Answer answer = deciding.not();
        for (FlowFilter part : parts) {
            Answer one = ask(part);
            if (one == deciding) return one;
            if (one == Answer.UNKNOWN) answer = one;
        }
        return answer;
    }

    private <T> Answer sides(Sides sides, T request, T response, BiFunction<T, Sides, Boolean> test) {
        if (sides != Sides.RESPONSE && request != null && test.apply(request, Sides.REQUEST)) return Answer.YES;
        if (sides != Sides.REQUEST && response != null && test.apply(response, Sides.RESPONSE)) return Answer.YES;
        return later();
    }

    private Answer property(Property property) {
        return switch (property) {
            case ERROR, MARKED, COMMENTED -> Answer.NO;
            case RESPONSE -> passing.response() != null ? Answer.YES : later();
            case NO_RESPONSE -> passing.request() == null ? Answer.UNKNOWN : Answer.of(passing.response() == null);
            case OPEN -> Answer.YES;
            case ASSET -> passing.response() == null ? later() : Answer.of(FlowFilter.asset(type(passing.response())));
        };
    }

    private double number(NumberField field) {
        return switch (field) {
            case STATUS -> passing.response() == null ? Double.NaN : passing.response().status();
            case DURATION, FIRST_BYTE -> Double.NaN;
            case SIZE -> passing.responseBody() == null || passing.requestBody() == null ? Double.NaN : passing.requestBody().length + passing.responseBody().length;
            case REQUEST_SIZE -> passing.requestBody() == null ? Double.NaN : passing.requestBody().length;
            case RESPONSE_SIZE -> passing.responseBody() == null ? Double.NaN : passing.responseBody().length;
            case MESSAGES -> 0;
            case PORT -> passing.port() == 0 ? Double.NaN : passing.port();
        };
    }

    private Answer text(TextField field, TextTest test) {
        if (passing.host() == null && passing.request() == null) return Answer.UNKNOWN;
        if (field == TextField.HOST) return Answer.of(holds(test, passing.host()));
        if (field == TextField.PROCESS) return passing.process() == null ? later() : Answer.of(holds(test, passing.process()));
        if (field == TextField.CLIENT) return passing.client() == null ? later() : Answer.of(holds(test, passing.client()));
        if (field == TextField.MARK || field == TextField.COMMENT) return Answer.of(holds(test, ""));
        if (passing.request() == null) return Answer.UNKNOWN;
        return switch (field) {
            case METHOD -> Answer.of(holds(test, passing.request().method()));
            case PATH -> Answer.of(holds(test, passing.request().path()));
            case URL -> Answer.of(holds(test, passing.request().url()));
            case ANYWHERE -> Answer.of(holds(test, passing.request().method() + " " + passing.request().url()));
            case VERSION -> Answer.of(holds(test, passing.request().httpVersion()));
            case TYPE -> passing.response() == null ? Answer.NO : Answer.of(holds(test, type(passing.response())));
            case SERVER -> Answer.of(holds(test, passing.host() + ":" + passing.port()));
            case CLIENT, HOST, PROCESS, MARK, COMMENT -> Answer.NO;
        };
    }

    private static String type(ResponseHead response) {
        String type = response.headers().first("content-type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean header(Headers headers, String name, TextTest test) {
        for (Headers.Field field : headers.fields()) {
            if (name == null ? holds(test, field.name() + ": " + field.value())
                    : field.name().equalsIgnoreCase(name) && (test == null || holds(test, field.value()))) return true;
        }
        return false;
    }

    private static boolean holds(TextTest test, String text) {
        try {
            return test.holds(text, TaskContext.cancelledAfter(LOOKS));
        } catch (CancellationException e) {
            return false;
        }
    }
}
