package org.omtpdm.objects.arguments;

/**
 * The arguments of an Execute are not what the resource allows; the answer is 4.00 and nothing
 * changes. The message says which argument and what was expected, fit for the diagnostic payload of
 * that answer.
 */
public final class BadArgumentsException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadArgumentsException(String message) {
        super(message);
    }
}
