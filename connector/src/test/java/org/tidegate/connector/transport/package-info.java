/** Tests of the transport over real mutual TLS on the loopback interface. */
@NullMarked
package org.tidegate.connector.transport;

import org.jspecify.annotations.NullMarked;
