/**
 * The text itself: places in it, its tokens, its statements, and the refusal that names a place.
 */
@NullMarked
package org.tidegate.connector.sql.text;

import org.jspecify.annotations.NullMarked;
