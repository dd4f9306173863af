/**
 * Secure computation: kernels and protocols, from the ground up. Knows no network stack, no message
 * format, no logger and no files. The floors and what each may import are in {@code mpc/README.md};
 * a test enforces them.
 */
@NullMarked
package org.tidegate.mpc;

import org.jspecify.annotations.NullMarked;
