package org.omtpdm.objects;

/** Resource ids of the Location (/6, version 1.0) object. */
public final class LocationResources {
    /** Latitude. */
    public static final int LATITUDE = 0;

    /** Longitude. */
    public static final int LONGITUDE = 1;

    /** Altitude. */
    public static final int ALTITUDE = 2;

    /** Radius. */
    public static final int RADIUS = 3;

    /** Velocity. */
    public static final int VELOCITY = 4;

    /** Timestamp. */
    public static final int TIMESTAMP = 5;

    /** Speed. */
    public static final int SPEED = 6;

    private LocationResources() {}
}
