/** The typed IR: what a statement asks, with names resolved and positions kept. */
@NullMarked
package org.tidegate.connector.sql.ir;

import org.jspecify.annotations.NullMarked;
