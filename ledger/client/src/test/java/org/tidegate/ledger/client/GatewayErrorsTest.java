package org.tidegate.ledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.junit.jupiter.api.Test;

class GatewayErrorsTest {
  private static GatewayException failure(Status.Code code, String text, String detail) {
    return new GatewayException(
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(text)
                .addDetails(
                    Any.pack(
                        ErrorDetail.newBuilder()
                            .setMspId("tax")
                            .setAddress("127.0.0.1:7002")
                            .setMessage(detail)
                            .build()))
                .build()));
  }

  @Test
  void aRefusalOfTheContractIsFoundInTheDetails() {
    GatewayException e =
        failure(
            Status.Code.ABORTED,
            "failed to endorse transaction",
            "chaincode response 500, {\"code\":\"grant.revoked\",\"message\":\"gone {for good}\"}");
    LedgerException refusal = GatewayErrors.refusal(e).orElseThrow();
    assertThat(refusal.code()).isEqualTo("grant.revoked");
    assertThat(refusal.getMessage()).isEqualTo("gone {for good}");
    assertThat(refusal.retryable()).isFalse();
    assertThat(GatewayErrors.unreachable(e)).isFalse();
  }

  @Test
  void peersOutOfStepAreNoRefusalAndNotUnreachable() {
    GatewayException e =
        failure(Status.Code.ABORTED, "ProposalResponsePayloads do not match", "{\"code\": broken");
    assertThat(GatewayErrors.refusal(e)).isEmpty();
    assertThat(GatewayErrors.outOfStep(e)).isTrue();
    assertThat(GatewayErrors.unreachable(e)).isFalse();
  }

  @Test
  void thatTooFewAnsweredIsSaidInWords() {
    GatewayException e =
        failure(
            Status.Code.ABORTED,
            "failed to collect enough transaction endorsements, see attached details for more info",
            "UNAVAILABLE io exception");
    assertThat(GatewayErrors.failed("endorsing putSpace by bank, tax", e).getMessage())
        .isEqualTo(
            "endorsing putSpace by bank, tax: too few of the members' nodes answered; tax"
                + " (127.0.0.1:7002): UNAVAILABLE io exception; check that the nodes are running"
                + " and try again");
  }

  @Test
  void unreachablePeersAreNamed() {
    GatewayException e = failure(Status.Code.UNAVAILABLE, "no peers", "connection refused");
    assertThat(GatewayErrors.unreachable(e)).isTrue();
    assertThat(GatewayErrors.failedOrganisations(e)).containsExactly("tax");
    LedgerException told = GatewayErrors.failed("endorsing reserve", e);
    assertThat(told.code()).isEqualTo("ledger.unreachable");
    assertThat(told.retryable()).isTrue();
    assertThat(told.getMessage()).contains("tax (127.0.0.1:7002): connection refused");
  }

  /** Whether a call may be repeated depends on whether the contract itself has spoken. */
  @Test
  void aPeerWithoutItsContractServiceIsUnreachable() {
    GatewayException dead =
        failure(
            Status.Code.ABORTED,
            "failed to collect enough transaction endorsements",
            "error in simulation: failed to execute transaction e9: could not launch chaincode");
    assertThat(GatewayErrors.unreachable(dead)).isTrue();
    assertThat(GatewayErrors.failed("endorsing settle", dead).retryable()).isTrue();
    GatewayException broken =
        failure(Status.Code.ABORTED, "failed to endorse", "chaincode response 500, null");
    assertThat(GatewayErrors.unreachable(broken)).isFalse();
    assertThat(GatewayErrors.failed("endorsing settle", broken).retryable()).isFalse();
    assertThat(GatewayErrors.failed("endorsing settle", broken).code()).isEqualTo("ledger.failed");
  }

  @Test
  void aPeerThatLagsForLongIsWorthAnotherTry() {
    GatewayException e = failure(Status.Code.ABORTED, "ProposalResponsePayloads do not match", "");
    LedgerException told = GatewayErrors.failed("endorsing settle", e);
    assertThat(told.code()).isEqualTo("ledger.timeout");
    assertThat(told.retryable()).isTrue();
  }
}
