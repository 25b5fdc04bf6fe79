package org.omtpdm.client.virtual;

/** What is special about a virtual device. */
public enum Personality {
    /** Nothing: a device as it should be. */
    PLAIN("as it should be"),
    /** Queue mode: deaf but for a few seconds around each contact. */
    ASLEEP("sleeps between contacts"),
    /** Runs firmware that is some versions behind. */
    OLD_FIRMWARE("runs old firmware"),
    /** Has a process and files that look like malware. */
    INFECTED("looks infected"),
    /** Runs things a company's policy would forbid. */
    VIOLATING("runs what is not allowed"),
    /** On a line that loses datagrams and is gone for seconds now and then. */
    FLAKY("has a bad line");

    private final String words;

    Personality(String words) {
        this.words = words;
    }

    /** A few plain English words for people. */
    public String words() {
        return words;
    }
}
