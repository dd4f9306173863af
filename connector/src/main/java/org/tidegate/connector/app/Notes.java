package org.tidegate.connector.app;

import java.security.SecureRandom;
import java.util.Optional;
import org.tidegate.connector.store.DocumentTables;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.SaltedText;

/**
 * Texts whose salted digests stand on the ledger. Each is kept by the nodes that were given it:
 * {@code note.get} hands one out with its salt, {@code note.put} takes one in.
 */
final class Notes implements RecordDesk.Part {
  private final DocumentTables tables;
  private final SecureRandom random = new SecureRandom();

  Notes(DocumentTables tables) {
    this.tables = tables;
  }

  @Override
  public void addTo(RecordDesk desk) {
    desk.add("note.put", this::put);
    desk.add("note.get", this::get);
  }

  /** Keeps a new text under a salt of its own. */
  Digest keep(String text) {
    return keep(SaltedText.of(text, random));
  }

  /** Keeps a text. */
  Digest keep(SaltedText note) {
    tables.keepNote(note);
    return note.digest();
  }

  /** The text behind a digest, where this node has it. */
  Optional<String> text(Digest digest) {
    return tables.note(digest).map(SaltedText::text);
  }

  private JsonObject put(JsonObject request) {
    return JsonObject.builder().put("digest", keep(SaltedText.fromJson(request))).build();
  }

  private JsonObject get(JsonObject request) {
    request.allowOnly("digest");
    return JsonObject.builder().put("note", tables.note(request.digest("digest"))).build();
  }
}
