/**
 * One-off commands to devices, durable and with a timeline, and jobs: the same command on many
 * devices.
 *
 * <p>{@code requested → queued → claimed → intended → acknowledged → done}. Before an operation
 * that must not be repeated is sent, its intent and its correlator are committed; whatever happens
 * then (no answer, a crash, a restart of the device), the device is asked whether it happened
 * before anything is sent again.
 */
package org.omtpdm.server.commands;
