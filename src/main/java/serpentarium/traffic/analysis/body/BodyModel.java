package serpentarium.traffic.analysis.body;

import java.util.List;

/// What a view made of a content, ready to be drawn.
public sealed interface BodyModel {
    /// What a person is to know about it, such as that it is cut; empty where there is nothing to say.
    String note();

    /// Text with colours and lines that fold.
    ///
    /// @param text  with `\n` as its line ends
    /// @param spans its colours
    /// @param folds what can be folded
    record Text(String text, Spans spans, Folds folds, String note) implements BodyModel {}

    /// A tree that is unfolded node by node.
    ///
    /// @param tree the nodes
    record Tree(BodyTree tree, String note) implements BodyModel {}

    /// Rows under headings.
    ///
    /// @param columns the headings
    /// @param rows    as many cells as there are headings in each
    record Table(List<String> columns, List<List<String>> rows, String note) implements BodyModel {}

    /// Contents inside the content, each to be shown by the view that fits it.
    ///
    /// @param parts in their order
    record Parts(List<Part> parts, String note) implements BodyModel {}

    /// A picture whose size is bounded.
    ///
    /// @param bytes the file
    /// @param facts name and value of what its header says
    record Picture(byte[] bytes, int width, int height, List<Fact> facts, String note) implements BodyModel {}

    /// The bytes themselves.
    ///
    /// @param bytes not to be changed
    record Hex(byte[] bytes, String note) implements BodyModel {}

    /// One of several contents.
    ///
    /// @param name what the content calls it: for a person, never a path
    /// @param fact what else is said of it
    /// @param body its content
    record Part(String name, String fact, BodyInput body) {}

    /// Something known.
    ///
    /// @param name  what
    /// @param value its value
    record Fact(String name, String value) {}
}
