/** What participants offer: products, their columns, classes and grades; the space's catalogue. */
@NullMarked
package org.tidegate.connector.catalog;

import org.jspecify.annotations.NullMarked;
