package org.omtpdm.server.security.accounts;

import static org.omtpdm.server.api.ErrorCode.ALREADY_EXISTS;
import static org.omtpdm.server.api.ErrorCode.LAST_ADMIN;
import static org.omtpdm.server.api.ErrorCode.NOT_FOUND;
import static org.omtpdm.server.api.ErrorCode.OWN_ACCOUNT;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Tx;

/**
 * People who may sign in. There is always one who can administer; a person's changed rights count
 * from the next request on. Thread-safe.
 */
public final class Users {

    private final Database database;
    private final Audit audit;
    private final Events events;
    private final UserStore store = new UserStore();
    private final SessionStore sessions = new SessionStore();
    private final Passwords passwords;

    Users(Database database, Audit audit, Events events, Passwords passwords) {
        this.database = database;
        this.audit = audit;
        this.events = events;
        this.passwords = passwords;
    }

    /** All users, by username. */
    public List<User> all() {
        return database.read(store::all);
    }

    public Optional<User> byUsername(String username) {
        return database.read(handle -> store.byUsername(handle, username))
                .map(UserStore.Stored::user);
    }

    /**
     * @throws ManagementException {@code ALREADY_EXISTS}, whatever the case of the letters
     */
    public User add(Caller caller, NewUser added) {
        var hash = passwords.hash(added.password());
        return database.write(
                tx -> {
                    if (store.byUsername(tx.handle(), added.username()).isPresent()) {
                        throw new ManagementException(
                                ALREADY_EXISTS,
                                "There is a user '" + added.username() + "' already",
                                Map.of("field", "username"));
                    }
                    var user =
                            new User(
                                    Ids.next(),
                                    added.username(),
                                    added.displayName()
                                            .filter(name -> !name.isBlank())
                                            .orElse(added.username()),
                                    EnumSet.copyOf(added.roles()),
                                    false,
                                    tx.now(),
                                    Optional.empty());
                    store.insert(tx, user, hash);
                    audit.record(
                            tx,
                            caller,
                            NewAuditRecord.done("user.add", user.username())
                                    .with(Map.of("roles", wireOf(user))));
                    tell(tx, user, "was added");
                    return user;
                });
    }

    /**
     * Changes a user. A new password or fewer rights end the user's sessions.
     *
     * @throws ManagementException {@code NOT_FOUND}; {@code LAST_ADMIN} when nobody could
     *     administer any more; {@code OWN_ACCOUNT} when callers would disable themselves or take
     *     their own rights to administer
     */
    public User change(Caller caller, String id, UserChange change) {
        var newHash = change.password().map(passwords::hash);
        return database.write(
                tx -> {
                    var stored = require(tx, id);
                    var before = stored.user();
                    var after =
                            new User(
                                    id,
                                    before.username(),
                                    change.displayName()
                                            .map(name -> name.isBlank() ? before.username() : name)
                                            .orElse(before.displayName()),
                                    change.roles()
                                            .map(roles -> java.util.Set.copyOf(roles))
                                            .orElse(before.roles()),
                                    change.disabled().orElse(before.disabled()),
                                    before.createdAt(),
                                    before.lastSignInAt());
                    if (before.isAdmin() && !after.isAdmin()) {
                        refuseOwn(caller, before, "take your own rights to administer");
                        refuseLastAdmin(tx, before);
                    }
                    if (after.disabled() && !before.disabled()) {
                        refuseOwn(caller, before, "disable your own account");
                    }
                    store.update(tx, after, newHash.orElse(stored.passwordHash()));
                    if (newHash.isPresent()
                            || after.disabled()
                            || !after.roles().containsAll(before.roles())) {
                        sessions.deleteOf(tx, id, Optional.empty());
                    }
                    audit.record(
                            tx,
                            caller,
                            NewAuditRecord.done("user.change", before.username())
                                    .with(differences(before, after, newHash.isPresent())));
                    tell(tx, after, "was changed");
                    return after;
                });
    }

    /**
     * @throws ManagementException {@code NOT_FOUND}, {@code LAST_ADMIN}, {@code OWN_ACCOUNT}
     */
    public void remove(Caller caller, String id) {
        database.write(
                tx -> {
                    var user = require(tx, id).user();
                    refuseOwn(caller, user, "remove your own account");
                    if (user.isAdmin()) {
                        refuseLastAdmin(tx, user);
                    }
                    store.delete(tx, id);
                    audit.record(tx, caller, NewAuditRecord.done("user.remove", user.username()));
                    tell(tx, user, "was removed");
                    return null;
                });
    }

    private UserStore.Stored require(Tx tx, String id) {
        return store.byId(tx.handle(), id)
                .orElseThrow(
                        () -> new ManagementException(NOT_FOUND, "There is no user with this id"));
    }

    private static void refuseOwn(Caller caller, User user, String what) {
        if (caller.kind() == Caller.Kind.SESSION && caller.name().equals(user.username())) {
            throw new ManagementException(
                    OWN_ACCOUNT, "You can't " + what + "; ask another administrator");
        }
    }

    private void refuseLastAdmin(Tx tx, User leaving) {
        var others =
                store.all(tx.handle()).stream()
                        .filter(user -> user.isAdmin() && !user.id().equals(leaving.id()));
        if (others.findAny().isEmpty()) {
            throw new ManagementException(
                    LAST_ADMIN,
                    "'"
                            + leaving.username()
                            + "' is the only one who can administer; give another user the role"
                            + " admin first");
        }
    }

    private static Map<String, Object> differences(
            User before, User after, boolean passwordChanged) {
        var facts = new LinkedHashMap<String, Object>();
        if (!before.roles().equals(after.roles())) {
            facts.put("rolesBefore", wireOf(before));
            facts.put("roles", wireOf(after));
        }
        if (before.disabled() != after.disabled()) {
            facts.put("disabled", after.disabled());
        }
        if (!before.displayName().equals(after.displayName())) {
            facts.put("displayName", after.displayName());
        }
        if (passwordChanged) {
            facts.put("password", "changed");
        }
        return facts;
    }

    private static List<String> wireOf(User user) {
        return user.roles().stream().map(Role::wire).sorted().toList();
    }

    private void tell(Tx tx, User user, String what) {
        events.publish(tx, NewEvent.of("user.changed", "User " + user.username() + " " + what));
    }
}
