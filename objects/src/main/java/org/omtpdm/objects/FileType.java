package org.omtpdm.objects;

import java.util.Optional;

/** What kind of thing a path names (element 3 of a file record). */
public enum FileType implements WireCode {
    FILE(0, "file"),
    DIRECTORY(1, "directory"),
    LINK(2, "link"),
    OTHER(3, "other");

    private final int code;
    private final String words;

    FileType(int code, String words) {
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
    public static Optional<FileType> forCode(long code) {
        return WireCode.find(values(), code);
    }
}
