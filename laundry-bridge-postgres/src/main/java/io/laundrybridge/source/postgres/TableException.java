package io.laundrybridge.source.postgres;

/** Thrown if a table cannot be read as it is now; the message is one sentence for the operator. */
final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    TableException(String sentence) {
        super(sentence);
    }
}
