package org.omtpdm.server.api;

/**
 * One method on one path.
 *
 * @param template as in {@code openapi.yaml}, for example {@code /api/v1/devices/{deviceId}}
 */
public record Route(Method method, String template, Access access, Handler handler) {

    public Route {
        if (!template.matches("(/([A-Za-z0-9._-]+|\\{[a-zA-Z]+}))+")) {
            throw new IllegalArgumentException("Not a path template: '" + template + "'");
        }
    }

    /** A regular expression for paths of a template. */
    static String patternOf(String template) {
        return template.replace(".", "\\.").replaceAll("\\{[a-zA-Z]+}", "[^/]+");
    }

    /** Fixed segments go before parameters when both match. */
    String sortKey() {
        return template.replace('{', '~');
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
