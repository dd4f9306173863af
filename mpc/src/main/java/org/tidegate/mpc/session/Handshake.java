package org.tidegate.mpc.session;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.ConstantTime;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;

/**
 * The first frame each way: a digest of protocol, version, binding and parameters, and a few
 * numbers that only their owner knows, such as its number of rows.
 */
public final class Handshake {
  private Handshake() {}

  /**
   * Exchanges hellos.
   *
   * @param protocol name and version
   * @param parameters a digest of the agreed parameters
   * @param own this party's numbers
   * @return the peer's numbers, as many as this party's
   * @throws ProtocolAbortException if anything that must be the same is not
   */
  public static int[] exchange(
      Session session, Step step, String protocol, byte[] parameters, int... own) {
    byte[] agreed =
        session.binding().hash("tidegate.hello/1").text(protocol).bytes(parameters).finish();
    byte[] hello = new byte[agreed.length + 4 * own.length];
    System.arraycopy(agreed, 0, hello, 0, agreed.length);
    for (int i = 0; i < own.length; i++) {
      BigEndian.writeInt(hello, agreed.length + 4 * i, own[i]);
    }
    session.channel().send(step, hello);
    byte[] theirs = session.channel().receive(step, hello.length);
    if (theirs.length != hello.length || !ConstantTime.equal(theirs, 0, agreed, 0, agreed.length)) {
      throw new ProtocolAbortException(
          "the peer runs another protocol, version, plan or session, or other parameters than "
              + protocol
              + " as agreed here");
    }
    int[] numbers = new int[own.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = BigEndian.readInt(theirs, agreed.length + 4 * i);
    }
    return numbers;
  }
}
