package org.tidegate.mpc.psi.rr22;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.fixture.TwoParties;

/** Both roles against each other. */
final class Rr22Runs {
  private Rr22Runs() {}

  static TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, Rr22Parameters parameters, PackedBytes sender, PackedBytes receiver) {
    return parties.run(
        session -> {
          new SenderSetup(session, parameters).connect(sender).run();
          return true;
        },
        session -> new ReceiverSetup(session, parameters).connect(receiver).run());
  }
}
