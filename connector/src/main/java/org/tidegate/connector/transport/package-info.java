/**
 * Nodes talking to nodes: one gRPC server on one port, one connection to each peer, mutual TLS 1.3
 * on both, and the pipe that protocols run over.
 *
 * <ul>
 *   <li>{@link org.tidegate.connector.transport.NodeServer} lets a call in only if the certificate
 *       at the other end proves a member's node or this node's administrator, and that role may use
 *       the service.
 *   <li>{@link org.tidegate.connector.transport.PeerConnections} reaches a member, and believes it
 *       is the member only if that member's own authority says so. Host names prove nothing.
 *   <li>Lanes are the channel of {@code mpc}: one HTTP/2 stream a lane.
 * </ul>
 *
 * <p>Every call of a Tidegate service carries the protocol version in its headers; ends of
 * different versions refuse each other in words before anything else happens.
 */
@NullMarked
package org.tidegate.connector.transport;

import org.jspecify.annotations.NullMarked;
