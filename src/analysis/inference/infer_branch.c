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
	REFUSED,   /* its packets were rejected, and nothing has come */
	SILENT,    /* nothing has come … */
	TIMED_OUT, /* … until its transaction ended */
	RINGS,     /* a provisional response has come */
};

/* What a proxy sends because of its branches. */
enum what {
	ANSWER, /* a response */
	CANCEL, /* of a branch */
	NEXT,   /* the request, to another target */
};

/* Which branch shows it: any; the one that is cancelled; another than that. */
enum whose { ANY, OWN, OTHER };

/* Why a proxy sends something, in the order in which branches are looked for.
 * A status of 0 is any. */
static const struct {
	enum what what;
	unsigned status;
	enum whose whose;
	enum outcome outcome;
	unsigned from, to; /* the branch's final response; 0: any */
	enum rule_id rule;
} reasons[] = {
	{ ANSWER, 181, ANY, ENDED, 300, 699, RULE_PROXY_181 },
	{ ANSWER, 199, ANY, ENDED, 300, 699, RULE_PROXY_199 },
	{ ANSWER, 487, ANY, SILENT, 0, 0, RULE_CANCEL_TIMEOUT },
	{ ANSWER, 487, ANY, TIMED_OUT, 0, 0, RULE_CANCEL_TIMEOUT },
	{ ANSWER, 487, ANY, RINGS, 0, 0, RULE_CANCEL_TIMEOUT },
	{ ANSWER, 500, ANY, ENDED, 503, 503, RULE_PROXY_503 },
	{ ANSWER, 500, ANY, REFUSED, 0, 0, RULE_PROXY_TRANSPORT },
	{ ANSWER, 503, ANY, REFUSED, 0, 0, RULE_PROXY_TRANSPORT },
	{ ANSWER, 408, ANY, TIMED_OUT, 0, 0, RULE_PROXY_408 },
	{ ANSWER, 408, ANY, REFUSED, 0, 0, RULE_PROXY_REFUSED },
	{ ANSWER, 408, ANY, SILENT, 0, 0, RULE_PROXY_SILENT },
	{ ANSWER, 408, ANY, RINGS, 0, 0, RULE_PROXY_TIMER_C },
	{ ANSWER, 0, ANY, ENDED, 300, 699, RULE_PROXY_OWN_FINAL },
	{ ANSWER, 0, ANY, TIMED_OUT, 0, 0, RULE_PROXY_UNANSWERED },
	{ ANSWER, 0, ANY, REFUSED, 0, 0, RULE_PROXY_UNANSWERED },
	{ ANSWER, 0, ANY, SILENT, 0, 0, RULE_PROXY_UNANSWERED },
	{ ANSWER, 0, ANY, RINGS, 0, 0, RULE_PROXY_RING_TIME },
	{ CANCEL, 0, OTHER, ENDED, 200, 299, RULE_PROXY_CANCEL_OTHERS },
	{ CANCEL, 0, OTHER, ENDED, 600, 699, RULE_PROXY_6XX },
	{ CANCEL, 0, OWN, SILENT, 0, 0, RULE_PROXY_SILENT },
	{ NEXT, 0, ANY, ENDED, 300, 699, RULE_PROXY_FORWARD },
	{ NEXT, 0, ANY, TIMED_OUT, 0, 0, RULE_PROXY_FORWARD },
	{ NEXT, 0, ANY, REFUSED, 0, 0, RULE_PROXY_FORWARD },
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
	client->of = server;
	client->began = m->t;
	client->target = (uint32_t)str_hash(f->co->msg.uri);
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

/* The record that shows what has become of B, and at whom: by the response, the
 * rejection, or the request. */
static uint64_t
record_of(const struct infer_tx *b, enum outcome outcome)
{
	switch (outcome) {
	case ENDED:
		return b->fsm;
	case RINGS:
		return b->of->cancelled != 0 ? b->request : b->fsm;
	case REFUSED:
		return b->refused;
	default:
		return b->request;
	}
}

static bool
branch_fits(const struct infer_tx *b, const struct infer_tx *own, size_t row)
{
	if (reasons[row].whose != ANY &&
	    (b == own) != (reasons[row].whose == OWN))
		return false;
	return outcome_of(b) == reasons[row].outcome &&
	       (reasons[row].to == 0 || (b->final >= reasons[row].from &&
					    b->final <= reasons[row].to));
}

/* Why SERVER's node sends WHAT: the record that was the last, for a CANCEL the
 * first, of those of the first row with any. */
static uint64_t
find_branch(const struct infer_tx *server, const struct infer_tx *own,
    enum what what, unsigned status, enum rule_id *why)
{
	uint64_t last = 0;

	for (size_t i = 0; last == 0 && i < COUNT_OF(reasons); i++) {
		if (reasons[i].what != what ||
		    (reasons[i].status != 0 && reasons[i].status != status))
			continue;
		for (const struct infer_tx *b = server->branch; b != NULL;
		     b = b->beside) {
			uint64_t seq = record_of(b, reasons[i].outcome);

			if (branch_fits(b, own, i) &&
			    (last == 0 || (seq > last) != (what == CANCEL)))
				last = seq;
		}
		if (last != 0)
			*why = reasons[i].rule;
	}
	return last;
}

uint64_t
infer_branch_reason(
    const struct infer_tx *server, unsigned status, enum rule_id *why)
{
	return find_branch(server, NULL, ANSWER, status, why);
}

uint64_t
infer_branch_next(
    const struct infer_tx *server, struct str target, enum rule_id *why)
{
	const struct infer_tx *b = server->branch;
	uint64_t seq = find_branch(server, NULL, NEXT, 0, why);

	/* Another address of the same target (RFC 3263 4.3). */
	if (seq != 0 && b->target == (uint32_t)str_hash(target))
		*why = RULE_UAC_FAILOVER;
	return seq;
}

/* The transaction of the INVITE that M, a CANCEL, takes back. */
static struct infer_tx *
cancelled_by(const struct infer *f, const struct correlation_message *m,
    uint32_t node, bool client)
{
	uint32_t key[4] = { m->via[0], m->call, m->cseq,
		numbers_find(f->co->texts, STR("INVITE")) };

	return infer_find_tx(
	    f, node, numbers_find(f->co->txs, BYTES_OF(key)), client);
}

void
infer_branch_cancelled(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = cancelled_by(f, m, m->dst, false);

	if (tx == NULL || tx->cancelled != 0)
		return;
	tx->cancelled = f->place[i].effect;
	tx->cancelled_at = m->t_last;
}

/* A branch that has rung is given up: for so long it must be let ring (16.6
 * step 11). */
#define TIMER_C_NS (INT64_C(180) * 1000000000)

/* The record that let a CANCEL of OWN out, whose reason is SEQ: a CANCEL waits
 * for the first provisional response of its branch (RFC 3261 9.1). */
static uint64_t
let_out(const struct infer_tx *own, uint64_t seq)
{
	return own->state == STATE_PROCEEDING && own->fsm > seq ? own->fsm
								: seq;
}

uint64_t
infer_branch_cancel(const struct infer *f, const struct correlation_message *m,
    enum rule_id *why)
{
	const struct infer_tx *own = cancelled_by(f, m, m->src, true);
	const struct infer_tx *server = own != NULL ? own->of : NULL;
	uint64_t seq;

	if (server == NULL)
		return 0;
	if (server->cancelled != 0) {
		*why = RULE_PROXY_CANCEL;
		return let_out(own, server->cancelled);
	}
	if (server->branch->began - own->began > SIP_T1_NS &&
	    own->fsm > server->branch->born) {
		*why = RULE_PROXY_SILENT;
		return own->request;
	}
	seq = find_branch(server, own, CANCEL, 0, why);
	if (seq != 0)
		return let_out(own, seq);
	*why = m->t - own->sent >= TIMER_C_NS ? RULE_PROXY_TIMER_C
					      : RULE_PROXY_RING_TIME;
	return server->born;
}
