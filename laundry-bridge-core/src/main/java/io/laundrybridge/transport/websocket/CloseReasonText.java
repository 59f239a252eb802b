package io.laundrybridge.transport.websocket;

/** Shortens the reason of a close to what a close frame can hold. */
final class CloseReasonText {
    /** The bytes that a control frame holds beside the code (RFC 6455 section 5.5). */
    private static final int MAX_BYTES = 123;

    private CloseReasonText() {}

    /** Returns as much of {@code reason} as a close frame can hold, cut between characters. */
    static String cut(String reason) {
        int end = 0;
        int bytes = 0;
        while (end < reason.length()) {
            int codePoint = reason.codePointAt(end);
            bytes += utf8Length(codePoint);
            if (bytes > MAX_BYTES) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return reason.substring(0, end);
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
