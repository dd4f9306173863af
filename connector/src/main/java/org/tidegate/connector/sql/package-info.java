/**
 * From an analyst's text to a plan that every owner derives again: parse, typed IR, plan, refusals.
 */
@NullMarked
package org.tidegate.connector.sql;

import org.jspecify.annotations.NullMarked;
