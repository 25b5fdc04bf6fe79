package org.omtpdm.server.lwm2m.registry;

import org.omtpdm.objects.ResourcePath;

/**
 * The records of the journal. A record's first byte is its kind; kinds and fields are only ever
 * added at the end. All are absolute: they say how it is, not what changed.
 */
final class RecordCodec {
    static final int PUT = 1;
    static final int REMOVE = 2;
    static final int TOUCH = 3;
    static final int OBSERVE = 4;
    static final int FORGET = 5;

    private RecordCodec() {}

    static byte[] put(Registration registration) {
        var out = new ByteWriter().put(PUT).fixed(registration.id());
        out.text(registration.endpoint())
                .text(registration.identity().orElse(""))
                .number(registration.registeredAt())
                .number(registration.lastUpdate())
                .number(registration.lastHeard())
                .number(registration.lifetime())
                .bytes(registration.peer())
                .number(registration.manners() & 0xFFFFFFFFL);
        registration.announcement().write(out);
        return out.toBytes();
    }

    /** The registration of a PUT record. */
    static Registration readPut(
            ByteReader in, java.util.function.UnaryOperator<Announcement> intern) {
        long id = in.fixed();
        var endpoint = in.text();
        var identity = in.text();
        long registeredAt = in.number();
        long lastUpdate = in.number();
        long lastHeard = in.number();
        long lifetime = in.number();
        var peer = in.bytes();
        int manners = (int) in.number();
        var registration =
                new Registration(
                        endpoint,
                        identity.isEmpty() ? null : identity,
                        id,
                        registeredAt,
                        peer,
                        lifetime,
                        intern.apply(Announcement.read(in)));
        registration.updatedAt(lastUpdate);
        registration.heardAt(lastHeard);
        registration.mannersFromTo(0, manners);
        return registration;
    }

    static byte[] remove(Registration registration) {
        return new ByteWriter().put(REMOVE).fixed(registration.id()).toBytes();
    }

    static byte[] touch(Registration registration) {
        return new ByteWriter()
                .put(TOUCH)
                .fixed(registration.id())
                .number(registration.lastUpdate())
                .number(registration.lastHeard())
                .bytes(registration.peer())
                .number(registration.manners() & 0xFFFFFFFFL)
                .toBytes();
    }

    static byte[] observe(Observed observed) {
        var out =
                new ByteWriter()
                        .put(OBSERVE)
                        .fixed(observed.registration().id())
                        .fixed(observed.token())
                        .number(observed.format() + 1);
        out.number(observed.path().ids().size());
        observed.path().ids().forEach(out::number);
        return out.toBytes();
    }

    /** The rest of an OBSERVE record, after the id of its registration. */
    static Observed readObserve(ByteReader in, Registration registration) {
        long token = in.fixed();
        int format = in.smallNumber() - 1;
        var path = ResourcePath.ROOT;
        for (int left = in.smallNumber(); left > 0; left--) {
            path = path.child(in.smallNumber());
        }
        return new Observed(registration, token, path, format);
    }

    static byte[] forget(long token) {
        return new ByteWriter().put(FORGET).fixed(token).toBytes();
    }
}
