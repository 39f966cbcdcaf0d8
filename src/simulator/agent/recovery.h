/*
 * Says when a user agent tries again automatically after a failure: RFC 5626
 * 4.5 for registrations; the configured subscriptions and publications of a
 * phone wait as long. The time between two attempts is 30 seconds and doubles
 * with each failure in a row, up to half an hour. The phone waits between half
 * of it and all of it, so that phones whose server was down do not come back
 * at the same instant.
 */
#ifndef AGENT_RECOVERY_H
#define AGENT_RECOVERY_H

#include "agent/agent.h"
#include "sip/defaults.h"

/* When it is tried again after FAILURES in a row, the last included, by a draw
 * from STREAM, where the first wait is about BASE_NS; at the earliest in
 * AFTER_S seconds. */
int64_t agent_recovery_due(struct agent *agent, enum sip_stream stream,
    int64_t base_ns, unsigned failures, uint32_t after_s);
/* STATUS says how it is at the moment: what was asked for may be had later (RFC
 * 3261 21.4: not so of other 4xx), as where any status has a Retry-After. */
bool agent_may_pass(unsigned status);
#endif
