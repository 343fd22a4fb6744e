/// What pyenv's scripts do with texts, as pure functions: how a pin file is read, which version a word means, in which order versions stand,
/// what a word of another tool would be here, and how a pin is rewritten so that comments stay. The reference is pyenv 2.6.30; where it is
/// odd, so is this.
package serpentarium.python.analysis;
