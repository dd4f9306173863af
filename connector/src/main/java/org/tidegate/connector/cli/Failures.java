package org.tidegate.connector.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.tidegate.connector.config.ConfigException;
import org.tidegate.connector.identity.IdentityException;
import org.tidegate.connector.store.StoreException;
import org.tidegate.connector.transport.TransportException;
import org.tidegate.ledger.audit.AuditInputException;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.fabric.FabricException;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/** Turns any failure into one message and an exit code. */
public final class Failures {
  private Failures() {}

  /** What to tell about {@code failure}. */
  public static CommandException of(Throwable failure) {
    return switch (failure) {
      case CommandException told -> told;
      case OutOfMemoryError e ->
          new CommandException(
              Exit.ABORTED,
              "cli.memory",
              "there is not enough memory (" + e.getMessage() + "); set TIDEGATE_HEAP, such as 8g");
      case ConfigException e -> new CommandException(Exit.USAGE, "node.config", e.getMessage());
      case StoreException e ->
          new CommandException(Exit.USAGE, "node.store", String.valueOf(e.getMessage()));
      case IdentityException e ->
          new CommandException(Exit.USAGE, e.code().text(), String.valueOf(e.getMessage()));
      case TransportException e ->
          new CommandException(
              e.code() == TransportException.Code.PORT ? Exit.USAGE : Exit.ABORTED,
              e.code().text(),
              String.valueOf(e.getMessage()));
      case AuditInputException e ->
          new CommandException(Exit.USAGE, "audit.input", String.valueOf(e.getMessage()));
      case LedgerException e ->
          new CommandException(
              e.code().startsWith("grant.") ? Exit.REFUSED : Exit.ABORTED,
              e.code(),
              e.getMessage());
      case FabricException e ->
          new CommandException(
              e.isAboutInput() ? Exit.USAGE : Exit.ABORTED,
              e.isAboutInput() ? "fabric.input" : "fabric.failed",
              String.valueOf(e.getMessage()));
      case RecordException e ->
          new CommandException(Exit.USAGE, "cli.input", String.valueOf(e.getMessage()));
      case StatusRuntimeException e -> ofStatus(e);
      case NoSuchFileException e ->
          new CommandException(
              Exit.USAGE, "cli.file", "there is no file " + e.getFile() + "; check the path");
      case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
      case IOException e ->
          new CommandException(
              Exit.USAGE, "cli.file", "a file cannot be read or written: " + reason(e));
      default -> bug(failure);
    };
  }

  /** Why a file cannot be used; the JDK's messages often hold its name alone. */
  static String reason(IOException e) {
    String what = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NotDirectoryException file -> file.getFile() + " is no directory";
      case FileAlreadyExistsException there -> there.getFile() + " is there already";
      case CharacterCodingException text -> "it is not text in UTF-8";
      default -> what;
    };
  }

  /** The node's own words, where it gave them; else what the status says. */
  private static CommandException ofStatus(StatusRuntimeException e) {
    int exit =
        switch (e.getStatus().getCode()) {
          case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS -> Exit.USAGE;
          case FAILED_PRECONDITION, PERMISSION_DENIED -> Exit.REFUSED;
          case INTERNAL, UNIMPLEMENTED, UNKNOWN -> Exit.BUG;
          default -> Exit.ABORTED;
        };
    String description = String.valueOf(e.getStatus().getDescription());
    try {
      JsonObject told = CanonicalJson.decodeText(description);
      return new CommandException(
          exit,
          told.string("code"),
          told.string("message"),
          told.has("line") ? (int) told.number("line") : 0,
          told.has("column") ? (int) told.number("column") : 0);
    } catch (RecordException notOurs) {
      String code =
          e.getStatus().getCode() == Status.Code.UNAVAILABLE ? "peer.unreachable" : "peer.failed";
      return new CommandException(exit, code, e.getStatus().getCode() + ": " + description);
    }
  }

  /** A bug of ours: one line for the user, the details in a file to send to us. */
  private static CommandException bug(Throwable failure) {
    String where;
    try {
      Path file = Files.createTempFile("tidegate-", "-bug.txt");
      try (PrintWriter out =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        failure.printStackTrace(out);
      }
      where = "; the details are in " + file;
    } catch (IOException e) {
      where = "";
    }
    return new CommandException(
        Exit.BUG,
        "bug",
        "this is a bug of Tidegate: "
            + failure.getClass().getSimpleName()
            + ": "
            + failure.getMessage()
            + where);
  }
}
