/** {@code tidegate demo}: three institutions, three questions, four refusals, one audit. */
@NullMarked
package org.tidegate.examples.demo;

import org.jspecify.annotations.NullMarked;
