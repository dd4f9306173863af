/** One rule a class: from Calcite's syntax tree to the IR. */
@NullMarked
package org.tidegate.connector.sql.rule;

import org.jspecify.annotations.NullMarked;
