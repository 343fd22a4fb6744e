package serpentarium.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.PathLabel;

/// The menu bar, made of the [CommandRegistry]: a menu for each group of ids, the selected document's between Go and Help.
final class MainMenu extends MenuBar {
    private static final Strings STRINGS = Strings.of(MainMenu.class);
    private static final String HELP = "help";

    private final CommandRegistry registry;
    private final Map<String, String> documentTitles;
    private final Map<String, Menu> ofWindow = new LinkedHashMap<>();
    private final Menu recent = new Menu();

    /// @param documentTitles what the menus of documents' commands are called, by their ids' first word
    MainMenu(CommandRegistry registry, Map<String, String> documentTitles, RecentFiles recentFiles, Opener opener) {
        this.registry = registry;
        this.documentTitles = documentTitles;
        recent.setText(STRINGS.get("menu.recent"));
        recent.setId("file.recent");
        recent.disableProperty().bind(javafx.beans.binding.Bindings.isEmpty(recentFiles.files()));
        recent.getItems().add(new MenuItem());
        recent.setOnShowing(_ -> {
            recentFiles.check();
            recent.getItems().setAll(recentFiles.files().stream().map(file -> recentItem(file, opener)).toList());
            var clear = new MenuItem(STRINGS.get("menu.recent.clear"));
            clear.setOnAction(_ -> recentFiles.clear());
            recent.getItems().addAll(new SeparatorMenuItem(), clear);
        });
        for (List<Command> group : registry.groups()) add(ofWindow, group);
        rebuild();
        registry.document().addListener((_, _, _) -> rebuild());
    }

    private static MenuItem recentItem(RecentFiles.RecentFile file, Opener opener) {
        String path = PathLabel.shorten(file.path());
        var item = new MenuItem(file.missing() ? STRINGS.get("recent.missing", path) : path);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> opener.open(List.of(file.path())));
        return item;
    }

    private void rebuild() {
        Map<String, Menu> ofDocument = new LinkedHashMap<>();
        registry.document().get().stream().collect(Collectors.groupingBy(Command::group, LinkedHashMap::new, Collectors.toList()))
                .values().forEach(group -> add(ofDocument, group));
        var menus = new ArrayList<Menu>();
        ofWindow.forEach((group, menu) -> {
            if (group.equals(HELP)) menus.addAll(ofDocument.values());
            menus.add(menu);
        });
        getMenus().setAll(menus);
    }

    private void add(Map<String, Menu> menus, List<Command> group) {
        var items = new ArrayList<MenuItem>();
        for (Command command : group) {
            items.add(Menus.item(command));
            if (command.id().equals("file.open")) items.add(recent);
        }
        Menu menu = menus.computeIfAbsent(group.getFirst().group(), this::menu);
        if (!menu.getItems().isEmpty()) menu.getItems().add(new SeparatorMenuItem());
        menu.getItems().addAll(items);
    }

    private Menu menu(String group) {
        String key = "menu." + group;
        return new Menu(STRINGS.has(key) ? STRINGS.get(key) : Objects.requireNonNullElse(documentTitles.get(group), group));
    }
}
