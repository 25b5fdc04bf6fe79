package org.omtpdm.server.lwm2m.codec;

/** The versions of the objects of one device, as it announced them. */
@FunctionalInterface
public interface ObjectVersions {
    /**
     * @return for example {@code 1.1}; {@code 1.0} where nothing was announced
     */
    String of(int objectId);
}
