/* Packets that a port of media rejects; see rtp/rtp_refused.h. */
#include "rtp/rtp_refused.h"

#include "base/mem.h"
#include "rtp/rtp_in.h"
#include "rules/rule_names.h"

struct refused {
	struct addr from;
	uint64_t count[RTP_REFUSED_COUNT];
};

struct rtp_refusals {
	struct refused list[RTP_SOURCES];
	size_t n;
};

struct kind {
	const char *proto;
	enum rule_id rule;
	enum trace_refusal fault;
	const char *key;
};

static enum trace_refusal
srtp_refusal_of(enum srtp_verdict verdict)
{
	switch (verdict) {
	case SRTP_AUTH_FAIL:
		return TRACE_REFUSAL_SRTP_TAG;
	case SRTP_REPLAY:
	case SRTP_REPLAY_OLD:
		return TRACE_REFUSAL_SRTP_REPLAY;
	case SRTP_NO_KEY:
		return TRACE_REFUSAL_SRTP_EARLY;
	default:
		return TRACE_REFUSAL_SRTP;
	}
}

static struct kind
refused_packet_kind_of(unsigned why)
{
	static const struct kind kinds[] = {
#define X(id, proto, rule, fault, key) \
	{ proto, RULE_##rule, TRACE_REFUSAL_##fault, key },
		RTP_REFUSALS(X)
#undef X
	};
	enum srtp_verdict verdict;

	if (why < RTP_REFUSED_SRTP)
		return kinds[why];
	verdict = (enum srtp_verdict)(why - RTP_REFUSED_SRTP);
	return (struct kind){ "SRTP", RULE_SECRET_OPEN,
		srtp_refusal_of(verdict), srtp_verdict_word(verdict) };
}

/* NULL: there are too many such, or memory is out. */
static struct refused *
refused_of(struct rtp_refusals **list, struct node *n, const struct addr *from)
{
	struct rtp_refusals *r = *list;
	size_t i = 0;

	if (r == NULL) {
		r = *list = mem_zalloc(1, sizeof(*r));
		if (r == NULL) {
			node_fail_memory(n);
			return NULL;
		}
		sim_take_memory(node_sim(n), sizeof(*r));
	}
	while (i < r->n && !addr_eq(&r->list[i].from, from))
		i++;
	if (i == RTP_SOURCES)
		return NULL;
	if (i == r->n)
		r->list[r->n++].from = *from;
	return &r->list[i];
}

bool
rtp_refuse(struct rtp_refusals **list, struct node *n, enum rtp_refusal why,
    const struct addr *from, const char *what)
{
	struct refused *u = refused_of(list, n, from);
	uint64_t cause = sim_cause(node_sim(n));
	struct kind kind = refused_packet_kind_of(why);
	LOCAL_BUF at = BUF_INIT;

	if (u == NULL || u->count[why]++ > 0)
		return false;
	buf_printf(&at, "%s ", kind.proto);
	addr_write(from, &at);
	if (what != NULL)
		buf_printf(&at, ": %s", what);
	node_note_bad(n, kind.rule, kind.fault, buf_view(&at));
	sim_set_cause(node_sim(n), cause);
	return true;
}

static void
refused_packet_put_counts(struct trace_writer *w, const struct refused *u)
{
	uint64_t packets = 0;

	rtp_record_put_addr(w, "peer", &u->from);
	for (unsigned why = 0; why < RTP_REFUSED_COUNT; why++) {
		packets += u->count[why];
		if (u->count[why] > 0)
			trace_put_int(w, refused_packet_kind_of(why).key,
			    (int64_t)u->count[why]);
	}
	trace_put_int(w, "packets", (int64_t)packets);
	trace_close(w);
}

static enum rule_id
first_rule(const struct refused *u)
{
	unsigned why = 0;

	while (u->count[why] == 0)
		why++;
	return refused_packet_kind_of(why).rule;
}

void
rtp_refusals_end(struct rtp_refusals **list, struct node *n,
    struct trace_writer *(*open)(const void *arg, enum rule_id why),
    const void *arg)
{
	struct rtp_refusals *r = *list;

	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n; i++)
		refused_packet_put_counts(
		    open(arg, first_rule(&r->list[i])), &r->list[i]);
	sim_give_back_memory(node_sim(n), sizeof(*r));
	mem_free(r);
	*list = NULL;
}
