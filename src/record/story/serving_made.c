/*
 * Which call messages of the telephone network, of media gateways and questions
 * to servers serve: what was made of which; see serving.c.
 */
#include "story/serving_in.h"

#include "isup/isup.h"
#include "isup/m3ua.h"
#include "megaco/megaco.h"

/* Causes that are looked at between a message and what it was made of. */
#define CAUSES 24

/* The `send` of the message whose arrival has led to record SEQ, or 0. */
static uint64_t
find_made_of(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	for (unsigned i = 0; i < CAUSES && seq != 0; i++) {
		seq = trace_cause_of(t, seq);
		if (seq == 0 || trace_kind_of(t, seq) != TRACE_RECV)
			continue;
		trace_get(t, seq, &rec);
		return (uint64_t)trace_int(&rec, "of", 0);
	}
	return 0;
}

/* The key of the circuit that M is about; *BEGINS: it is an IAM. */
static struct str
circuit_key(struct serving *s, const struct story_message *m, bool *begins)
{
	struct mtp_label l;
	struct str isup;
	unsigned cic;

	if (!mtp3_read_isup(trace_bytes(&m->sent, &s->bytes), &l, &cic, &isup))
		return STR_NULL;
	*begins = isup.n > 0 && isup.p[0] == ISUP_IAM;
	buf_clear(&s->name);
	buf_printf(&s->name, "%u %u", (unsigned)(l.opc < l.dpc ? l.opc : l.dpc),
	    (unsigned)(l.opc < l.dpc ? l.dpc : l.opc));
	buf_clear(&s->bytes);
	buf_u64(&s->bytes, cic);
	return serving_join_key(
	    s, 'c', buf_view(&s->name), buf_view(&s->bytes));
}

/* The key of the transaction that M is of; *BEGINS: it is one. */
static struct str
transaction_key(struct serving *s, const struct story_message *m, bool *begins)
{
	enum megaco_id kind;
	struct megaco in;
	uint32_t number;

	megaco_read(trace_bytes(&m->sent, &s->bytes), &in);
	megaco_first(&in, &kind, &number);
	if (kind > MEGACO_PENDING)
		return STR_NULL;
	*begins = kind == MEGACO_TRANSACTION;
	buf_clear(&s->name);
	buf_u64(&s->name, number);
	return serving_join_key(s, 'm',
	    *begins ? m->send.src_addr : m->send.dst_addr, buf_view(&s->name));
}

/* What names the call that messages of a protocol are of. */
static struct str (*const keys[TRACE_PROTO_COUNT])(
    struct serving *s, const struct story_message *m, bool *begins) = {
	[TRACE_PROTO_ISUP] = circuit_key,
	[TRACE_PROTO_MEGACO] = transaction_key,
};

static struct str
made_key(struct serving *s, uint64_t seq)
{
	return serving_join_key(s, 'o', serving_bytes_of(&seq), STR_NULL);
}

/* The group that the message of record SEQ is of; NULL where it is of none, or
 * where its call is known: then *CALL_ID says which. */
static struct group *
group_made_of(
    struct serving *s, const struct trace *t, uint64_t seq, struct buf *call_id)
{
	struct story_message m = STORY_MESSAGE_INIT;
	struct group *g = NULL;
	enum trace_proto proto;
	bool begins;
	struct str key = STR_NULL;

	if (seq != 0 && story_read(&m, t, seq) == 0) {
		proto = trace_proto_find(m.send.proto);
		if (m.sip) {
			buf_str(call_id, m.send.call_id);
		} else if (proto < TRACE_PROTO_COUNT && keys[proto] != NULL) {
			key = keys[proto](s, &m, &begins);
		} else {
			buf_str(call_id, serving_call(s, seq));
			key = made_key(s, seq);
		}
		g = key.n > 0 ? map_get(s->groups, key) : NULL;
	}
	story_free(&m);
	return g;
}

/* A group that SIP may be made of. */
static struct group *
new_made(struct serving *s)
{
	struct group *g = serving_new_group(s);

	if (g != NULL) {
		g->made = true;
		s->made++;
	}
	return g;
}

void
serving_take_isup(struct serving *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	uint64_t made_of = find_made_of(t, s->m.seq);
	struct group *of = group_made_of(s, t, made_of, &call_id), *g;
	bool begins = false;
	struct str key = circuit_key(s, &s->m, &begins);

	if (key.n > 0) {
		g = map_get(s->groups, key);
		if (begins && of != NULL && of != g)
			serving_put_group(
			    s, key, g = of); /* an exchange passes on */
		else if (g == NULL || (begins && s->m.send.retx == 0))
			serving_put_group(s, key, g = new_made(s));
		serving_join_group(s, g);
		if (call_id.n > 0)
			serving_claim(s, g, buf_view(&call_id));
	}
	buf_end(&call_id, &s->err);
}

/* ---- lines of a gateway ---- */

/* The key of the line that the transaction just read is about; *LIFTED: who was
 * in no context has picked up. */
static struct str
line_key(struct serving *s, bool *lifted)
{
	struct megaco_item command, first, context, seen, event;
	enum megaco_id kind;
	struct megaco in;
	uint32_t number;
	size_t at = 0;
	bool notify;

	megaco_read(trace_bytes(&s->m.sent, &s->bytes), &in);
	command = megaco_first(&in, &kind, &number);
	notify = command.id == MEGACO_NOTIFY;
	*lifted = notify &&
		  megaco_next(in.body, MEGACO_IN_MESSAGE, &at, &first) &&
		  megaco_find(&first, MEGACO_CONTEXT, &context) &&
		  str_is(context.value, "-") &&
		  megaco_find(&command, MEGACO_OBSERVED, &seen) &&
		  megaco_find_named(&seen, "al/of", &event);
	return serving_join_key(s, 'l',
	    notify ? s->m.send.src_addr : s->m.send.dst_addr, command.value);
}

/* A transaction, or what comes back of it: of the call of the SIP that has led
 * to it, of the transaction that has, or of the line. */
void
serving_take_megaco(struct serving *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	bool asks = false, lifted = false;
	struct str key = transaction_key(s, &s->m, &asks);
	struct group *g = key.n > 0 ? map_get(s->groups, key) : NULL;

	if (g == NULL && asks) {
		g = group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);
		key = line_key(s, &lifted);
		if (g == NULL && !lifted && call_id.n == 0)
			g = map_get(s->groups, key);
		if (g == NULL)
			g = new_made(s);
		serving_put_group(s, line_key(s, &lifted), g);
		serving_put_group(s, transaction_key(s, &s->m, &asks), g);
		if (call_id.n > 0)
			serving_claim(s, g, buf_view(&call_id));
	}
	if (g != NULL)
		serving_join_group(s, g);
	buf_end(&call_id, &s->err);
}

/* ---- questions to a server, and what comes of them ---- */

void
serving_take_made(struct serving *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	struct group *g =
	    group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);
	struct served *c =
	    call_id.n > 0 ? serving_call_of(s, buf_view(&call_id)) : NULL;

	if (c != NULL) {
		serving_tie(s, c, s->m.seq, trace_proto_find(s->m.send.proto));
	} else {
		if (g == NULL)
			g = new_made(s);
		serving_put_group(s, made_key(s, s->m.seq), g);
		serving_join_group(s, g);
	}
	buf_end(&call_id, &s->err);
}

void
serving_claim_made(struct serving *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	struct group *g =
	    group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);

	serving_claim(s, g, s->m.send.call_id);
	buf_end(&call_id, &s->err);
}
