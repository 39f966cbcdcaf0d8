/*
 * When a user agent tries again what has failed, by itself: RFC 5626 4.5, which
 * says so of registrations; subscriptions and publications that a phone is to
 * have wait as long.  Between two attempts lie 30 seconds, doubled with each
 * failure in a row up to half an hour, of which between a half and the whole is
 * waited: so phones whose server was away don't come back at one instant.
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
