package serpentarium.traffic.ui.body;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import javafx.collections.ObservableListBase;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.body.BodyModel;
import serpentarium.traffic.analysis.body.HexView;

/// Bytes as a virtual list of lines, each made when it is seen.
final class HexNode extends StackPane implements BodyNode {
    private static final Strings STRINGS = Strings.of(HexNode.class);
    private static final int WIDTH = 16;
    private static final int MOST_COPIED = 1 << 16;

    private final byte[] bytes;
    private final ListView<Integer> list = new ListView<>();

    private static final class Lines extends ObservableListBase<Integer> {
        private final int size;

        Lines(int size) {
            this.size = size;
        }

        @Override public Integer get(int index) {
            return index;
        }

        @Override public int size() {
            return size;
        }
    }

    HexNode(BodyModel.Hex model) {
        bytes = model.bytes();
        getStyleClass().add("body-hex");
        list.setItems(new Lines(HexView.lines(bytes)));
        list.setFixedCellSize(20);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setAccessibleText(STRINGS.get("hex.accessible"));
        list.setCellFactory(_ -> new ListCell<>() {
            @Override protected void updateItem(Integer line, boolean empty) {
                super.updateItem(line, empty);
                setText(empty || line == null ? null : HexView.line(bytes, line));
            }
        });
        getChildren().add(list);
    }

    @Override public Region node() {
        return this;
    }

    /// The bytes, each as the character of its number: letters are found where they are ASCII, and `\xff` by its number.
    @Override public CharSequence searched() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override public void select(int from, int to) {
        int first = from / WIDTH;
        int last = Math.max(from, to - 1) / WIDTH;
        list.getSelectionModel().clearSelection();
        list.getSelectionModel().selectRange(first, Math.min(last, first + 64) + 1);
        list.scrollTo(Math.max(0, first - 4));
    }

    @Override public String copied() {
        List<Integer> chosen = list.getSelectionModel().getSelectedIndices();
        List<Integer> lines = chosen.isEmpty() ? all() : chosen.stream().sorted().toList();
        var out = new StringBuilder();
        for (int line : lines) out.append(HexView.line(bytes, line)).append('\n');
        return out.toString();
    }

    private List<Integer> all() {
        int size = Math.min(MOST_COPIED, HexView.lines(bytes));
        return new AbstractList<>() {
            @Override public Integer get(int index) {
                return index;
            }

            @Override public int size() {
                return size;
            }
        };
    }
}
