package serpentarium.log.ui.list;

/// Where a list of rows stands: the row at its upper edge, and how much of that row is above the edge. What is above and below has no height anywhere,
/// so that a thousand million rows cost what ten do.
final class RowPlace {
    private long top;
    private double offset;

    /// How high rows are, in lines.
    interface Heights {
        /// 1 where nobody knows.
        int lines(long row);
    }

    /// The row at the upper edge.
    long top() {
        return top;
    }

    /// How many pixels of it are above the edge.
    double offset() {
        return offset;
    }

    void at(long row, double pixels) {
        top = Math.max(0, row);
        offset = pixels;
    }

    /// Goes down, or up where it is negative.
    void scroll(double pixels, long rows, double line, Heights heights) {
        offset += pixels;
        // Far beyond what was read, rows count as one line each.
        double far = 10_000 * line;
        if (Math.abs(offset) > far) {
            long by = (long) Math.floor(offset / line);
            top = Math.clamp(top + by, 0, Math.max(0, rows - 1));
            offset = 0;
            return;
        }
        while (offset < 0 && top > 0) offset += heights.lines(--top) * line;
        if (offset < 0) offset = 0;
        while (top < rows - 1 && offset >= heights.lines(top) * line) offset -= heights.lines(top++) * line;
    }

    /// Goes to where the last row ends at the lower edge.
    void end(long rows, double view, double line, Heights heights) {
        double left = view;
        long row = rows;
        while (row > 0 && left > 0) left -= heights.lines(--row) * line;
        top = row;
        offset = Math.max(0, -left);
    }

    /// Goes back where there is less below the upper edge than the view has room for.
    ///
    /// @return whether the last row ends at the lower edge or above it
    boolean settle(long rows, double view, double line, Heights heights) {
        if (top >= rows) top = Math.max(0, rows - 1);
        double below = -offset;
        long row = top;
        while (row < rows && below <= view) below += heights.lines(row++) * line;
        if (row < rows || below > view + 0.5) return false;
        end(rows, view, line, heights);
        return true;
    }

    /// Goes as little as it can so that a row is seen whole, with some rows around it where there is room.
    void reveal(long row, long rows, double view, double line, Heights heights) {
        int around = view > 12 * line ? 3 : 0;
        if (row < top + around || row == top && offset > 0) {
            at(Math.max(0, row - around), 0);
            return;
        }
        double bottom = -offset;
        long at = top;
        long last = Math.min(rows - 1, row + around);
        while (at <= last && bottom <= view) bottom += heights.lines(at++) * line;
        if (at > last && bottom <= view) return;
        end(last + 1, view, line, heights);
        if (row < top) at(row, 0);
    }
}
