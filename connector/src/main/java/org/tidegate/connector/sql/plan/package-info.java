/**
 * The plan: fragments, protocol runs, final expressions, leakage, needs; canonical and digested.
 */
@NullMarked
package org.tidegate.connector.sql.plan;

import org.jspecify.annotations.NullMarked;
