/**
 * Private set intersection from files to file between two processes: mutual TLS on the loopback
 * interface, through a line of a stated rate and delay where one is asked for.
 */
@NullMarked
package org.tidegate.benchmarks.psi;

import org.jspecify.annotations.NullMarked;
