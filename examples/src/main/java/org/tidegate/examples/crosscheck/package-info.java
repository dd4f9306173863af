/** {@code tidegate crosscheck}: the same questions privately and on the pooled plaintext. */
@NullMarked
package org.tidegate.examples.crosscheck;

import org.jspecify.annotations.NullMarked;
