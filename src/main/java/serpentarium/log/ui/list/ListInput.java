package serpentarium.log.ui.list;

import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import serpentarium.log.engine.LogLines.Spot;

/// What mouse and keyboard do with a list.
final class ListInput {
    private static final double EDGE = 12;

    private final LogList list;
    private long pressed = -1;
    private int letter;
    private boolean text;

    ListInput(LogList list) {
        this.list = list;
        list.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        list.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        list.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void scrolled(ScrollEvent event) {
        if (event.isShiftDown() && event.getDeltaX() == 0) list.scrollAcross(-event.getDeltaY());
        else {
            if (event.getDeltaX() != 0) list.scrollAcross(-event.getDeltaX());
            // A notch of a wheel is three lines.
            double by = event.isDirect() || event.getTouchCount() > 0 || event.isInertia() ? event.getDeltaY() : event.getDeltaY() / 40 * 3 * list.port().grid().line();
            if (by != 0) list.scroll(-by);
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        list.requestFocus();
        long row = list.port().rowAt(event.getY());
        if (row < 0) return;
        Spot spot = list.spot(row).orElse(null);
        if (spot == null) return;
        event.consume();
        boolean second = event.getButton() != MouseButton.PRIMARY;
        if (second) {
            if (list.selection().rows(list.source().get()).stream().noneMatch(rows -> row >= rows.from() && row <= rows.to())) select(spot);
            return;
        }
        if (event.getX() < list.port().gutter().text() && event.getX() >= list.port().gutter().fold() - 4 && fold(row)) {
            pressed = -1;
            return;
        }
        if (event.isShiftDown()) list.selection().extend(spot);
        else if (event.isShortcutDown()) list.selection().toggle(spot);
        else list.selection().only(spot);
        pressed = row;
        letter = list.letterAt(row, event.getX(), event.getY());
        text = !event.isShiftDown() && !event.isShortcutDown() && event.getX() >= list.port().gutter().text();
        if (row < list.rows() - 1) list.sticking().set(false);
        list.selected();
    }

    private void select(Spot spot) {
        list.selection().only(spot);
        list.selected();
    }

    private void dragged(MouseEvent event) {
        if (pressed < 0 || event.getButton() != MouseButton.PRIMARY) return;
        if (event.getY() < EDGE) list.scroll(-list.port().grid().line());
        else if (event.getY() > list.port().height() - EDGE) list.scroll(list.port().grid().line());
        long row = list.port().rowAt(Math.clamp(event.getY(), 0, list.port().height() - 1));
        Optional<Spot> spot = row < 0 ? Optional.empty() : list.spot(row);
        if (spot.isEmpty()) return;
        if (row == pressed && text) {
            int now = list.letterAt(row, event.getX(), event.getY());
            list.selection().letters(spot.get(), letter, now);
        } else list.selection().extend(spot.get());
        list.selected();
        event.consume();
    }

    private void clicked(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || event.getClickCount() != 2 || event.getX() < list.port().gutter().text()) return;
        long number = list.port().rowAt(event.getY());
        Row row = list.row(number);
        if (row == null) return;
        int at = Math.min(list.letterAt(number, event.getX(), event.getY()), row.text().length() - 1);
        int from = at;
        int to = at;
        while (from > 0 && word(row.text(), from - 1)) from--;
        while (to >= 0 && to < row.text().length() && word(row.text(), to)) to++;
        if (from < to) {
            list.selection().letters(row.spot(), from, to);
            list.selected();
        }
        event.consume();
    }

    private static boolean word(String text, int at) {
        char c = text.charAt(at);
        if (Character.isLetterOrDigit(c) || c == '_') return true;
        // What stands between letters of a name, a number or an address belongs to it.
        boolean between = (c == '.' || c == '-') && at > 0 && at + 1 < text.length();
        return between && Character.isLetterOrDigit(text.charAt(at - 1)) && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    private boolean fold(long number) {
        Row row = list.row(number);
        if (row == null || !row.fold().foldable()) return false;
        list.folding().accept(row.spot(), row.fold().lines() == 0);
        return true;
    }

    private void key(KeyEvent event) {
        if (event.isAltDown() || event.isMetaDown() && !event.isShortcutDown() || list.rows() == 0) return;
        boolean shortcut = event.isShortcutDown();
        long last = list.rows() - 1;
        long lead = list.lead().orElse(event.getCode() == KeyCode.UP || event.getCode() == KeyCode.PAGE_UP ? last + 1 : list.port().top() - 1);
        switch (event.getCode()) {
            case UP, KP_UP -> {
                if (shortcut) list.scroll(-list.port().grid().line());
                else move(lead - 1, event);
            }
            case DOWN, KP_DOWN -> {
                if (shortcut) list.scroll(list.port().grid().line());
                else move(lead + 1, event);
            }
            case PAGE_UP -> move(lead - list.port().page(), event);
            case PAGE_DOWN -> move(lead + list.port().page(), event);
            case SPACE -> {
                if (shortcut) list.lead().ifPresent(row -> list.spot(row).ifPresent(list.selection()::toggle));
                else move(lead + (event.isShiftDown() ? -list.port().page() : list.port().page()), false);
                list.selected();
            }
            case HOME -> move(0, event);
            case END -> {
                move(last, event);
                list.sticking().set(true);
            }
            case RIGHT, KP_RIGHT -> across(lead, true, event.isShiftDown());
            case LEFT, KP_LEFT -> across(lead, false, event.isShiftDown());
            case A -> {
                if (!shortcut || event.isShiftDown()) return;
                list.selectAll();
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(long row, KeyEvent event) {
        move(row, event.isShiftDown());
    }

    private void move(long row, boolean extend) {
        long to = Math.clamp(row, 0, list.rows() - 1);
        list.spot(to).ifPresent(spot -> {
            if (extend) list.selection().extend(spot);
            else list.selection().only(spot);
            list.reveal(to);
            list.selected();
        });
    }

    /// Opens or closes a record, or goes to the side.
    private void across(long lead, boolean right, boolean far) {
        Row row = list.row(lead);
        if (!far && row != null && row.fold().foldable() && right == row.fold().lines() > 0) list.folding().accept(row.spot(), !right);
        else list.scrollAcross((right ? 1 : -1) * (far ? 40 : 8) * list.port().grid().line() / 2);
    }
}
