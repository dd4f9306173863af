package org.tidegate.connector.psi;

import java.util.Set;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.psi.rr22.ReceiverSetup;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.psi.rr22.SenderSetup;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;

/**
 * A key-value store under linear evaluation: hardly any computation an item, at a fixed cost of
 * some hundred kilobytes and a tenth of a second. Against malicious peers too; with the smaller
 * field, against semi-honest ones only, it sends a quarter less.
 */
record Rr22Protocol(String name, StoreField field, LpnCode code) implements PsiProtocol {
  /** From here on it is faster than Diffie-Hellman, whose cost is all per item. */
  private static final int WORTH_ROWS = 2048;

  @Override
  public Set<Adversary> adversaries() {
    return field == StoreField.GF2
        ? Set.of(Adversary.SEMI_HONEST)
        : Set.of(Adversary.SEMI_HONEST, Adversary.MALICIOUS);
  }

  @Override
  public boolean takes(PsiTerms terms) {
    return terms.maxRows() <= Rr22Parameters.ROWS_CEILING
        && Rr22Parameters.suffices(field, terms.security(), terms.maxSenderRows());
  }

  @Override
  public boolean divides() {
    return true;
  }

  @Override
  public boolean suits(PsiTerms terms) {
    return terms.adversary() == Adversary.MALICIOUS
        || terms.sizesHidden()
        || terms.bothLearn()
        || terms.maxRows() >= WORTH_ROWS;
  }

  @Override
  public int chosenKeys(PsiTerms terms) {
    Rr22Parameters parameters = parameters(terms);
    return parameters.storeSlots(
        parameters.padded(terms.maxReceiverRows(), terms.maxReceiverRows()));
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
    return new SenderSetup(session, parameters(terms)).connect(keys)::run;
  }

  private Rr22Parameters parameters(PsiTerms terms) {
    return new Rr22Parameters(
        terms.security(),
        terms.adversary(),
        code,
        terms.maxSenderRows(),
        terms.maxReceiverRows(),
        terms.sizesHidden() ? Rr22Parameters.Sizes.HIDDEN : Rr22Parameters.Sizes.SHOWN,
        field,
        terms.bothLearn() ? Rr22Parameters.Output.BOTH : Rr22Parameters.Output.RECEIVER);
  }
}
