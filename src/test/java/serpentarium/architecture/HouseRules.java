package serpentarium.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/// The floors and the house style, as rules over compiled classes.
final class HouseRules {
    private HouseRules() {}

    private static final String[] WINDOWS = {"javafx..", "org.controlsfx..", "impl.org.controlsfx..", "atlantafx..", "org.fxmisc..", "org.reactfx..",
        "org.kordamp.ikonli..", "org.jfree.."};

    private static final DescribedPredicate<JavaClass> PRODUCT =
            describe("classes of the house", c -> (c.getPackageName() + ".").startsWith(Floor.ROOT + "."));

    private static final DescribedPredicate<JavaClass> BELOW_WINDOWS =
            describe("below the window", c -> PRODUCT.test(c) && !Floor.of(c.getPackageName()).seesWindows());

    private static final DescribedPredicate<JavaClass> VIEW_MODELS =
            describe("view models", c -> c.getName().replaceFirst("\\$.*", "").endsWith("ViewModel"));

    static final ArchRule FLOORS = classes().that(PRODUCT).should(importOnlyFromBelow());

    static final ArchRule NO_CYCLES = slices().matching("serpentarium.(**)").should().beFreeOfCycles().allowEmptyShould(true)
            .because("a cycle of packages is one package; move what both need to a floor below");

    static final ArchRule NO_WINDOW_BELOW = noClasses().that(BELOW_WINDOWS).should().dependOnClassesThat().resideInAnyPackage(WINDOWS).allowEmptyShould(true)
            .because("JavaFX is seen by kit, the towers' ui, shell and app only");

    static final ArchRule NO_SCENE_IN_VIEW_MODELS = noClasses().that(VIEW_MODELS).should().dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..").allowEmptyShould(true)
            .because("a view model is tested without a toolkit; use javafx.beans and javafx.collections, and leave nodes, colours and keys to the view");

    static final ArchRule NO_PLATFORM = noClasses().that().doNotHaveFullyQualifiedName("serpentarium.kit.FxThread").and(PRODUCT)
            .should().dependOnClassesThat().haveFullyQualifiedName("javafx.application.Platform").allowEmptyShould(true)
            .because("only kit.FxThread talks to Platform; hand it in as an Executor, or add a method to it");

    static final ArchRule NO_APPLICATION = noClasses().that().resideOutsideOfPackages("serpentarium.shell..", "serpentarium.app..").and(PRODUCT)
            .should().beAssignableTo("javafx.application.Application").allowEmptyShould(true)
            .because("only shell and app start the application");

    static final ArchRule NO_GLOBAL_LOOK = noClasses().that()
            .resideOutsideOfPackages("serpentarium.kit..", "serpentarium.shell..", "serpentarium.app..").and(PRODUCT)
            .should().dependOnClassesThat().haveFullyQualifiedName("javafx.application.Application").allowEmptyShould(true)
            .because("the style sheet of the whole application is the business of kit and shell");

    static final ArchRule NO_STATIC_STATE = noFields().that().areDeclaredInClassesThat(PRODUCT).and().areStatic().should().notBeFinal().allowEmptyShould(true)
            .because("there is no static mutable state; make it a field of an object that Wiring makes");

    static final ArchRule NO_STATIC_CELLS = noFields().that().areDeclaredInClassesThat(PRODUCT).and().areStatic()
            .should().haveRawType(describe("something that is changed", HouseRules::changeable)).allowEmptyShould(true)
            .because("a final field that holds a changeable thing is static mutable state as well");

    static final ArchRule NO_THREADS = classes().that(PRODUCT).and().resideOutsideOfPackage("serpentarium.task..").should(startNoThreads()).allowEmptyShould(true)
            .because("serpentarium.task is the only door to another thread; submit a TaskSpec to the Tasks in hand");

    static final ArchRule NAMES = noClasses().that(PRODUCT).should().haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Utils")
            .orShould().haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Impl")
            .orShould().haveSimpleNameStartingWith("Abstract").allowEmptyShould(true)
            .because("a type says what it is (CallTree, FlameLayout, PcapngFormat)");

