package org.omtpdm.client.object;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.leshan.core.model.ResourceModel.Type;
import org.eclipse.leshan.core.node.LwM2mMultipleResource;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.eclipse.leshan.core.node.ObjectLink;
import org.eclipse.leshan.core.util.datatype.ULong;

/**
 * The resources of one object instance: a table, one line per resource. Built once, then only read;
 * what a line reads from is that line's affair.
 */
public final class ResourceTable {

    private record Entry(
            Optional<Resource.Reader> reader,
            Optional<Resource.Writer> writer,
            Optional<Resource.Executor> executor,
            boolean isObservable)
            implements Resource {}

    private final SortedMap<Integer, Entry> entries = new TreeMap<>();

    /** The resource with this id. */
    public Optional<Resource> find(int id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Ids of all resources, ascending, those without a value at this time included. */
    public Iterable<Integer> ids() {
        return entries.keySet();
    }

    /** A resource that is read, in whatever way. */
    public ResourceTable readable(int id, Resource.Reader reader) {
        return put(id, new Entry(Optional.of(reader), Optional.empty(), Optional.empty(), true));
    }

    /** Takes back the right to observe a resource that is already in the table. */
    public ResourceTable notObservable(int id) {
        Entry entry = entries.get(id);
        return put(id, new Entry(entry.reader, entry.writer, entry.executor, false));
    }

    /** Makes a resource that is already in the table writable too. */
    public ResourceTable writable(int id, Resource.Writer writer) {
        Entry entry = entries.get(id);
        return put(
                id,
                new Entry(entry.reader, Optional.of(writer), entry.executor, entry.isObservable));
    }

    public ResourceTable execute(int id, Resource.Executor executor) {
        return put(id, new Entry(Optional.empty(), Optional.empty(), Optional.of(executor), false));
    }

    /** A resource that exists but that no server reaches: every operation on it is 4.05. */
    public ResourceTable unreachable(int id) {
        return put(id, new Entry(Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    public ResourceTable text(int id, Supplier<String> value) {
        return single(id, Type.STRING, value::get);
    }

    public ResourceTable optionalText(int id, Supplier<Optional<String>> value) {
        return readable(
                id,
                who -> value.get().map(text -> LwM2mSingleResource.newStringResource(id, text)));
    }

    public ResourceTable integer(int id, LongSupplier value) {
        return single(id, Type.INTEGER, value::getAsLong);
    }

    public ResourceTable unsigned(int id, LongSupplier value) {
        return single(id, Type.UNSIGNED_INTEGER, () -> unsigned(value.getAsLong()));
    }

    public ResourceTable bool(int id, BooleanSupplier value) {
        return single(id, Type.BOOLEAN, value::getAsBoolean);
    }

    public ResourceTable optionalTime(int id, Supplier<Optional<Instant>> value) {
        return readable(
                id,
                who ->
                        value.get()
                                .map(
                                        time ->
                                                LwM2mSingleResource.newDateResource(
                                                        id, Date.from(time))));
    }

    public ResourceTable opaque(int id, Supplier<byte[]> value) {
        return single(id, Type.OPAQUE, value::get);
    }

    public ResourceTable optionalOpaque(int id, Supplier<Optional<byte[]>> value) {
        return readable(
                id,
                who -> value.get().map(bytes -> LwM2mSingleResource.newBinaryResource(id, bytes)));
    }

    public ResourceTable link(int id, Supplier<ObjectLink> value) {
        return single(id, Type.OBJLNK, value::get);
    }

    public ResourceTable texts(int id, Supplier<Map<Integer, String>> values) {
        return multiple(id, Type.STRING, values);
    }

    public ResourceTable integers(int id, Supplier<Map<Integer, Long>> values) {
        return multiple(id, Type.INTEGER, values);
    }

    public ResourceTable unsigneds(int id, Supplier<Map<Integer, Long>> values) {
        return multiple(
                id,
                Type.UNSIGNED_INTEGER,
                () ->
                        values.get().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey, e -> unsigned(e.getValue()))));
    }

    public ResourceTable opaques(int id, Supplier<Map<Integer, byte[]>> values) {
        return multiple(id, Type.OPAQUE, values);
    }

    private <T> ResourceTable single(int id, Type type, Supplier<T> value) {
        return readable(
                id, who -> Optional.of(LwM2mSingleResource.newResource(id, value.get(), type)));
    }

    private <T> ResourceTable multiple(int id, Type type, Supplier<Map<Integer, T>> values) {
        return readable(
                id, who -> Optional.of(LwM2mMultipleResource.newResource(id, values.get(), type)));
    }

    private ResourceTable put(int id, Entry entry) {
        entries.put(id, entry);
        return this;
    }

    /** Leshan's form of an unsigned integer. */
    public static ULong unsigned(long value) {
        return ULong.valueOf(BigInteger.valueOf(value));
    }

    /**
     * The value of a written single resource of type Integer or Unsigned Integer, within bounds.
     */
    public static long number(LwM2mResource value, long minimum, long maximum) throws Refusal {
        Object raw = value.isMultiInstances() ? null : value.getValue();
        BigInteger number = raw instanceof Number any ? new BigInteger(any.toString()) : null;
        if (number == null
                || number.compareTo(BigInteger.valueOf(minimum)) < 0
                || number.compareTo(BigInteger.valueOf(maximum)) > 0) {
            throw Refusal.badRequest(
                    "resource "
                            + value.getId()
                            + ": expected a whole number from "
                            + minimum
                            + " to "
                            + maximum);
        }
        return number.longValueExact();
    }
}
