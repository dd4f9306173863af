/**
 * Private set intersection between two files on one machine: both roles of the protocol, each over
 * its own file, with nothing between them but a channel. It runs {@code mpc} and knows no node.
 */
@NullMarked
package org.tidegate.connector.psi;

import org.jspecify.annotations.NullMarked;
