package io.laundrybridge.view.debezium;

import tools.jackson.databind.node.ObjectNode;

/**
 * A change event of Debezium.
 *
 * @param op what happened to the row
 * @param payload the envelope: {@code before}, {@code after}, {@code source}, {@code op}
 * @param types the types of the row's columns, as far as the event says
 */
record ChangeEvent(String op, ObjectNode payload, RowTypes types) {}
