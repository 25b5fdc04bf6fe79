package org.omtpdm.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireCodeTest {

    private static final List<WireCode[]> CODES =
            List.of(
                    OperationState.values(),
                    OperationResult.values(),
                    ProcessState.values(),
                    ProcessSort.values(),
                    TerminateMode.values(),
                    FileType.values(),
                    NextPage.values(),
                    FirmwareState.values(),
                    FirmwareResult.values(),
                    FirmwareProtocol.values(),
                    FirmwareDelivery.values(),
                    FirmwareSeverity.values(),
                    SoftwareState.values(),
                    SoftwareResult.values(),
                    SoftwareOperationalState.values(),
                    LockState.values(),
                    LockWipeResult.values(),
                    CapabilityGroup.values(),
                    LogClass.values(),
                    LogDataFormat.values(),
                    PolicyType.values(),
                    PolicyState.values(),
                    EnforcementMode.values(),
                    ComplianceState.values(),
                    ScanScope.values(),
                    ThreatAction.values(),
                    ThreatState.values(),
                    CheckpointVerdict.values(),
                    DeviceError.values(),
                    BatteryStatus.values(),
                    PowerSource.values(),
                    NetworkBearer.values(),
                    RootRight.values(),
                    ListFlag.values(),
                    AccessRight.values(),
                    LogStatus.values());

    @Test
    void every_code_has_one_constant_and_words() {
        for (WireCode[] constants : CODES) {
            assertThat(Arrays.stream(constants).map(WireCode::code)).doesNotHaveDuplicates();
            assertThat(Arrays.stream(constants).map(WireCode::words))
                    .doesNotHaveDuplicates()
                    .noneMatch(String::isBlank);
            for (WireCode constant : constants) {
                assertThat(WireCode.find(constants, constant.code())).contains(constant);
            }
            assertThat(WireCode.find(constants, -1)).isEmpty();
            assertThat(WireCode.find(constants, 1L << 32)).isEmpty();
        }
    }

    @Test
    void operation_results_have_the_codes_of_the_specification() {
        assertThat(Arrays.stream(OperationResult.values()).map(OperationResult::code))
                .containsExactly(
                        0, 1, 2, 10, 11, 12, 14, 20, 21, 22, 23, 30, 31, 32, 33, 34, 35, 36, 37, 38,
                        40, 41, 42, 43, 44, 45, 46, 47, 48, 50, 61, 62, 63, 64, 65, 70, 71, 72, 80,
                        81, 82, 90, 91, 255);
        assertThat(OperationResult.values())
                .allSatisfy(result -> assertThat(result.words()).matches("[A-Z].*\\."));
    }

    @Test
    void every_result_code_can_be_said_in_a_sentence() {
        assertThat(OperationResult.describe(22)).isEqualTo("The target is protected.");
        assertThat(OperationResult.describe(128))
                .isEqualTo("It ended with code 128 of the device's maker.");
        assertThat(OperationResult.describe(254))
                .isEqualTo("It ended with code 254 of the device's maker.");
        assertThat(OperationResult.describe(99)).isEqualTo("It ended with the unknown code 99.");
        assertThat(OperationResult.describe(Long.MIN_VALUE)).contains("unknown");
    }

    @Test
    void a_set_of_bits_survives_the_way_to_a_number_and_back() {
        for (int bits = 0; bits < 16; bits++) {
            assertThat(RootRight.bitsOf(RootRight.ofBits(bits))).isEqualTo(bits);
        }
        assertThat(RootRight.ofBits(9)).isEqualTo(Set.of(RootRight.LIST, RootRight.DELETE));
        assertThat(ListFlag.ofBits(0xFFFF_FFE0L)).isEmpty();
        assertThat(AccessRight.bitsOf(AccessRight.ofBits(31))).isEqualTo(31);
    }

    @Test
    void operations_are_over_in_every_state_but_two() {
        assertThat(OperationState.values())
                .filteredOn(state -> !state.isOver())
                .containsExactly(OperationState.IDLE, OperationState.RUNNING);
        assertThat(OperationResult.values())
                .filteredOn(OperationResult::isSuccess)
                .containsExactly(
                        OperationResult.OK, OperationResult.PARTIAL, OperationResult.ALREADY_SO);
    }
}
