/** The pooled plaintext, as nobody in a space may ever have it: DuckDB's answer is the measure. */
@NullMarked
package org.tidegate.examples.oracle;

import org.jspecify.annotations.NullMarked;
