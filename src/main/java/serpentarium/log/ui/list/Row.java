package serpentarium.log.ui.list;

import serpentarium.log.engine.LogLines;

/// A row as it is drawn, made off the window's thread.
///
/// @param spot     the line that it shows
/// @param text     its text, without what only a terminal understands
/// @param columns  where its letters stand
/// @param styles   what a terminal would paint it with
/// @param starts   whether a record begins here
/// @param severity the level of the record that it belongs to on Python's scale, or [serpentarium.log.Level#UNKNOWN]
/// @param time     of a record that begins here and says one: nanoseconds since 1970; else [serpentarium.log.RecordView#NO_TIME]
/// @param hidden   how many bytes of the line are not in the text
/// @param fold     what is folded away below it, or [RowFold#NONE]
public record Row(LogLines.Spot spot, String text, TextColumns columns, TextStyles styles, boolean starts, int severity, long time, long hidden, RowFold fold) {}
