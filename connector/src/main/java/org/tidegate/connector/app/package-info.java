/**
 * The node, put together: the only package that sees all others. It wires and translates; what is
 * decided is decided below.
 */
@NullMarked
package org.tidegate.connector.app;

import org.jspecify.annotations.NullMarked;
