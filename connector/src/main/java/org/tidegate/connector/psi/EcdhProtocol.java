package org.tidegate.connector.psi;

import java.util.Set;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.ecdh.ReceiverSetup;
import org.tidegate.mpc.psi.ecdh.SenderSetup;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;

/**
 * Diffie-Hellman on Ristretto255 or the SM2 curve: few bytes and rounds, much computation; suits
 * every size.
 */
record EcdhProtocol(String name, Group group) implements PsiProtocol {

  @Override
  public Set<Adversary> adversaries() {
    return Set.of(Adversary.SEMI_HONEST);
  }

  @Override
  public boolean takes(PsiTerms terms) {
    return !terms.sizesHidden()
        && !terms.bothLearn()
        && terms.maxRows() <= EcdhPsiParameters.ROWS_CEILING;
  }

  @Override
  public boolean divides() {
    return false;
  }

  @Override
  public boolean suits(PsiTerms terms) {
    // The other groups are for those who ask for them.
    return group == Group.RISTRETTO255;
  }

  @Override
  public int chosenKeys(PsiTerms terms) {
    // Semi-honest only: the receiver asks about its own keys.
    return terms.maxReceiverRows();
  }

  @Override
  public byte[] digest(PsiTerms terms) {
    return parameters(terms).digest();
  }

  @Override
  public Receiver receiver(Session session, PsiTerms terms, PackedBytes keys) {
    return new ReceiverSetup(session, parameters(terms)).connect(keys)::run;
  }

  @Override
  public Sender sender(Session session, PsiTerms terms, PackedBytes keys) {
    org.tidegate.mpc.psi.ecdh.Sender ready =
        new SenderSetup(session, parameters(terms)).connect(keys);
    return () -> {
      ready.run();
      return new int[0];
    };
  }

  private EcdhPsiParameters parameters(PsiTerms terms) {
    return EcdhPsiParameters.of(terms.maxSenderRows(), terms.maxReceiverRows()).in(group);
  }
}
