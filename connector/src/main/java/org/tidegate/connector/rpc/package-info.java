/**
 * The node's gRPC services and their callers: jobs between nodes, and administration. Translates
 * between wire and domain, and decides nothing itself.
 */
@NullMarked
package org.tidegate.connector.rpc;

import org.jspecify.annotations.NullMarked;
