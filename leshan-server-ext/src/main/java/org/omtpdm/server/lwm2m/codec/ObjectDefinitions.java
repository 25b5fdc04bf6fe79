package org.omtpdm.server.lwm2m.codec;

import java.util.Collection;
import java.util.Optional;
import org.eclipse.leshan.core.LwM2m.Version;
import org.eclipse.leshan.core.model.LwM2mModelRepository;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;

/** What we know of objects: the type of each resource, by object version. Immutable. */
public final class ObjectDefinitions {

    private final LwM2mModelRepository models;

    public ObjectDefinitions(Collection<ObjectModel> models) {
        this.models = new LwM2mModelRepository(models);
    }

    /**
     * The definition in exactly this version, else in the newest we have: resource ids keep their
     * meaning within a major version.
     */
    Optional<ObjectModel> object(int objectId, String version) {
        if (objectId < 0 || objectId > 65534) {
            return Optional.empty();
        }
        ObjectModel exact = null;
        if (Version.validate(version) == null) {
            exact = models.getObjectModel(objectId, version);
        }
        return Optional.ofNullable(exact != null ? exact : models.getObjectModel(objectId));
    }

    Optional<ResourceModel> resource(int objectId, String version, int resourceId) {
        return object(objectId, version).map(object -> object.resources.get(resourceId));
    }

    boolean knows(int objectId, String version) {
        return object(objectId, version).isPresent();
    }
}
