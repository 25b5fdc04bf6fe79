package org.omtpdm.server.api;

import java.util.List;

/** Stands before a handler: passes on, answers itself, or looks at the answer. */
@FunctionalInterface
interface Filter {

    Response apply(Request request, Handler next) throws Exception;

    /** The first filter is the outermost. */
    static Handler chain(List<Filter> filters, Handler last) {
        var handler = last;
        for (var i = filters.size() - 1; i >= 0; i--) {
            var filter = filters.get(i);
            var next = handler;
            handler = request -> filter.apply(request, next);
        }
        return handler;
    }
}
