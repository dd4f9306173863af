package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.pairing.Pairing;
import org.tidegate.connector.pairing.Party;
import org.tidegate.connector.psi.KeyedFile;
import org.tidegate.connector.psi.LocalPsi;
import org.tidegate.connector.psi.PsiInputException;
import org.tidegate.connector.psi.PsiOffer;
import org.tidegate.connector.psi.PsiProtocol;
import org.tidegate.connector.psi.PsiProtocols;
import org.tidegate.connector.psi.PsiSide;
import org.tidegate.connector.psi.PsiTerms;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.MeteredChannel;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Cancellation;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * One run of {@code tidegate psi}.
 *
 * @param key the key's columns
 * @param protocol as {@code --protocol} says
 * @param adversary against whom
 * @param output for words
 * @param answer takes machine output
 */
record PsiRun(
    List<String> key,
    String protocol,
    Adversary adversary,
    Output output,
    BiConsumer<String, Object> answer) {
  private static final Duration DEADLINE = Duration.ofHours(12);
  private static final Pattern ANY_PORT = Pattern.compile("(.+):0");

  /**
   * How two sides find each other.
   *
   * @param listen where to listen, or empty
   * @param connect where to connect to, or empty; one of both is there
   * @param peer the other side's fingerprint or name
   * @param node a node's home whose identity to use
   * @param identity where this side's own identity is otherwise
   * @param patience how long to wait for the other side
   */
  record Meeting(
      Optional<String> listen,
      Optional<String> connect,
      String peer,
      Optional<Path> node,
      Path identity,
      Duration patience) {
    Party party(SecureRandom random) {
      return node.map(home -> Party.member(home, peer))
          .orElseGet(() -> Party.pinned(identity, peer, random));
    }

    Pairing pairing(Party party) {
      if (connect.isPresent()) {
        return Pairing.connect(party, Endpoint.parse(connect.get()), patience, DEADLINE);
      }
      String where = listen.orElseThrow();
      Matcher any = ANY_PORT.matcher(where);
      // An endpoint has a port; a listener may leave it to the system.
      Endpoint at = Endpoint.parse(any.matches() ? any.group(1) + ":1" : where);
      return Pairing.listen(party, at.host(), any.matches() ? 0 : at.port(), patience, DEADLINE);
    }
  }

  /** Both sides here. */
  void local(Path left, Path right, Path out) throws InterruptedException {
    KeyedFile.checkTarget(out);
    try (KeyedFile leftFile = KeyedFile.open(left, key);
        KeyedFile rightFile = KeyedFile.open(right, key);
        ProgressLine progress = new ProgressLine(output.err())) {
      leftFile.requireMatches(rightFile.kinds(), right.toString());
      KeyedFile.Keys leftKeys = leftFile.keys();
      KeyedFile.Keys rightKeys = rightFile.keys();
      PsiTerms terms = new PsiTerms(adversary, rightKeys.keys().rows(), leftKeys.keys().rows());
      PsiProtocol chosen = PsiProtocols.choose(protocol, terms);
      LocalPsi.Outcome outcome =
          LocalPsi.run(
              chosen,
              terms,
              leftKeys.keys(),
              rightKeys.keys(),
              new SecureRandom(),
              DEADLINE,
              progress::update);
      leftFile.write(leftKeys.rowsOf(outcome.matches()), out);
      progress.close();
      output.line(
          "%d of %d rows of %s have their key in %s (%d rows); they are in %s.",
          outcome.matches().length, leftKeys.fileRows(), left, right, rightKeys.fileRows(), out);
      answer.accept("protocol", chosen.name());
      answer.accept("security", adversary.text());
      answer.accept("rows", pair("left", leftKeys.fileRows(), "right", rightKeys.fileRows()));
      answer.accept("matches", outcome.matches().length);
      answer.accept("out", out.toString());
      cost(
          chosen,
          outcome.leftToRightBytes(),
          outcome.rightToLeftBytes(),
          outcome.rounds(),
          outcome.millis());
    }
  }

  /** One side here: left, with a result, or right. */
  void paired(Meeting meeting, Optional<Path> left, Optional<Path> right, Optional<Path> out) {
    out.ifPresent(KeyedFile::checkTarget);
    SecureRandom random = new SecureRandom();
    Party party = meeting.party(random);
    Path path = left.or(() -> right).orElseThrow();
    try (KeyedFile file = KeyedFile.open(path, key);
        ProgressLine progress = new ProgressLine(output.err())) {
      progress.update("reading keys", 0, 0);
      KeyedFile.Keys keys = file.keys();
      PsiOffer offer =
          new PsiOffer(
              left.isPresent(),
              protocol,
              adversary,
              PsiOffer.bound(keys.keys().rows()),
              file.kinds());
      try (Pairing pairing = meeting.pairing(party)) {
        output.note("this side is %s", party.self());
        meeting
            .listen()
            .ifPresent(where ->
                output.note(
                    "listening on %s",
                    where.endsWith(":0") ? where.replaceFirst("0$", "" + pairing.port()) : where));
        progress.update("waiting for the other side", 0, 0);
        Channel channel = pairing.channel();
        long start = System.nanoTime();
        PsiSide side;
        try {
          side = offer.agree(channel, party.self(), file, random);
        } catch (PsiInputException e) {
          // The other side finds the same; let it read the offer first.
          pairing.part(channel);
          throw e;
        }
        MeteredChannel lane = new MeteredChannel(channel.fork("run"));
        PsiSide.Result result = run(side, offer, lane, keys, random, progress);
        lane.close();
        pairing.part(channel);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        out.ifPresent(target -> {
          progress.update("writing rows", 0, 0);
          file.write(keys.rowsOf(result.matches()), target);
        });
        progress.close();
        tell(side, keys, path, out, result.matches().length);
        answer.accept("peer", party.peer());
        MeteredChannel.Meter meter = lane.meter();
        boolean receives = offer.receives();
        cost(
            side.protocol(),
            receives ? meter.sentBytes() : meter.receivedBytes(),
            receives ? meter.receivedBytes() : meter.sentBytes(),
            meter.rounds(),
            millis);
      }
    }
  }

  private static PsiSide.Result run(
      PsiSide side,
      PsiOffer offer,
      Channel lane,
      KeyedFile.Keys keys,
      SecureRandom random,
      ProgressLine progress) {
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      SessionOptions options =
          new SessionOptions(
              workers,
              KernelChoice.best().kernels(),
              DEADLINE,
              new Cancellation(),
              progress::update);
      return offer.receives()
          ? side.receive(lane, keys.keys(), random, options)
          : side.send(lane, keys.keys(), random, options);
    }
  }

  private void tell(PsiSide side, KeyedFile.Keys keys, Path path, Optional<Path> out, int matches) {
    answer.accept("protocol", side.protocol().name());
    answer.accept("security", adversary.text());
    answer.accept("role", out.isPresent() ? "left" : "right");
    answer.accept("rows", Map.of(out.isPresent() ? "left" : "right", keys.fileRows()));
    if (out.isEmpty()) {
      output.line(
          "The other side has learned which of its rows have their key in %s (%d rows).",
          path, keys.fileRows());
      return;
    }
    output.line(
        "%d of %d rows of %s have their key at the other side; they are in %s.",
        matches, keys.fileRows(), path, out.get());
    answer.accept("matches", matches);
    answer.accept("out", out.get().toString());
  }

  private void cost(
      PsiProtocol chosen, long leftToRight, long rightToLeft, long rounds, long millis) {
    output.note(
        "%s, %s: %d ms, %d bytes left to right, %d bytes right to left.",
        chosen.name(), adversary.text(), millis, leftToRight, rightToLeft);
    answer.accept("bytes", pair("leftToRight", leftToRight, "rightToLeft", rightToLeft));
    answer.accept("rounds", rounds);
    answer.accept("millis", millis);
  }

  private static Map<String, Long> pair(String a, long x, String b, long y) {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put(a, x);
    map.put(b, y);
    return map;
  }
}
