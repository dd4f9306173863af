package org.tidegate.mpc.security;

/** Who may choose a parameter. */
public enum KnobClass {
  /** This node alone: it changes speed or memory, not one byte on the wire. */
  LOCAL,
  /** Both ends alike: it goes into the handshake's digest, and peers that differ abort. */
  AGREED,
  /** Both ends alike, and never below its floor. */
  SECURITY
}
