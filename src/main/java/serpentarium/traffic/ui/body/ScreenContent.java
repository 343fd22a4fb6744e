package serpentarium.traffic.ui.body;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.body.BodyInput;
import serpentarium.traffic.analysis.body.BodyViews;
import serpentarium.traffic.engine.LoadedBody;
import serpentarium.traffic.engine.RedactedBody;

/// A content as the views get it: as it is, or without its secrets.
///
/// @param input  what they get
/// @param masked whether it was looked through for secrets
/// @param hidden whether some were found
/// @param left   whether a part was left out because it is too large to be looked through
record ScreenContent(BodyInput input, boolean masked, boolean hidden, boolean left) {
    private static final Strings STRINGS = Strings.of(ScreenContent.class);
    /// While secrets are masked, more of a body is not looked through, so it is not shown.
    private static final int LOOKED_THROUGH = 32 << 20;
    private static final Set<String> BINARY = Set.of("hex", "protobuf", "grpc", "pickle", "numpy", "zip");

    static ScreenContent of(BodyInput input, boolean masked) {
        if (!masked) return new ScreenContent(input, false, false, false);
        boolean cut = input.bytes().length > LOOKED_THROUGH;
        byte[] some = cut ? Arrays.copyOf(input.bytes(), LOOKED_THROUGH) : input.bytes();
        byte[] clean = RedactedBody.masked(some, input.contentType());
        return new ScreenContent(new BodyInput(clean, input.whole() && !cut, input.contentType()), true, clean != some, cut);
    }

    /// The ending of a proposed name; from a fixed list, for what a server says is not to be trusted.
    String ending() {
        String type = input.mediaType();
        for (String each : List.of("json", "html", "xml", "css", "javascript", "csv", "png", "jpeg", "gif", "webp", "svg", "pdf", "zip"))
            if (type.contains(each)) return "." + (each.equals("javascript") ? "js" : each);
        return type.startsWith("text/") ? ".txt" : ".bin";
    }

    /// What a person is to know of the masking.
    ///
    /// @param wire whether the bytes were asked for as they were sent
    List<String> notes(BodyViews.Shown shown, boolean wire, LoadedBody loaded) {
        var texts = new ArrayList<String>();
        if (!masked) return texts;
        if (hidden) texts.add(STRINGS.get("note.masked"));
        if (wire && loaded != null && loaded.decoding() == LoadedBody.Decoding.UNDONE) texts.add(STRINGS.get("note.masked-wire"));
        if (left) texts.add(STRINGS.get("note.masked-cut", Quantity.size(LOOKED_THROUGH)));
        if (shown != null && BINARY.contains(shown.view()) && !hidden) texts.add(STRINGS.get("note.masked-binary"));
        return texts;
    }
}
