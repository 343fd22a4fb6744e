package serpentarium.log.ui.list;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;
import serpentarium.log.Level;

/// What a screen reader is told of the rows: those that are seen are items of a list, made when they are asked for.
final class ListItems {
    private static final Strings STRINGS = Strings.of(ListItems.class);

    private final LogList list;
    private final Map<Long, Item> items = new HashMap<>();

    /// A row for a screen reader.
    static final class Item extends Region {
        private final LogList list;
        private final long row;

        private Item(LogList list, long row) {
            this.list = list;
            this.row = row;
            setAccessibleRole(AccessibleRole.LIST_ITEM);
        }

        long row() {
            return row;
        }

        @Override public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
            return switch (attribute) {
                case TEXT -> text(list, row);
                case INDEX -> (int) Math.min(Integer.MAX_VALUE, row);
                case SELECTED -> list.lead().orElse(-1) == row;
                case PARENT -> list;
                default -> super.queryAccessibleAttribute(attribute, parameters);
            };
        }
    }

    ListItems(LogList list) {
        this.list = list;
    }

    static String text(LogList list, long number) {
        Row row = list.row(number);
        if (row == null) return "";
        String level = row.starts() && row.severity() != Level.UNKNOWN ? Level.title(row.severity(), "") : "";
        String text = row.text() + (row.fold().exception().isEmpty() ? "" : " " + row.fold().exception());
        return STRINGS.get("list.row", level == null ? "" : level, number + 1, text).strip();
    }

    void selected() {
        OptionalLong lead = list.lead();
        // Bridges read the text of what has the focus.
        list.setAccessibleText(lead.isEmpty() ? STRINGS.get("list.text", list.rows()) : text(list, lead.getAsLong()));
        list.notifyAccessibleAttributeChanged(AccessibleAttribute.FOCUS_ITEM);
    }

    void painted() {
        items.clear();
        OptionalLong lead = list.lead();
        String text = lead.isEmpty() ? STRINGS.get("list.text", list.rows()) : text(list, lead.getAsLong());
        if (!text.isEmpty() && !text.equals(list.getAccessibleText())) list.setAccessibleText(text);
    }

    private Node item(long row) {
        return items.computeIfAbsent(row, each -> new Item(list, each));
    }

    Object answer(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case ITEM_COUNT -> (int) Math.min(Integer.MAX_VALUE, list.rows());
            case ITEM_AT_INDEX -> item(((Integer) parameters[0]).longValue());
            case FOCUS_ITEM -> list.lead().isPresent() ? item(list.lead().getAsLong()) : null;
            case MULTIPLE_SELECTION -> true;
            default -> null;
        };
    }
}
