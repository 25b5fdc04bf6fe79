package org.omtpdm.server.commands;

import org.omtpdm.server.lwm2m.DeviceRequest;

/** An exchange in one line, for those who want to see it: method, path, payload. */
final class RawExchange {

    private RawExchange() {}

    static String of(DeviceRequest request) {
        if (request instanceof DeviceRequest.Read read) {
            return "GET " + read.path();
        }
        if (request instanceof DeviceRequest.ReadBytes read) {
            return "GET " + read.path() + " (42)";
        }
        if (request instanceof DeviceRequest.ReadComposite read) {
            return "FETCH " + read.paths();
        }
        if (request instanceof DeviceRequest.Write write) {
            return "PUT " + write.path();
        }
        if (request instanceof DeviceRequest.Execute execute) {
            return ("POST " + execute.path() + " " + execute.arguments()).strip();
        }
        if (request instanceof DeviceRequest.Discover discover) {
            return "GET " + discover.path() + " (40)";
        }
        if (request instanceof DeviceRequest.WriteAttributes write) {
            return "PUT " + write.path() + "?" + write.attributes();
        }
        if (request instanceof DeviceRequest.Observe observe) {
            return "GET " + observe.path() + " Observe: 0";
        }
        if (request instanceof DeviceRequest.CancelObservation cancel) {
            return "GET " + cancel.path() + " Observe: 1";
        }
        if (request instanceof DeviceRequest.Create create) {
            return "POST " + create.path();
        }
        return "DELETE " + ((DeviceRequest.Delete) request).path();
    }
}
