package org.omtpdm.server.files;

import static org.omtpdm.server.api.ErrorCode.COMMAND_UNKNOWN;
import static org.omtpdm.server.api.ErrorCode.DEVICE_UNKNOWN;
import static org.omtpdm.server.api.ErrorCode.NOT_FOUND;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandService;
import org.omtpdm.server.commands.ReportedValues;
import org.omtpdm.server.commands.ReportedValues.Reported;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.DeviceWords;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Database;

/** The door to files of devices. Thread-safe. */
public final class FileService {

    private final Database database;
    private final DeviceDirectory devices;
    private final CommandService commands;
    private final ReportedValues reported;
    private final FileContents contents;
    private final Audit audit;
    private final FileStore store = new FileStore();

    public FileService(
            DeviceDirectory devices,
            CommandService commands,
            ReportedValues reported,
            FileContents contents,
            Audit audit) {
        this.database = contents.database();
        this.devices = devices;
        this.commands = commands;
        this.reported = reported;
        this.contents = contents;
        this.audit = audit;
    }

    /**
     * The roots, and what is known of one directory; costs the device nothing.
     *
     * @throws ManagementException {@code DEVICE_UNKNOWN}, {@code BAD_REQUEST}
     */
    public FileListing list(Caller caller, String deviceId, Optional<String> path) {
        var device =
                devices.find(deviceId)
                        .filter(found -> caller.scope().includes(found.id()))
                        .orElseThrow(
                                () ->
                                        new ManagementException(
                                                DEVICE_UNKNOWN, "There is no such device"));
        var supported = device.objects().contains(ObjectIds.FILE);
        var directory = path.map(FilePaths::parse);
        var known = directory.flatMap(asked -> known(deviceId, asked));
        return new FileListing(
                supported,
                supported ? Optional.empty() : Optional.of(ObjectIds.FILE),
                roots(deviceId),
                directory.map(DevicePath::toString),
                known.map(FileStore.Directory::at),
                known.map(FileStore.Directory::complete),
                known.map(FileStore.Directory::entries).orElse(List.of()),
                commands.underWay(deviceId, CommandKind.FILE_LIST));
    }

    private Optional<FileStore.Directory> known(String deviceId, DevicePath path) {
        return database.read(
                handle ->
                        store.directory(handle, deviceId, path)
                                .map(
                                        directory -> {
                                            var paths =
                                                    directory.entries().stream()
                                                            .map(FileView::path)
                                                            .toList();
                                            var stats = store.stats(handle, deviceId, paths);
                                            return new FileStore.Directory(
                                                    directory.at(),
                                                    directory.complete(),
                                                    directory.entries().stream()
                                                            .map(
                                                                    file ->
                                                                            file.with(
                                                                                    Optional
                                                                                            .ofNullable(
                                                                                                    stats
                                                                                                            .get(
                                                                                                                    file
                                                                                                                            .path()))))
                                                            .toList());
                                        }));
    }

    private List<Root> roots(String deviceId) {
        return reported.below(deviceId, resource(FileResources.ROOT)).stream()
                .filter(root -> root.path().resourceInstanceId().isPresent())
                .map(root -> root(deviceId, root))
                .toList();
    }

    private static ResourcePath resource(int id) {
        return ResourcePath.of(ObjectIds.FILE, 0, id);
    }

    private Root root(String deviceId, Reported root) {
        var number = root.path().resourceInstanceId().getAsInt();
        var rights =
                number(deviceId, FileResources.ROOT_RIGHTS, number).stream()
                        .mapToObj(RootRight::ofBits)
                        .findFirst()
                        .orElse(Set.of());
        return new Root(
                number,
                DeviceWords.clean(root.value().toString()),
                boxed(number(deviceId, FileResources.ROOT_FREE, number)),
                boxed(number(deviceId, FileResources.ROOT_TOTAL, number)),
                rights.contains(RootRight.LIST),
                rights.contains(RootRight.READ),
                rights.contains(RootRight.WRITE),
                rights.contains(RootRight.DELETE));
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private OptionalLong number(String deviceId, int resourceId, int root) {
        return reported.at(deviceId, resource(resourceId).child(root))
                .map(Reported::value)
                .map(ResourceValue::asLong)
                .orElse(OptionalLong.empty());
    }

    /**
     * The bytes a fetch brought. Every opening is audited.
     *
     * @throws ManagementException {@code COMMAND_UNKNOWN}, {@code NOT_FOUND}
     */
    public byte[] open(Caller caller, String commandId) {
        var command = commands.get(caller, commandId);
        if (command.kind() != CommandKind.FILE_FETCH) {
            throw new ManagementException(COMMAND_UNKNOWN, "This command fetched nothing");
        }
        return database.write(
                tx -> {
                    var bytes =
                            contents.find(tx, commandId)
                                    .orElseThrow(
                                            () ->
                                                    new ManagementException(
                                                            NOT_FOUND,
                                                            "There is no content: not fetched yet,"
                                                                    + " or its hour is over; fetch"
                                                                    + " it again"));
                    var opened =
                            new NewAuditRecord(
                                    "file.open",
                                    Optional.of(command.title()),
                                    Optional.of(command.deviceId()),
                                    command.reason(),
                                    Map.of("command", commandId, "bytes", bytes.length),
                                    "done");
                    audit.record(tx, caller, opened);
                    return bytes;
                });
    }

    /** {@code FileListing} of {@code openapi.yaml}. */
    public record FileListing(
            boolean supported,
            Optional<Integer> missingObject,
            List<Root> roots,
            Optional<String> path,
            Optional<Instant> at,
            Optional<Boolean> complete,
            List<FileView> items,
            Optional<String> listing) {

        public FileListing {
            roots = List.copyOf(roots);
            items = List.copyOf(items);
        }
    }

    /** {@code FileRoot} of {@code openapi.yaml}. */
    public record Root(
            int root,
            String label,
            Optional<Long> free,
            Optional<Long> total,
            boolean mayList,
            boolean mayRead,
            boolean mayWrite,
            boolean mayDelete) {}
}
