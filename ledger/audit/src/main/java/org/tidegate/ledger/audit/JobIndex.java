package org.tidegate.ledger.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tidegate.ledger.records.Digest;

/** Where the valid transactions of each job stand, the reservation's first. */
final class JobIndex {
  /** A transaction's place. */
  record Place(long block, int index) {}

  private final Map<Digest, Places> places = new LinkedHashMap<>();

  private static final class Places {
    private final Instant reserved;
    private long[] blocks = new long[4];
    private int[] indices = new int[4];
    private int count;

    Places(Instant reserved) {
      this.reserved = reserved;
    }

    void add(long block, int index) {
      if (count == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * count);
        indices = Arrays.copyOf(indices, 2 * count);
      }
      blocks[count] = block;
      indices[count++] = index;
    }
  }

  void add(LedgerEvent event) {
    event
        .jobId()
        .ifPresent(jobId -> {
          if (event.function().equals("reserve")) {
            places.putIfAbsent(jobId, new Places(event.time()));
          }
          Places of = places.get(jobId);
          if (of != null) {
            of.add(event.block(), event.index());
          }
        });
  }

  /** The jobs in the order of their reservations. */
  Set<Digest> jobs() {
    return places.keySet();
  }

  /** The places of a job's transactions in order; none where nobody reserved it. */
  List<Place> of(Digest jobId) {
    Places of = places.get(jobId);
    return of == null
        ? List.of()
        : IntStream.range(0, of.count)
            .mapToObj(i -> new Place(of.blocks[i], of.indices[i]))
            .toList();
  }

  /** The time of a job's first reservation. */
  Instant reserved(Digest jobId) {
    Places of = places.get(jobId);
    return of == null ? Instant.EPOCH : of.reserved;
  }
}
