package org.omtpdm.objects.cbor;

/**
 * A CBOR document is not what its definition allows: truncated, too large, of the wrong type, out
 * of range, with bytes left over. The message says what was expected and where; it never repeats
 * content of the document.
 */
public final class MalformedDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedDocumentException(String message) {
        super(message);
    }
}
