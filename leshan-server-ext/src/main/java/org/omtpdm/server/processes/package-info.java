/**
 * Processes of devices (object Process Management): listed with a bounded number of messages, kept
 * as last reported, and terminated with the guard against reused process ids.
 */
package org.omtpdm.server.processes;
