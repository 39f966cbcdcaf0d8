/*
 * The branches of a proxy (RFC 3261 16.6): the client transactions through
 * which it forwards the request of a server transaction.  If a proxy generates
 * a final response itself, one of its branches has failed (16.7, 16.9).
 */
#include "inference/infer.h"

#include "rules/rule_names.h"

/* What has become of a branch. */
enum outcome {
	ENDED,     /* a final response has come */
	REFUSED,   /* its packets were refused, and nothing has come */
	SILENT,    /* nothing has come … */
	TIMED_OUT, /* … until its transaction ended */
	RINGS,     /* a provisional response has come */
};

/* Why a proxy sends a response, in the order in which branches are looked for.
 * A status of 0 is any. */
static const struct {
	unsigned status;
	enum outcome outcome;
	unsigned final; /* of the branch */
	enum rule_id rule;
} reasons[] = {
	{ 500, ENDED, 503, RULE_PROXY_503 },
	{ 500, REFUSED, 0, RULE_PROXY_TRANSPORT },
	{ 503, REFUSED, 0, RULE_PROXY_TRANSPORT },
	{ 408, TIMED_OUT, 0, RULE_PROXY_408 },
	{ 408, REFUSED, 0, RULE_PROXY_REFUSED },
	{ 408, SILENT, 0, RULE_PROXY_SILENT },
	{ 408, RINGS, 0, RULE_PROXY_TIMER_C },
	{ 0, ENDED, 0, RULE_PROXY_OWN_FINAL },
	{ 0, TIMED_OUT, 0, RULE_PROXY_UNANSWERED },
	{ 0, REFUSED, 0, RULE_PROXY_UNANSWERED },
	{ 0, SILENT, 0, RULE_PROXY_UNANSWERED },
	{ 0, RINGS, 0, RULE_PROXY_RING_TIME },
};

void
infer_branch_begin(struct infer *f, uint32_t i, struct infer_tx *client)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *server;

	if (m->fwd == CORRELATION_NONE)
		return;
	server = infer_find_tx(f, m->src, f->co->m[m->fwd].tx, false);
	if (server == NULL)
		return;
	client->beside = server->branch;
	server->branch = client;
}

static enum outcome
outcome_of(const struct infer_tx *b)
{
	return b->final != 0                     ? ENDED
	       : b->state == STATE_PROCEEDING    ? RINGS
	       : machine_ends_in(b->m, b->state) ? TIMED_OUT
	       : b->refused != 0                 ? REFUSED
						 : SILENT;
}

/* The record that shows what has become of B, and at whom. */
static uint64_t
record_of(const struct infer_tx *b, enum outcome outcome)
{
	switch (outcome) {
	case ENDED:
	case RINGS:
		return b->fsm; /* by the response */
	case REFUSED:
		return b->refused;
	default:
		return b->request;
	}
}

uint64_t
infer_branch_reason(
    const struct infer_tx *server, unsigned status, enum rule_id *why)
{
	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		const struct infer_tx *b = server->branch;

		if (reasons[i].status != 0 && reasons[i].status != status)
			continue;
		while (b != NULL && (outcome_of(b) != reasons[i].outcome ||
					(reasons[i].final != 0 &&
					    reasons[i].final != b->final)))
			b = b->beside;
		if (b == NULL)
			continue;
		*why = reasons[i].rule;
		return record_of(b, reasons[i].outcome);
	}
	return 0;
}