    private static final Set<String> THREAD_CLASSES = Set.of("java.util.concurrent.Executors", "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor", "java.util.concurrent.ForkJoinPool", "java.util.Timer", "java.lang.Thread$Builder",
            "java.util.concurrent.StructuredTaskScope", "javafx.concurrent.Service", "javafx.concurrent.ScheduledService");

    private static final Set<String> THREAD_CALLS = Set.of("java.lang.Thread.<init>", "java.lang.Thread.ofVirtual", "java.lang.Thread.ofPlatform",
            "java.lang.Thread.startVirtualThread", "java.lang.Thread.start", "java.util.concurrent.CompletableFuture.runAsync",
            "java.util.concurrent.CompletableFuture.supplyAsync", "java.util.concurrent.CompletableFuture.delayedExecutor",
            "java.util.Collection.parallelStream", "java.util.stream.BaseStream.parallel");

    private static boolean changeable(JavaClass type) {
        return type.isAssignableTo("javafx.beans.value.WritableValue") || type.isAssignableTo(ThreadLocal.class)
                || type.getPackageName().equals("java.util.concurrent.atomic") || Set.of("java.util.HashMap", "java.util.ArrayList", "java.util.HashSet",
                "java.util.TreeMap", "java.util.LinkedHashMap", "java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.ConcurrentMap",
                "java.util.ArrayDeque", "java.lang.StringBuilder").contains(type.getName());
    }

    private static ArchCondition<JavaClass> importOnlyFromBelow() {
        return new ArchCondition<>("import only from below") {
            @Override public void check(JavaClass from, ConditionEvents events) {
                Floor own = Floor.of(from.getPackageName());
                for (var dependency : from.getDirectDependenciesFromSelf()) {
                    JavaClass to = dependency.getTargetClass().getBaseComponentType();
                    if (!PRODUCT.test(to)) continue;
                    own.objection(Floor.of(to.getPackageName())).ifPresent(why ->
                            events.add(SimpleConditionEvent.violated(from, dependency.getDescription() + ": " + why)));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> startNoThreads() {
        return new ArchCondition<>("start no threads of their own") {
            @Override public void check(JavaClass from, ConditionEvents events) {
                for (JavaAccess<?> access : from.getAccessesFromSelf()) refuse(access, events);
                from.getCodeUnitReferencesFromSelf().forEach(reference -> refuse(reference, events));
                for (String each : THREAD_CLASSES)
                    if (from.isAssignableTo(each)) events.add(SimpleConditionEvent.violated(from, from.getDescription() + " is a " + each));
                // The jobs strip shows javafx Tasks, so kit may wrap a TaskHandle in one; nobody runs it.
                if (from.isAssignableTo("javafx.concurrent.Task") && !Floor.of(from.getPackageName()).area().equals("kit"))
                    events.add(SimpleConditionEvent.violated(from, from.getDescription() + " is a javafx.concurrent.Task"));
                if (from.isAssignableTo(Thread.class)) events.add(SimpleConditionEvent.violated(from, from.getDescription() + " is a Thread"));
            }
        };
    }

    private static void refuse(JavaAccess<?> access, ConditionEvents events) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        boolean stream = name.equals("parallel") && access.getTargetOwner().isAssignableTo("java.util.stream.BaseStream")
                || name.equals("parallelStream") && access.getTargetOwner().isAssignableTo(java.util.Collection.class);
        if (stream || THREAD_CLASSES.contains(owner) || THREAD_CALLS.contains(owner + "." + name) || owner.startsWith("java.lang.Thread$Builder"))
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
    }

    /// A rule and its name, for parameterised tests.
    record Named(String name, ArchRule rule) {
        @Override public String toString() {
            return name;
        }
    }

    /// All rules.
    static java.util.List<Named> all() {
        return java.util.List.of(new Named("floors", FLOORS), new Named("no cycles", NO_CYCLES), new Named("no window below", NO_WINDOW_BELOW),
                new Named("no scene in view models", NO_SCENE_IN_VIEW_MODELS), new Named("no Platform", NO_PLATFORM),
                new Named("no Application", NO_APPLICATION), new Named("no global look", NO_GLOBAL_LOOK),
                new Named("no static state", NO_STATIC_STATE), new Named("no static cells", NO_STATIC_CELLS),
                new Named("no threads", NO_THREADS), new Named("names", NAMES));
    }
}
