package serpentarium.traffic.analysis.body;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import serpentarium.base.Bid;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// The views there are, and the choice among them.
///
/// @param views in the order in which they are offered; among equal bids the first wins
public record BodyViews(List<BodyView> views) {
    private static final Strings STRINGS = Strings.of(BodyViews.class);

    public BodyViews {
        views = List.copyOf(views);
    }

    /// A content as a view shows it.
    ///
    /// @param view  the view's id
    /// @param model what it made
    /// @param notes what a person is to know: why it is not another view, what was cut
    public record Shown(String view, BodyModel model, List<String> notes) {}

    /// All views.
    public static BodyViews all() {
        return new BodyViews(List.of(JsonView.text(), JsonView.tree(), JsonView.lines(), new GraphqlView(), MarkupView.xml(), MarkupView.html(),
                BraceView.css(), BraceView.script(), new FormView(), new MultipartView(), new SseView(), new TokenView(), new PictureView(),
                ProtobufView.message(), ProtobufView.grpc(), new MsgpackView(), new PickleView(), new NumpyView(), new ZipView(), new PlainView(),
                new HexView()));
    }

    /// A view's name for people.
    public static String name(String id) {
        return STRINGS.get("view." + id);
    }

    /// A view by its id; null where there is none.
    public BodyView byId(String id) {
        for (BodyView view : views) if (view.id().equals(id)) return view;
        return null;
    }

    /// The views that bid, the best first. One that fails at it is left out.
    public List<BodyView> ranked(BodyInput in) {
        record Ranked(BodyView view, int strength) {}
        var ranked = new ArrayList<Ranked>();
        for (BodyView view : views) {
            try {
                if (view.bid(in) instanceof Bid.Yes(int strength)) ranked.add(new Ranked(view, strength));
            } catch (ProblemException | IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException | NullPointerException
                     | ArithmeticException | ClassCastException | NegativeArraySizeException | UnsupportedOperationException | StackOverflowError _) {
                // The others still have their say.
            }
        }
        ranked.sort(Comparator.comparingInt((Ranked each) -> -each.strength));
        return ranked.stream().map(Ranked::view).toList();
    }

    /// Shows a content by the view that fits best; where that one fails, by text or hex, with a note that says why.
    public Shown best(BodyInput in, TaskContext context) {
        var notes = new ArrayList<String>();
        for (BodyView view : ranked(in)) {
            // After a failure only what cannot fail is tried: another structured view would be a guess.
            if (!notes.isEmpty() && !(view instanceof PlainView) && !(view instanceof HexView)) continue;
            try {
                return shown(view, in, notes, context);
            } catch (ProblemException e) {
                notes.add(STRINGS.get("note.fallback", name(view.id()), e.problem().title()));
            }
        }
        return shown(new HexView(), in, notes, context);
    }

    /// Shows a content by the view that a person chose.
    ///
    /// @throws ProblemException when it is not of that kind
    public Shown by(BodyView view, BodyInput in, TaskContext context) {
        return shown(view, in, new ArrayList<>(), context);
    }

    private static Shown shown(BodyView view, BodyInput in, List<String> notes, TaskContext context) {
        BodyModel model;
        boolean cut = in.bytes().length > view.limit();
        if (cut) notes.add(STRINGS.get("note.first", Quantity.size(view.limit())));
        try {
            model = view.model(cut ? new BodyInput(Arrays.copyOf(in.bytes(), view.limit()), false, in.contentType()) : in, context);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException | NullPointerException | ArithmeticException
                 | ClassCastException | NegativeArraySizeException | UnsupportedOperationException | StackOverflowError e) {
            if (e instanceof java.util.concurrent.CancellationException cancelled) throw cancelled;
            throw new ProblemException(Problem.of(STRINGS, "body.broken", null).causedBy(e));
        }
        if (!model.note().isEmpty()) notes.add(model.note());
        return new Shown(view.id(), model, List.copyOf(notes));
    }
}
