/* The offer and the answer of an agreement; see follower/exchange.h. */
#include "msg/bodies.h"
#include "follower/exchange.h"

#include "base/err.h"
#include "base/mem.h"
#include "role/role.h"

#include <stdio.h>

/* Causes followed back to the message received; records behind the agreement,
 * where its answer stands, and before it, where its offer is looked for. */
#define STEPS  64
#define SOON   64
#define BEFORE 100000
/* Those in which an offer of a call that goes on has its answer. */
#define RENEWED 1000

#define PORT_DISCARD 9

int
exchange_create(struct exchange_reader **rp)
{
	*rp = mem_zalloc(1, sizeof(**rp));
	return *rp != NULL ? 0 : ERR_NOMEM;
}

void
exchange_destroy(struct exchange_reader *r)
{
	if (r == NULL)
		return;
	sent_message_free(&r->m);
	buf_free(&r->call_id);
	mem_free(r);
}

/* Record SEQ is of a message of SIP with a description, which is read. */
static bool
has_description(struct exchange_reader *r, const struct trace *t, uint64_t seq)
{
	if (sent_message_read(&r->m, t, seq) != 0 || !r->m.sip ||
	    sent_message_read_text(&r->m) != 0)
		return false;
	return msg_sdp_of(&r->m.msg).n > 0;
}

/* What the description says of its first stream of TYPE that is not rejected.
 */
static void
take_side(struct exchange_reader *r, uint64_t seq, struct str type,
    struct exchange_side *side)
{
	side->seq = seq;
	side->refused = true;
	msg_sdp_read(&r->sdp, msg_sdp_of(&r->m.msg), NULL);
	for (size_t i = 0; i < r->sdp.nmedia; i++) {
		const struct msg_sdp_media *m = &r->sdp.media[i];

		if (!str_eq(m->type, type) || m->port == 0)
			continue;
		side->refused = false;
		side->direction = m->direction;
		/* RFC 4145 4.1: 9 stands for a port that it opens from. */
		side->opens =
		    m->port == PORT_DISCARD && str_starts(m->proto, "TCP/");
		side->nowhere = msg_sdp_is_nowhere(m->address);
		snprintf(side->address, sizeof(side->address),
		    m->v6 ? "[%.*s]:%u" : "%.*s:%u", STR_ARG(m->address),
		    m->port);
		return;
	}
}

/* The description that has come to NODE and led to record SEQ: of the call
 * whose message, an ACK, has come last, else of whatever call.  It is read. */
static uint64_t
find_what_came(struct exchange_reader *r, const struct trace *t, uint64_t seq,
    uint32_t node)
{
	uint64_t any = 0;

	buf_clear(&r->call_id);
	for (unsigned i = 0; i < STEPS && seq != 0; i++) {
		if (trace_kind_of(t, seq) == TRACE_RECV &&
		    trace_node_of(t, seq) == node) {
			bool has = has_description(r, t, seq);

			if (r->m.sip && r->call_id.n == 0)
				buf_str(&r->call_id, r->m.send.call_id);
			if (has &&
			    str_eq(r->m.send.call_id, buf_view(&r->call_id)))
				return seq;
			any = has && any == 0 ? seq : any;
		}
		seq = trace_cause_of(t, seq);
	}
	return any != 0 && has_description(r, t, any) ? any : 0;
}

/* NODE sends a description of the same call with record SEQ; CSEQ 0: with
 * whatever number. */
static bool
exchange_is_own(struct exchange_reader *r, const struct trace *t, uint64_t seq,
    uint32_t node, uint32_t cseq)
{
	return trace_kind_of(t, seq) == TRACE_SEND &&
	       trace_node_of(t, seq) == node && has_description(r, t, seq) &&
	       str_eq(r->m.send.call_id, buf_view(&r->call_id)) &&
	       (cseq == 0 || r->m.cseq == cseq);
}

/* What NODE has answered to that, at the same moment or before; else what it
 * had said until then.  CAME is of request CSEQ. */
static uint64_t
exchange_find_own(struct exchange_reader *r, const struct trace *t,
    uint64_t agree, uint64_t came, uint32_t cseq)
{
	uint32_t node = trace_node_of(t, agree);
	uint64_t seq, end = trace_count(t);

	if (end > agree + SOON)
		end = agree + SOON;
	for (seq = agree + 1; seq <= end; seq++) {
		if (trace_time_of(t, seq) > trace_time_of(t, agree))
			break;
		if (exchange_is_own(r, t, seq, node, cseq))
			return seq;
	}
	for (seq = agree - 1; seq > 0 && seq + BEFORE > agree; seq--)
		if (exchange_is_own(r, t, seq, node, seq > came ? cseq : 0))
			return seq;
	return 0;
}

