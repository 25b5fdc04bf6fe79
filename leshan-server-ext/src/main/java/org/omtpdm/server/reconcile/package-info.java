/**
 * The lane: for each device, one thing at a time, the most urgent first.
 *
 * <p>What is due is decided from the database alone; memory holds only timers and exchanges in
 * flight. This package knows no feature: work comes from {@link
 * org.omtpdm.server.reconcile.WorkSource work sources}, of which the durable commands are one and
 * the {@link org.omtpdm.server.reconcile.Planner planners} another.
 */
package org.omtpdm.server.reconcile;
