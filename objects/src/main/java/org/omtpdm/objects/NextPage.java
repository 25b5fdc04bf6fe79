package org.omtpdm.objects;

import java.util.Optional;

/** What follows a listing page (element 4 of a page). */
public enum NextPage implements WireCode {
    END(0, "end of the listing"),
    IN_WINDOW(1, "another page follows in this window"),
    NEXT_WINDOW(2, "the window ends here and the listing goes on");

    private final int code;
    private final String words;

    NextPage(int code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }

    /** The constant of a code; empty when the code has none here. */
    public static Optional<NextPage> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
