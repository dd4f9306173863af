package org.tidegate.examples.demo;

/**
 * A question of the demo.
 *
 * @param asks the participant that asks and receives
 * @param words what it wants to know
 * @param sql the question
 */
record DemoQuestion(String asks, String words, String sql) {
  /** The same question another time, with other words about it. */
  DemoQuestion again(String otherWords) {
    return new DemoQuestion(asks, otherWords, sql);
  }
}
