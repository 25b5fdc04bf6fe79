package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.util.function.Function;

/**
 * How a device answered one request. A device that says no, or nothing, is normal: hence a value,
 * not an exception.
 */
public sealed interface DeviceReply<T> {

    /** 2.xx with a decoded payload. */
    record Answered<T>(T value) implements DeviceReply<T> {}

    /**
     * The device refused.
     *
     * @param coapCode for example {@code 4.05}
     * @param diagnostic the device's words, untrusted, empty when it gave none
     */
    record Refused<T>(String coapCode, String diagnostic) implements DeviceReply<T> {}

    /** The request was (or may have been) sent and no answer came in time. */
    record Silent<T>(Duration waited) implements DeviceReply<T> {}

    /**
     * Nothing was sent: not registered, asleep, no DTLS connection that may be opened, queue full.
     *
     * @param reason a short English clause
     */
    record NotSent<T>(String reason) implements DeviceReply<T> {}

    default <R> R fold(
            Function<? super T, ? extends R> answered,
            Function<? super Refused<T>, ? extends R> refused,
            Function<? super Silent<T>, ? extends R> silent,
            Function<? super NotSent<T>, ? extends R> notSent) {
        if (this instanceof Answered<T> a) {
            return answered.apply(a.value());
        }
        if (this instanceof Refused<T> r) {
            return refused.apply(r);
        }
        if (this instanceof Silent<T> s) {
            return silent.apply(s);
        }
        return notSent.apply((NotSent<T>) this);
    }
}
