package org.omtpdm.client;

import org.omtpdm.client.device.Restart;
import org.omtpdm.client.device.SystemFacts;
import org.omtpdm.client.file.DeviceFiles;
import org.omtpdm.client.lwm2m.Link;
import org.omtpdm.client.process.ProcessTable;

/** The world of one device: the real one, or a scripted one. */
public record DevicePorts(
        SystemFacts facts, ProcessTable processes, DeviceFiles files, Restart restart, Link link) {}
