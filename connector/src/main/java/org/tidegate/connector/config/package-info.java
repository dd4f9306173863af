/**
 * A node's configuration: {@code HOME/config.yaml} into immutable records with typed units. Every
 * key is a {@link org.tidegate.connector.config.Knob} with a class, a default and bounds; unknown
 * keys are fatal, and security knobs cannot be set below their floor.
 */
@NullMarked
package org.tidegate.connector.config;

import org.jspecify.annotations.NullMarked;
