/**
 * Makes {@code omtp-dm-objects-<version>.zip} for makers of firmware. Only the build runs this; the
 * jar leaves it out.
 */
package org.omtpdm.objects.kit;
