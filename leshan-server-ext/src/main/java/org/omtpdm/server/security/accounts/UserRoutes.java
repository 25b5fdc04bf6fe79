package org.omtpdm.server.security.accounts;

import static org.omtpdm.server.security.Permission.ADMINISTER;

import java.util.List;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;

/** Administering users. */
final class UserRoutes {

    private static final String USERS = "/api/v1/users";

    private final Users users;

    UserRoutes(Users users) {
        this.users = users;
    }

    void addTo(Router router) {
        router.get(USERS, ADMINISTER, request -> Response.ok(new UserList(users.all())));
        router.post(USERS, ADMINISTER, this::add);
        router.patch(USERS + "/{userId}", ADMINISTER, this::change);
        router.delete(USERS + "/{userId}", ADMINISTER, this::remove);
    }

    private record UserList(List<User> items) {}

    private Response add(Request request) {
        return Response.created(users.add(request.caller(), request.body(NewUser.class)));
    }

    private Response change(Request request) {
        return Response.ok(
                users.change(
                        request.caller(), request.path("userId"), request.body(UserChange.class)));
    }

    private Response remove(Request request) {
        users.remove(request.caller(), request.path("userId"));
        return Response.noContent();
    }
}
