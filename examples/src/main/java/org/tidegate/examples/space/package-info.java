/** Spaces that live as long as one command. */
@NullMarked
package org.tidegate.examples.space;

import org.jspecify.annotations.NullMarked;
