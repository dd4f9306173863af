/** End-to-end proofs: real node processes, real files, everything asked as an outsider would. */
@NullMarked
package org.tidegate.examples.proof;

import org.jspecify.annotations.NullMarked;
