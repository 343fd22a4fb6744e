package serpentarium.traffic.analysis.body;

import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.analysis.body.JsonText.Token;

/// A GraphQL request: the query laid out, and its variables; batches too.
///
/// Source: graphql.github.io/graphql-over-http.
public final class GraphqlView implements BodyView {
    private static final Strings STRINGS = Strings.of(GraphqlView.class);

    @Override public String id() {
        return "graphql";
    }

    @Override public Bid bid(BodyInput in) {
        if (in.mediaType().equals("application/graphql")) return new Bid.Yes(92);
        String head = in.head();
        boolean query = head.matches("(?s)\\s{0,50}\\[?\\s{0,50}\\{.*\"query\"\\s*:\\s*\"(\\s|\\\\n|\\\\r|\\\\t|#[^\"]*\\\\n)*(query|mutation|subscription|fragment|\\{).*");
        return query ? new Bid.Yes(91) : new Bid.No(STRINGS.get("bid.graphql"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        String text = in.text();
        var out = new PrettyText();
        if (in.firstSign() != '{' && in.firstSign() != '[' || in.mediaType().equals("application/graphql")) {
            new GraphqlPretty(text, out).all(context);
            return out.model("");
        }
        var finder = new Finder(text, out, context);
        if (!new JsonWalk(text, context).value(0, finder) || finder.queries == 0) throw new ProblemException(Problem.of(STRINGS, "body.graphql", Place.NOWHERE));
        return out.model(out.cut() ? STRINGS.get("note.cut") : "");
    }

    /// Finds the members of each request: a query's text, everything else as JSON.
    private static final class Finder implements JsonWalk.Listener {
        private final String text;
        private final PrettyText out;
        private final TaskContext context;
        private int depth;
        private int top;
        private boolean list;
        private String key = "";
        private int begun;
        private int queries;

        Finder(String text, PrettyText out, TaskContext context) {
            this.text = text;
            this.out = out;
            this.context = context;
        }

        private void title(String name) {
            if (!out.fresh() || out.line() > 0) out.line(0).line(0);
            out.add("# " + name, Spans.Kind.COMMENT).line(0);
        }

        @Override public void open(boolean object, int from) {
            if (depth == 0 && !object) list = true;
            top = list ? 2 : 1;
            if (depth == top) begun = from;
            depth++;
        }

        @Override public void close(boolean object, boolean empty, int to) {
            depth--;
            if (depth == top && !empty) json(begun, to);
        }

        private void json(int from, int to) {
            title(key);
            new JsonWalk(text.substring(from, to), context).value(0, new JsonPretty(text.substring(from, to), out));
        }

        @Override public void key(int from, int to) {
            if (depth == top) key = JsonText.unquoted(text.substring(from, Math.min(to, from + 200)));
        }

        @Override public void value(Token kind, int from, int to) {
            if (depth != top || list && depth < 2) return;
            if (key.equals("query") && kind == Token.STRING) {
                queries++;
                title(key);
                new GraphqlPretty(JsonText.unquoted(text.substring(from, to)), out).all(context);
            } else if (kind != Token.WORD) {
                title(key);
                out.add(text, from, to, kind == Token.STRING ? Spans.Kind.STRING : Spans.Kind.NUMBER);
            }
        }

        @Override public void comma() {}
    }
}
