package io.laundrybridge.publish.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;

/** Makes the regular expressions of a schema, each bounded in the characters that it reads. */
final class BoundedPatterns implements RegularExpressionFactory {
    private static final int MOST_READS = 1_000_000;

    @Override
    public RegularExpression getRegularExpression(String text) {
        Pattern pattern = Pattern.compile(text);
        return value -> pattern.matcher(new CountedText(value)).find();
    }

    /** Thrown for a text that would keep a regular expression busy for too long. */
    static final class TooSlowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooSlowException() {
            super("A regular expression took too long", null, false, false);
        }
    }

    /** A text that can be read a limited number of times. */
    private static final class CountedText implements CharSequence {
        private final CharSequence text;
        private int reads;

        CountedText(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads > MOST_READS) {
                throw new TooSlowException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
