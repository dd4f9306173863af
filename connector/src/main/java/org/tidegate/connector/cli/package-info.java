/**
 * The commands. Each reads its arguments, asks the own node over its administration service (or
 * works on files alone), and answers in words or, with {@code --json FILE}, as an object whose keys
 * scripts rely on. Results go to standard output, progress and messages to standard error; nobody
 * ever sees a stack trace. The exit codes are {@link org.tidegate.connector.cli.Exit}.
 */
@NullMarked
package org.tidegate.connector.cli;

import org.jspecify.annotations.NullMarked;
