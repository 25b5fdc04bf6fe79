package org.omtpdm.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.leshan.core.model.ObjectModel;
import org.junit.jupiter.api.Test;

class ObjectModelsTest {

    @Test
    void every_object_has_one_current_model() {
        List<ObjectModel> models = ObjectModels.current();

        assertThat(models.stream().map(model -> model.id + ":" + model.version))
                .containsExactlyInAnyOrder(
                        "0:1.2",
                        "1:1.1",
                        "2:1.1",
                        "3:1.2",
                        "4:1.3",
                        "5:1.2",
                        "6:1.0",
                        "7:1.0",
                        "8:1.0",
                        "9:1.1",
                        "14:1.0",
                        "15:2.0",
                        "20:2.1",
                        "21:2.0",
                        ObjectIds.PROCESS + ":1.0",
                        ObjectIds.FILE + ":1.0",
                        ObjectIds.POLICY + ":1.0",
                        ObjectIds.MALWARE + ":1.0",
                        ObjectIds.CHECKPOINT + ":1.0");
    }

    @Test
    void every_version_of_an_object_is_there_once() {
        assertThat(
                        ObjectModels.everyVersion().stream()
                                .map(model -> model.id + ":" + model.version))
                .doesNotHaveDuplicates()
                .contains("3:1.0", "3:1.1", "3:1.2", "5:1.0", "5:1.1", "5:1.2", "9:1.1")
                .containsAll(
                        ObjectModels.current().stream()
                                .map(model -> model.id + ":" + model.version)
                                .toList());
    }

    @Test
    void our_objects_say_when_they_are_in_the_range_for_tests() {
        assertThat(ObjectIds.CHECKPOINT).isEqualTo(ObjectIds.BASE + 4);
        assertThat(ObjectIds.isTestRange())
                .isEqualTo(ObjectIds.BASE >= 42769 && ObjectIds.BASE <= 42800);
    }

    @Test
    void the_quickly_read_models_are_those_of_the_xml() {
        assertThat(CompactModels.print(ObjectModels.current()))
                .isEqualTo(CompactModels.print(ObjectModels.currentFromXml()));
    }
}
