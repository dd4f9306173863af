package org.tidegate.connector.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Adds {@code HOME/log/node.log} to wherever logs go already. Never secrets, never values. */
final class NodeLog implements AutoCloseable {
  private static final String FILE = "node.log";

  private final RollingFileAppender<ILoggingEvent> appender;
  private final ch.qos.logback.classic.Logger logger;

  private NodeLog(
      RollingFileAppender<ILoggingEvent> appender, ch.qos.logback.classic.Logger logger) {
    this.appender = appender;
    this.logger = logger;
  }

  /** Begins to write the file. */
  static NodeLog open(Path home) throws IOException {
    Path directory = Files.createDirectories(home.resolve("log"));
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0}: %msg%n%ex");
    encoder.start();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("node-" + home);
    appender.setFile(directory.resolve(FILE).toString());
    appender.setEncoder(encoder);
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(directory.resolve("node.%d.%i.log.gz").toString());
    policy.setMaxFileSize(FileSize.valueOf("20MB"));
    policy.setMaxHistory(30);
    policy.setTotalSizeCap(FileSize.valueOf("500MB"));
    policy.start();
    appender.setRollingPolicy(policy);
    appender.start();
    ch.qos.logback.classic.Logger logger = context.getLogger("org.tidegate");
    logger.addAppender(appender);
    return new NodeLog(appender, logger);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
