package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.tidegate.ledger.embedded.Plot.Place;
import org.tidegate.ledger.embedded.Plot.Told;

/**
 * Lies that the submitter, every endorser, the orderer and all who sign heads agree on: of each
 * function of the contract, records and state that the rules would not have made.
 */
final class RecordLies {
  private static final Pattern LEAF =
      Pattern.compile(":(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+|true|false)");

  private RecordLies() {}

  /** Kinds for every function that stands on the honest chain. */
  static Map<String, Function<Plot, Told>> kinds(HonestLife life) {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    for (String function : functions(life)) {
      kinds.put(function + " with an altered request", plot -> request(plot, function));
      kinds.put(function + " that wrote another value", plot -> value(plot, function));
      kinds.put(function + " that did not write", plot -> omitted(plot, function));
      kinds.put(function + " that wrote more", plot -> more(plot, function));
    }
    kinds.put("a read left out", plot -> reads(plot, true));
    kinds.put("a read invented", plot -> reads(plot, false));
    kinds.put("another answer", RecordLies::answer);
    kinds.put("a function that the contract does not have", RecordLies::noFunction);
    kinds.put("a request that is no record", RecordLies::noRecord);
    kinds.put("an argument too many", RecordLies::argument);
    return kinds;
  }

  private static Set<String> functions(HonestLife life) {
    Set<String> functions = new TreeSet<>();
    life.chain.drafts().forEach(block -> block.forEach(draft -> functions.add(draft.function())));
    return functions;
  }

  private static Place writing(Plot plot, String function) {
    return plot.place(draft -> draft.function().equals(function) && draft.set.getWritesCount() > 0);
  }

  /** Any one value of the request is another; what it wrote stays. */
  private static Told request(Plot plot, String function) {
    Place place = writing(plot, function);
    Told told =
        plot.change(
            place,
            draft ->
                draft.arguments =
                    TxDraft.request(
                        draft.arguments, altered(plot, draft.arguments.get(1).toStringUtf8())),
            "contract.refused",
            "contract.writes",
            "contract.reads");
    // It may be the job's name that was altered.
    return new Told(told.codes(), told.block(), told.tx(), java.util.Optional.empty());
  }

  /** The canonical text with another value in some place. */
  static ByteString altered(Plot plot, String json) {
    List<int[]> leaves = new ArrayList<>();
    Matcher matcher = LEAF.matcher(json);
    while (matcher.find()) {
      leaves.add(new int[] {matcher.start(1), matcher.end(1)});
    }
    int[] leaf = plot.any(leaves);
    String value = json.substring(leaf[0], leaf[1]);
    String other =
        switch (value.charAt(0)) {
          case '"' -> letter(plot, value);
          case 't' -> "false";
          case 'f' -> "true";
          default -> String.valueOf(Long.parseLong(value) + plot.between(1, 9));
        };
    return ByteString.copyFromUtf8(json.substring(0, leaf[0]) + other + json.substring(leaf[1]));
  }

  private static String letter(Plot plot, String value) {
    while (true) {
      int at = plot.between(1, Math.max(1, value.length() - 2));
      char old = value.charAt(at);
      if (value.length() == 2) {
        return "\"x\"";
      }
      if (Character.isLetterOrDigit(old) && value.charAt(at - 1) != '\\') {
        char next = Character.isDigit(old) ? (char) ('0' + (old - '0' + 1) % 10) : swap(old);
        return value.substring(0, at) + next + value.substring(at + 1);
      }
    }
  }

  private static char swap(char letter) {
    return letter == 'a' ? 'b' : letter == 'A' ? 'B' : Character.isUpperCase(letter) ? 'A' : 'a';
  }

