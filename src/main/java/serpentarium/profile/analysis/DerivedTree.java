package serpentarium.profile.analysis;

/// A tree made of another one.
///
/// @param tree it
/// @param like for each of its nodes one of the nodes of the other tree that it was made of, or -1
record DerivedTree(CallTree tree, int[] like) {
    /// Two trees with one root: what is below that of `first`, then what is below that of `second`, whose root it is.
    static DerivedTree joined(DerivedTree first, DerivedTree second) {
        int shift = first.like.length - 1;
        int[] like = new int[shift + second.like.length];
        System.arraycopy(first.like, 1, like, 1, shift);
        System.arraycopy(second.like, 1, like, shift + 1, second.like.length - 1);
        like[0] = second.like[0];
        return new DerivedTree(CallTree.joined(first.tree, second.tree), like);
    }
}
