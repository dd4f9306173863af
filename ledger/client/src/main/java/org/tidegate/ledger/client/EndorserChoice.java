package org.tidegate.ledger.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Which organisations endorse a transaction: those concerned, filled up to a majority. Where some
 * cannot be reached, others take their place as far as a majority remains; the contract checks the
 * owners' consent from their signatures, so an owner's peer is asked first but not indispensable.
 */
final class EndorserChoice {
  private final List<String> members;
  private final String self;

  EndorserChoice(List<String> members, String self) {
    this.members = members;
    this.self = self;
  }

  /** The number of organisations that is more than half. */
  int majority() {
    return members.size() / 2 + 1;
  }

  /**
   * A choice.
   *
   * @param concerned asked first
   * @param avoided asked only where there is no majority without them
   * @param random spreads the load over the others
   */
  List<String> choose(Set<String> concerned, Set<String> avoided, RandomGenerator random) {
    Set<String> chosen = new LinkedHashSet<>();
    chosen.add(self);
    concerned.stream()
        .filter(members::contains)
        .filter(name -> !avoided.contains(name))
        .forEach(chosen::add);
    fill(chosen, members.stream().filter(name -> !avoided.contains(name)).toList(), random);
    fill(chosen, members, random);
    return List.copyOf(chosen);
  }

  /** Whether another choice than {@code failed} can still make a majority. */
  boolean canAvoid(Set<String> failed) {
    Set<String> left = new TreeSet<>(members);
    left.removeAll(failed);
    left.add(self);
    return left.size() >= majority();
  }

  private void fill(Set<String> chosen, List<String> candidates, RandomGenerator random) {
    List<String> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, Random.from(random));
    for (String name : shuffled) {
      if (chosen.size() >= majority()) {
        return;
      }
      chosen.add(name);
    }
  }
}
