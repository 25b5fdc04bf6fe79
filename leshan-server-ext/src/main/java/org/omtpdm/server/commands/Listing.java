package org.omtpdm.server.commands;

import java.util.List;

/**
 * What a device listed.
 *
 * @param complete whether it is all there is, as far as the listing saw
 * @param exchanges requests it took
 * @param bytes payload of the pages
 * @param windows windows it took
 */
public record Listing<R>(List<R> records, boolean complete, int exchanges, int bytes, int windows) {

    public Listing {
        records = List.copyOf(records);
    }
}
