/// Traffic tower, window: the rules that change traffic, listed, ordered, switched and edited.
package serpentarium.traffic.ui.rule;
