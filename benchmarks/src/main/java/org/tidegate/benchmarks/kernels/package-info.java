/**
 * JMH benchmarks of the kernels. Each has our variants and its rivals as values of one parameter,
 * so that a ratio comes from one run; nothing is verified inside the timed region.
 */
@NullMarked
package org.tidegate.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