  private static Told value(Plot plot, String function) {
    Place place = writing(plot, function);
    return plot.change(
        place,
        draft -> {
          KVRWSet.Builder set = draft.set.toBuilder();
          KVWrite.Builder write = set.getWritesBuilder(plot.random.nextInt(set.getWritesCount()));
          if (write.getIsDelete()) {
            write.setIsDelete(false).setValue(ByteString.copyFromUtf8("{}"));
          } else {
            write.setValue(altered(plot, write.getValue().toStringUtf8()));
          }
          draft.set = set.build();
        },
        "contract.writes");
  }

  private static Told omitted(Plot plot, String function) {
    return plot.change(
        writing(plot, function),
        draft -> {
          KVRWSet.Builder set = draft.set.toBuilder();
          set.removeWrites(plot.random.nextInt(set.getWritesCount()));
          draft.set = set.build();
        },
        "contract.writes");
  }

  /** Writes, in passing, a key of somebody else: frees a use, forges an end, replaces a grant. */
  private static Told more(Plot plot, String function) {
    Place place = plot.place(function);
    Place victim = plot.place(draft -> draft != place.draft() && draft.set.getWritesCount() > 0);
    KVWrite write = plot.any(victim.draft().set.getWritesList());
    return plot.change(
        place,
        draft -> {
          KVRWSet.Builder set = draft.set.toBuilder();
          boolean own =
              draft.set.getWritesList().stream().anyMatch(w -> w.getKey().equals(write.getKey()));
          set.addWrites(
              own
                  ? KVWrite.newBuilder().setKey("more").setValue(write.getValue()).build()
                  : plot.random.nextBoolean()
                      ? write
                      : KVWrite.newBuilder().setKey(write.getKey()).setIsDelete(true).build());
          draft.set = set.build();
        },
        "contract.writes");
  }

  private static Told reads(Plot plot, boolean without) {
    Place place = plot.place(draft -> draft.set.getReadsCount() > 0);
    return plot.change(
        place,
        draft -> {
          KVRWSet.Builder set = draft.set.toBuilder();
          if (without) {
            set.removeReads(plot.random.nextInt(set.getReadsCount()));
          } else {
            set.addReads(KVRead.newBuilder().setKey("zebra" + plot.between(1, 99)));
          }
          draft.set = set.build();
        },
        "contract.reads");
  }

  private static Told answer(Plot plot) {
    return plot.change(
        plot.place(),
        draft ->
            draft.answer =
                draft.answer.equals(ByteString.copyFromUtf8("{}"))
                    ? ByteString.copyFromUtf8("{\"ok\":true}")
                    : altered(plot, draft.answer.toStringUtf8()),
        "contract.answer");
  }

  private static Told noFunction(Plot plot) {
    Place place = plot.place();
    Told told =
        plot.change(
            place,
            draft ->
                draft.arguments =
                    List.of(
                        ByteString.copyFromUtf8(draft.function() + "All"), draft.arguments.get(1)),
            "contract.refused");
    return new Told(told.codes(), told.block(), told.tx(), java.util.Optional.empty());
  }

  private static Told noRecord(Plot plot) {
    Place place = plot.place();
    Told told =
        plot.change(
            place,
            draft -> {
              String json = draft.arguments.get(1).toStringUtf8();
              draft.arguments =
                  TxDraft.request(
                      draft.arguments,
                      ByteString.copyFromUtf8(
                          plot.any(
                              List.of(
                                  "",
                                  " " + json,
                                  json.substring(1),
                                  json + json,
                                  "[]",
                                  "{\"type\":\"tidegate.nothing/1\"}"))));
            },
            "contract.refused");
    return new Told(told.codes(), told.block(), told.tx(), java.util.Optional.empty());
  }

  private static Told argument(Plot plot) {
    Place place = plot.place();
    Told told =
        plot.change(
            place,
            draft -> {
              List<ByteString> arguments = new ArrayList<>(draft.arguments);
              arguments.add(ByteString.copyFromUtf8("{}"));
              draft.arguments = arguments;
            },
            "contract.refused");
    return new Told(told.codes(), told.block(), told.tx(), java.util.Optional.empty());
  }
}
