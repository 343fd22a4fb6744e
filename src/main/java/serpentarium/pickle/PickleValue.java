package serpentarium.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// What a pickle describes, as plain data. Lists, dicts and objects may hold themselves, and the same one may be held many times: whoever
/// walks over a value must not assume a tree.
public sealed interface PickleValue {
    /// `None`, `True` and `False`.
    enum Atom implements PickleValue { NONE, TRUE, FALSE }

    /// A whole number.
    record Whole(long value) implements PickleValue {}

    /// A whole number beyond 64 bits.
    record Large(BigInteger value) implements PickleValue {}

    /// A number with a fraction.
    record Real(double value) implements PickleValue {}

    /// A text; a string of Python 2 too.
    record Text(String value) implements PickleValue {}

    /// Bytes, not copied.
    record Bytes(byte[] value) implements PickleValue {}

    /// The name of a class or function. It is only the name: nothing is looked up.
    record Global(String module, String name) implements PickleValue {}

    /// Something that lies outside of the pickle: a persistent id, an extension code, a buffer.
    record Outside(PickleValue id) implements PickleValue {}

    /// How values stand together.
    enum Shape { LIST, TUPLE, SET, FROZEN_SET }

    /// A list, tuple or set. What cannot be told from protocols 0 to 3 (sets are objects there) is a [Made].
    record Items(Shape shape, List<PickleValue> list) implements PickleValue {
        Items(Shape shape) {
            this(shape, new ArrayList<>(2));
        }
    }

    /// A dict: keys and values by turns, keys that occur twice among them. Nothing is hashed.
    record Dict(List<PickleValue> flat) implements PickleValue {
        Dict() {
            this(new ArrayList<>(2));
        }

        /// The last value under a text; null where there is none.
        public PickleValue get(String key) {
            for (int i = flat.size() - 2; i >= 0; i -= 2)
                if (flat.get(i) instanceof Text(String text) && text.equals(key)) return flat.get(i + 1);
            return null;
        }

        /// The last value under a number; null where there is none.
        public PickleValue get(long key) {
            for (int i = flat.size() - 2; i >= 0; i -= 2)
                if (flat.get(i) instanceof Whole(long number) && number == key) return flat.get(i + 1);
            return null;
        }
    }

    /// An object that unpickling would have made by calling something: what would have been called, and with what.
    final class Made implements PickleValue {
        private final PickleValue callable;
        private final Items arguments;
        private Items items;
        private Dict entries;
        private PickleValue state;

        /// @param callable  what would have been called
        /// @param arguments what it would have been given
        Made(PickleValue callable, Items arguments) {
            this.callable = callable;
            this.arguments = arguments;
        }

        /// The class that it would have been of: the class itself where `copyreg` stands between.
        public Global type() {
            boolean between = callable instanceof Global(String module, String name)
                    && (module.equals("copyreg") || module.equals("copy_reg"))
                    && (name.equals("_reconstructor") || name.equals("__newobj__"));
            PickleValue type = between && !arguments.list.isEmpty() ? arguments.list.getFirst() : callable;
            return type instanceof Global global ? global : new Global("", "");
        }

        /// What would have been called.
        public PickleValue callable() {
            return callable;
        }

        /// What it would have been given.
        public List<PickleValue> arguments() {
            return arguments.list;
        }

        /// The state that it was given; null where none was.
        public PickleValue state() {
            return state;
        }

        /// What would have been appended to it.
        public Items items() {
            if (items == null) items = new Items(Shape.LIST);
            return items;
        }

        /// What would have been set in it by key.
        public Dict entries() {
            if (entries == null) entries = new Dict();
            return entries;
        }

        /// The attribute of this name; null where there is none.
        public PickleValue attribute(String name) {
            return switch (state) {
                case Dict dict -> dict.get(name);
                case Items(_, var parts) when parts.size() == 2 -> {
                    PickleValue slot = parts.get(1) instanceof Dict slots ? slots.get(name) : null;
                    yield slot != null || !(parts.get(0) instanceof Dict dict) ? slot : dict.get(name);
                }
                case null, default -> null;
            };
        }

        /// Whether it was given a state, as most objects are once they are complete.
        public boolean complete() {
            return state != null;
        }

        /// Gives it a state.
        void state(PickleValue value) {
            state = value;
        }
    }
}
