package org.omtpdm.objects.kit;

import java.util.List;
import java.util.Locale;
import org.omtpdm.objects.BatteryStatus;
import org.omtpdm.objects.CapabilityGroup;
import org.omtpdm.objects.CheckpointVerdict;
import org.omtpdm.objects.ComplianceState;
import org.omtpdm.objects.DeviceError;
import org.omtpdm.objects.EnforcementMode;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.FirmwareDelivery;
import org.omtpdm.objects.FirmwareProtocol;
import org.omtpdm.objects.FirmwareResult;
import org.omtpdm.objects.FirmwareSeverity;
import org.omtpdm.objects.FirmwareState;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.LockState;
import org.omtpdm.objects.LockWipeResult;
import org.omtpdm.objects.LogClass;
import org.omtpdm.objects.LogDataFormat;
import org.omtpdm.objects.LogStatus;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.PolicyState;
import org.omtpdm.objects.PolicyType;
import org.omtpdm.objects.PowerSource;
import org.omtpdm.objects.ProcessSort;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.ScanScope;
import org.omtpdm.objects.SoftwareOperationalState;
import org.omtpdm.objects.SoftwareResult;
import org.omtpdm.objects.SoftwareState;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.ThreatAction;
import org.omtpdm.objects.ThreatState;
import org.omtpdm.objects.WireCode;

/**
 * An enumeration makers get: its name and its constants.
 *
 * @param name in the manner of Java, {@code OperationState}
 */
record Enumeration(String name, List<WireCode> constants) {

    static List<Enumeration> all() {
        return List.of(
                of(OperationState.values()),
                of(OperationResult.values()),
                of(NextPage.values()),
                of(ListFlag.values()),
                of(ProcessState.values()),
                of(ProcessSort.values()),
                of(TerminateMode.values()),
                of(FileType.values()),
                of(RootRight.values()),
                of(PolicyType.values()),
                of(PolicyState.values()),
                of(EnforcementMode.values()),
                of(ComplianceState.values()),
                of(ScanScope.values()),
                of(ThreatAction.values()),
                of(ThreatState.values()),
                of(CheckpointVerdict.values()),
                of(FirmwareState.values()),
                of(FirmwareResult.values()),
                of(FirmwareProtocol.values()),
                of(FirmwareDelivery.values()),
                of(FirmwareSeverity.values()),
                of(LockState.values()),
                of(LockWipeResult.values()),
                of(SoftwareState.values()),
                of(SoftwareResult.values()),
                of(SoftwareOperationalState.values()),
                of(CapabilityGroup.values()),
                of(LogClass.values()),
                of(LogStatus.values()),
                of(LogDataFormat.values()),
                of(DeviceError.values()),
                of(BatteryStatus.values()),
                of(PowerSource.values()));
    }

    private static Enumeration of(WireCode[] constants) {
        return new Enumeration(
                constants.getClass().getComponentType().getSimpleName(), List.of(constants));
    }

    /**
     * {@code Operation State} and {@code opEnable} as {@code OPERATION_STATE} and {@code
     * OP_ENABLE}.
     */
    static String upperSnake(String words) {
        return words.replaceAll("([a-z])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toUpperCase(Locale.ROOT);
    }
}
