package org.tidegate.mpc.suite;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.RevealHook;
import org.tidegate.mpc.session.Session;

/**
 * A set intersection with all its parameters, whichever protocol it is: the receiver learns which
 * of its rows have a key that the sender has. Roles are {@code sender} and {@code receiver}, in the
 * order of the session's binding.
 */
public sealed interface Intersection {
  /** The protocol's name. */
  String name();

  /** Against whom it is secure. */
  Adversary adversary();

  /** What both parties compare: 32 bytes. */
  byte[] digest();

  /** The protocol as data. */
  ProtocolDescriptor descriptor();

  /** What it costs over so many distinct keys. */
  Cost cost(long senderRows, long receiverRows);

  /**
   * Runs the receiver.
   *
   * @param keys canonical keys, of which the distinct ones count
   * @return the numbers of the rows whose key is at the sender too, ascending
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   */
  int[] receive(Session session, PackedBytes keys);

  /**
   * Runs the sender.
   *
   * @param keys canonical keys, of which the distinct ones count
   * @param hook called before the first frame from which the receiver learns a match
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   */
  void send(Session session, PackedBytes keys, RevealHook hook);

  /** By Diffie-Hellman on Ristretto255. */
  record Ecdh(EcdhPsiParameters parameters) implements Intersection {
    @Override
    public String name() {
      return Protocols.ECDH_PSI;
    }

    @Override
    public Adversary adversary() {
      return Adversary.SEMI_HONEST;
    }

    @Override
    public byte[] digest() {
      return parameters.digest();
    }

    @Override
    public ProtocolDescriptor descriptor() {
      return Protocols.ecdhPsi(parameters);
    }

    @Override
    public Cost cost(long senderRows, long receiverRows) {
      return Protocols.cost(parameters, senderRows, receiverRows);
    }

    @Override
    public int[] receive(Session session, PackedBytes keys) {
      return new org.tidegate.mpc.psi.ecdh.ReceiverSetup(session, parameters).connect(keys).run();
    }

    @Override
    public void send(Session session, PackedBytes keys, RevealHook hook) {
      new org.tidegate.mpc.psi.ecdh.SenderSetup(session, parameters).connect(keys).run(hook);
    }
  }

  /** By a key-value store under linear evaluation. */
  record Rr22(Rr22Parameters parameters) implements Intersection {
    @Override
    public String name() {
      return Protocols.RR22_PSI;
    }

    @Override
    public Adversary adversary() {
      return parameters.adversary();
    }

    @Override
    public byte[] digest() {
      return parameters.digest();
    }

    @Override
    public ProtocolDescriptor descriptor() {
      return Protocols.rr22Psi(parameters);
    }

    @Override
    public Cost cost(long senderRows, long receiverRows) {
      return Protocols.cost(parameters, senderRows, receiverRows);
    }

    @Override
    public int[] receive(Session session, PackedBytes keys) {
      return new org.tidegate.mpc.psi.rr22.ReceiverSetup(session, parameters).connect(keys).run();
    }

    @Override
    public void send(Session session, PackedBytes keys, RevealHook hook) {
      new org.tidegate.mpc.psi.rr22.SenderSetup(session, parameters).connect(keys).run(hook);
    }
  }
}
