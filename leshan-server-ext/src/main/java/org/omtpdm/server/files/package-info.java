/**
 * Files of devices (object File Management): directories listed and kept as last reported, facts,
 * slices of content for those who may read them, and guarded deletion. Paths are checked before
 * anything is queued.
 */
package org.omtpdm.server.files;
