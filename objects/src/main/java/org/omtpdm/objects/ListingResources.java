package org.omtpdm.objects;

/** Resource ids of the listing block, the same in every object of ours that lists records. */
public final class ListingResources {
    /** List. */
    public static final int LIST = 20;

    /** Page. */
    public static final int PAGE = 21;

    /** Page Count. */
    public static final int PAGE_COUNT = 22;

    /** Total Matches. */
    public static final int TOTAL_MATCHES = 23;

    /** Cursor. */
    public static final int CURSOR = 24;

    /** Window Time. */
    public static final int WINDOW_TIME = 25;

    /** Page Size. */
    public static final int PAGE_SIZE = 26;

    /** Record Format. */
    public static final int RECORD_FORMAT = 27;

    /** Change Counter. */
    public static final int CHANGE_COUNTER = 28;

    /** Window Pages. */
    public static final int WINDOW_PAGES = 29;

    private ListingResources() {}
}
