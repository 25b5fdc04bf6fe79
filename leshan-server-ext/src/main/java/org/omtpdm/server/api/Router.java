package org.omtpdm.server.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.omtpdm.server.security.Permission;

/**
 * The list of routes. A route can't be added without saying who may use it. Filled while wiring,
 * then only read.
 */
public final class Router {

    private final List<Route> routes = new ArrayList<>();

    public Router get(String template, Permission required, Handler handler) {
        return add(Method.GET, template, Access.requiring(required), handler);
    }

    public Router post(String template, Permission required, Handler handler) {
        return add(Method.POST, template, Access.requiring(required), handler);
    }

    public Router put(String template, Permission required, Handler handler) {
        return add(Method.PUT, template, Access.requiring(required), handler);
    }

    public Router patch(String template, Permission required, Handler handler) {
        return add(Method.PATCH, template, Access.requiring(required), handler);
    }

    public Router delete(String template, Permission required, Handler handler) {
        return add(Method.DELETE, template, Access.requiring(required), handler);
    }

    /** A route for everybody who is signed in. */
    public Router signedIn(Method method, String template, Handler handler) {
        return add(method, template, Access.SIGNED_IN, handler);
    }

    /** A route that needs no sign-in at all. */
    public Router anonymous(Method method, String template, Handler handler) {
        return add(method, template, Access.ANYBODY, handler);
    }

    private Router add(Method method, String template, Access access, Handler handler) {
        var route = new Route(method, template, access, handler);
        for (var other : routes) {
            if (other.method() == method && sameShape(other.template(), template)) {
                throw new IllegalArgumentException("Two routes for " + route + " and " + other);
            }
        }
        routes.add(route);
        return this;
    }

    private static boolean sameShape(String one, String other) {
        return shape(one).equals(shape(other));
    }

    private static String shape(String template) {
        return template.replaceAll("\\{[a-zA-Z]+}", "{}");
    }

    /** Methods that some route takes on this path. */
    Set<Method> methodsFor(String path) {
        var methods = EnumSet.noneOf(Method.class);
        for (var route : routes) {
            if (path.matches(Route.patternOf(route.template()))) {
                methods.add(route.method());
            }
        }
        return methods;
    }

    /** All routes; where two match, the one with the fixed segment comes first. */
    public List<Route> routes() {
        return routes.stream().sorted(Comparator.comparing(Route::sortKey)).toList();
    }
}