/* NODE describes its own media: it is not a proxy, and no box between two
 * calls. */
static bool
exchange_is_end(const struct trace *t, uint32_t node)
{
	const struct trace_node *n = trace_find_node(t, trace_name(t, node));

	return n != NULL && (role_traits(n->role) & TRAIT_USER) != 0 &&
	       !role_plays(n->role, "queue") && !role_plays(n->role, "b2bua") &&
	       !role_plays(n->role, "sbc");
}

/* Whose description has come with record SEQ: it is followed back through those
 * who have passed it on. */
static struct str
exchange_find_origin(struct exchange_reader *r, const struct trace *t,
    uint64_t seq, uint64_t *said)
{
	uint32_t listener = trace_node_of(t, seq);
	struct str origin = STR_NULL;

	for (unsigned i = 0; i < STEPS && seq != 0; i++) {
		uint32_t node = trace_node_of(t, seq);

		if (trace_kind_of(t, seq) == TRACE_SEND &&
		    has_description(r, t, seq)) {
			/* What a box has answered of itself. */
			if (node == listener)
				break;
			origin = trace_name(t, node);
			*said = seq;
			if (exchange_is_end(t, node))
				break;
		}
		seq = trace_cause_of(t, seq);
	}
	return origin;
}

/* Records A and B have the same text at KEY. */
static bool
has_same(const struct trace_rec *a, const struct trace_rec *b, const char *key)
{
	struct buf rooms[2] = { BUF_INIT, BUF_INIT };
	struct str s = trace_str(a, key, &rooms[0]);
	bool same = str_eq(s, trace_str(b, key, &rooms[1]));

	buf_free(&rooms[0]);
	buf_free(&rooms[1]);
	return same;
}

/* What the node of record AGREE has agreed on before, of the same stream. */
static uint64_t
find_agreed_before(const struct trace *t, uint64_t agree)
{
	struct trace_rec rec, before;

	trace_get(t, agree, &rec);
	for (uint64_t seq = agree - 1; seq > 0 && seq + BEFORE > agree; seq--) {
		if (trace_kind_of(t, seq) != TRACE_MEDIA ||
		    trace_node_of(t, seq) != trace_node_of(t, agree))
			continue;
		trace_get(t, seq, &before);
		if (has_same(&rec, &before, "op") &&
		    has_same(&rec, &before, "call") &&
		    has_same(&rec, &before, "type"))
			return seq;
	}
	return 0;
}

/* Where the node that agrees by AGREE has offered again at the same moment, and
 * an answer has come: that offer and *CAME; else 0, and *CAME stays. */
static uint64_t
find_renewal(struct exchange_reader *r, const struct trace *t, uint64_t agree,
    uint64_t *came)
{
	uint32_t node = trace_node_of(t, agree), cseq;
	uint64_t own, seq, end = trace_count(t);

	for (own = agree + 1; own <= end && own <= agree + SOON; own++)
		if (trace_time_of(t, own) > trace_time_of(t, agree) ||
		    exchange_is_own(r, t, own, node, 0))
			break;
	if (own > end || own > agree + SOON ||
	    !exchange_is_own(r, t, own, node, 0))
		return 0;
	cseq = r->m.cseq;
	for (seq = own + 1; seq <= end && seq <= own + RENEWED; seq++) {
		if (trace_kind_of(t, seq) != TRACE_RECV ||
		    trace_node_of(t, seq) != node ||
		    !has_description(r, t, seq) || r->m.cseq != cseq ||
		    !str_eq(r->m.send.call_id, buf_view(&r->call_id)))
			continue;
		*came = seq;
		return own;
	}
	return 0;
}

static int
read_exchange(struct exchange_reader *r, const struct trace *t, uint64_t agree,
    struct str type, struct exchange *e)
{
	uint64_t came, own, said = agree;
	uint32_t cseq;

