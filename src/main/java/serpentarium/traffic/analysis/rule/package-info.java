/// Traffic tower, analysis: rules that change traffic as it passes, as data, and what they are asked of. No socket, no file.
package serpentarium.traffic.analysis.rule;
