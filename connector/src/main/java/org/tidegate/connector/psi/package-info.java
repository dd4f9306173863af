/**
 * Private set intersection between the keys of two files: reading keys, choosing a protocol,
 * running either role or both over a channel, writing the rows that match. It runs {@code mpc} and
 * knows no node and no network.
 */
@NullMarked
package org.tidegate.connector.psi;

import org.jspecify.annotations.NullMarked;