	came = find_what_came(r, t, agree, trace_node_of(t, agree));
	/* A node that moves agrees with what had come before. */
	for (unsigned i = 0; i < STEPS && came == 0 && agree != 0 &&
			     trace_kind_of(t, agree) == TRACE_MEDIA;
	     i++) {
		agree = find_agreed_before(t, agree);
		if (agree != 0)
			came = find_what_came(
			    r, t, agree, trace_node_of(t, agree));
	}
	if (came == 0)
		return 0;
	take_side(r, came, type, &e->there);
	cseq = r->m.cseq;
	buf_clear(&r->call_id);
	buf_str(&r->call_id, r->m.send.call_id);
	if (r->call_id.err != 0)
		return ERR_NOMEM;
	own = said != agree ? find_renewal(r, t, said, &came) : 0;
	if (own != 0 && has_description(r, t, came))
		take_side(r, came, type, &e->there);
	if (own == 0)
		own = exchange_find_own(r, t, agree, came, cseq);
	/* The description used must be the one read last. */
	if (own != 0 && !has_description(r, t, own))
		own = 0;
	if (own != 0)
		take_side(r, own, type, &e->here);
	e->origin = exchange_find_origin(r, t, came, &e->said);
	return r->m.fields.err | r->m.bytes.err;
}

/* The Call-ID of record SEQ, or of what has led to it, into R; false: it has
 * none. */
static bool
exchange_find_call_id(
    struct exchange_reader *r, const struct trace *t, uint64_t seq)
{
	buf_clear(&r->call_id);
	for (unsigned i = 0; i < STEPS && seq != 0 && r->call_id.n == 0; i++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if ((kind == TRACE_SEND || kind == TRACE_RECV) &&
		    sent_message_read(&r->m, t, seq) == 0 && r->m.sip)
			buf_str(&r->call_id, r->m.send.call_id);
		seq = trace_cause_of(t, seq);
	}
	return r->call_id.n > 0;
}

/* Of the last two descriptions of one request and its response, which NODE has
 * got and sent up to UPTO, the former is the offer.  How many there are. */
static unsigned
find_standing(struct exchange_reader *r, const struct trace *t, uint32_t node,
    uint64_t upto, uint64_t pair[2])
{
	uint32_t cseq = 0;

	pair[1] = 0;
	for (uint64_t seq = upto; seq > 0 && seq + BEFORE > upto; seq--) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if ((kind != TRACE_SEND && kind != TRACE_RECV) ||
		    trace_node_of(t, seq) != node ||
		    !has_description(r, t, seq) ||
		    !str_eq(r->m.send.call_id, buf_view(&r->call_id)))
			continue;
		if (pair[1] != 0 && r->m.cseq == cseq &&
		    trace_kind_of(t, pair[1]) != kind) {
			pair[0] = seq;
			return 2;
		}
		if (pair[1] == 0 || r->m.cseq != cseq)
			pair[1] = seq;
		cseq = r->m.cseq;
	}
	return pair[1] != 0;
}

int
exchange_read_standing(struct exchange_reader *r, const struct trace *t,
    uint64_t of, uint64_t upto, struct str type, struct exchange *e)
{
	uint32_t node = trace_node_of(t, of);
	uint64_t pair[2];

	*e = (struct exchange){ .here = { .seq = 0 } };
	if (!exchange_find_call_id(r, t, of) ||
	    find_standing(r, t, node, upto, pair) < 2)
		return r->call_id.err;
	for (unsigned i = 0; i < 2; i++) {
		bool came = trace_kind_of(t, pair[i]) == TRACE_RECV;

		if (has_description(r, t, pair[i]))
			take_side(
			    r, pair[i], type, came ? &e->there : &e->here);
	}
	e->origin = exchange_find_origin(r, t, e->there.seq, &e->said);
	return r->m.fields.err | r->m.bytes.err;
}

bool
exchange_is_one_call(
    struct exchange_reader *r, const struct trace *t, uint64_t a, uint64_t b)
{
	if (sent_message_read(&r->m, t, a) != 0 || !r->m.sip)
		return false;
	buf_clear(&r->call_id);
	buf_str(&r->call_id, r->m.send.call_id);
	return sent_message_read(&r->m, t, b) == 0 && r->m.sip &&
	       str_eq(r->m.send.call_id, buf_view(&r->call_id));
}

int
exchange_read(struct exchange_reader *r, const struct trace *t, uint64_t agree,
    struct str type, struct exchange *e)
{
	int err;

	for (size_t i = 0; i < EXCHANGES_KEPT; i++) {
		if (r->kept[i].agree != agree)
			continue;
		*e = r->kept[i].e;
		return 0;
	}
	*e = (struct exchange){ .here = { .seq = 0 } };
	err = read_exchange(r, t, agree, type, e);
	if (err == 0) {
		r->kept[r->next].agree = agree;
		r->kept[r->next].e = *e;
		r->next = (r->next + 1) % EXCHANGES_KEPT;
	}
	return err;
}
