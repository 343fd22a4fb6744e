package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.Flow;
import serpentarium.traffic.analysis.Secrets;

/// What stands above a flow's detail: what was asked, what came of it, and the few figures that matter first.
final class FlowHeading extends VBox {
    private static final Strings STRINGS = Strings.of(FlowHeading.class);
    private static final List<PseudoClass> CLASSES = List.of(PseudoClass.getPseudoClass("failed"), PseudoClass.getPseudoClass("informational"),
            PseudoClass.getPseudoClass("success"), PseudoClass.getPseudoClass("redirect"), PseudoClass.getPseudoClass("client-error"),
            PseudoClass.getPseudoClass("server-error"));

    private final ObservableBooleanValue masked;
    private final Label status = new Label();
    private final Label method = new Label();
    private final Label url = new Label();
    private final Label facts = new Label();
    private final Label error = new Label();
    private final HBox first;
    private Flow flow;

    FlowHeading(ObservableBooleanValue masked) {
        this.masked = masked;
        getStyleClass().add("flow-heading");
        status.getStyleClass().add("status-badge");
        status.setMinWidth(Region.USE_PREF_SIZE);
        method.getStyleClass().add("heading-method");
        method.setMinWidth(Region.USE_PREF_SIZE);
        url.getStyleClass().add("heading-url");
        url.setMinWidth(40);
        url.setMaxWidth(Double.MAX_VALUE);
        url.setTextOverrun(javafx.scene.control.OverrunStyle.CENTER_ELLIPSIS);
        HBox.setHgrow(url, Priority.ALWAYS);
        facts.getStyleClass().add("view-note");
        error.getStyleClass().add("heading-error");
        error.setWrapText(true);
        error.managedProperty().bind(error.visibleProperty());
        error.visibleProperty().bind(error.textProperty().isNotEmpty());
        first = new HBox(status, method, url);
        first.getStyleClass().add("heading-line");
        first.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(first, facts, error);
        masked.addListener((_, _, _) -> {
            if (flow != null) url();
        });
    }

    /// Adds a button at the end of the first line.
    void add(Command command) {
        add(Toolbars.button(command));
    }

    /// Puts buttons before the first line.
    void lead(Command... commands) {
        for (int i = 0; i < commands.length; i++) {
            var button = Toolbars.button(commands[i]);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass().add("small");
            first.getChildren().add(i, button);
        }
    }

    /// Adds a control at the end of the first line.
    void add(Region control) {
        control.setMinWidth(Region.USE_PREF_SIZE);
        first.getChildren().add((Node) control);
    }

    void show(LoadedFlow loaded) {
        flow = loaded.flow();
        status.setText(flow.kind().http() ? FlowFacts.status(flow) : FlowFacts.kind(flow));
        int code = flow.status().orElse(0) / 100;
        for (int i = 0; i < CLASSES.size(); i++)
            status.pseudoClassStateChanged(CLASSES.get(i), i == 0 ? flow.error() != null && code < 4 : (code == i && (flow.error() == null || code >= 4)));
        method.setText(flow.request() == null ? "" : flow.request().method());
        url();
        var parts = new ArrayList<String>();
        parts.add(FlowFacts.kind(flow));
        if (flow.request() != null && !flow.request().httpVersion().isEmpty()) parts.add(flow.request().httpVersion());
        double duration = flow.timing().duration();
        parts.add(Double.isNaN(duration) ? STRINGS.get(loaded.open() ? "detail.goes-on" : "detail.not-ended") : Quantity.time(duration));
        if (flow.kind().http()) parts.add("↑ " + FlowFacts.size(flow.requestBody(), -1) + "  ↓ " + FlowFacts.size(flow.responseBody(), loaded.decoded()[1]));
        if (flow.messages() > 0) parts.add(STRINGS.get("detail.message-count", flow.messages()));
        parts.add(FlowFacts.moment(flow.timing().started()));
        parts.add(FlowFacts.source(flow));
        if (flow.process() != null) parts.add(flow.process().name());
        facts.setText(String.join("  ·  ", parts));
    }

    private void url() {
        String text = flow.request() == null ? FlowFacts.ends(flow.connection()) : flow.request().url();
        url.setText(masked.get() ? Secrets.maskUrl(text) : text);
        url.setTooltip(new Tooltip(url.getText()));
        String wrong = flow.error() == null ? "" : flow.error();
        error.setText(masked.get() ? Secrets.maskUrl(wrong) : wrong);
    }
}
