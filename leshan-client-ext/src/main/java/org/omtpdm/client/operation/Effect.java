package org.omtpdm.client.operation;

/** What an operation does to the device's world; runs on a thread of its own. */
@FunctionalInterface
public interface Effect {

    /** Its side of the operation that is running. */
    interface Progress {
        /** Tells how far it is, 0 to 100. */
        void reached(int percent);

        /** Whether a server has cancelled it; it should end soon then. */
        boolean isCancelled();
    }

    /**
     * Does it.
     *
     * @throws Exception where something unforeseen happened; the operation then ends with result
     *     255
     */
    Outcome run(Progress progress) throws Exception;
}
