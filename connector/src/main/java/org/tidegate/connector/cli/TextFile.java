package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file that a user named. */
final class TextFile {
  private TextFile() {}

  /**
   * Reads it.
   *
   * @throws CommandException naming the file and what is wrong with it
   */
  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw bad(file + " is a directory; name a file");
    }
    if (!Files.exists(file)) {
      throw bad("there is no file " + file + "; check the path");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw bad(file + " is not text in UTF-8; save it so");
    } catch (IOException e) {
      throw bad(file + " cannot be read: " + Failures.reason(e));
    }
  }

  private static CommandException bad(String message) {
    return new CommandException(Exit.USAGE, "cli.file", message);
  }
}
