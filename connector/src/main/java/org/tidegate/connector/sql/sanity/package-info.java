/** Checks between stages; each fails with a bug of ours or a refusal, never silently. */
@NullMarked
package org.tidegate.connector.sql.sanity;

import org.jspecify.annotations.NullMarked;
