/*
 * Session descriptions in a run: whose they are, and nodes that hang up or
 * reject because of one of which they can do something.
 */
#include "base/err.h"
#include "base/mem.h"
#include "msg/bodies.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "search/invariants_in.h"

/* ---- one description ---- */

bool
described_read(struct check *c, uint64_t seq, struct described *d)
{
	int err =
	    seq != 0 ? sent_message_read(&d->message, c->t, seq) : ERR_NOTFOUND;

	if (err == 0)
		err = sent_message_read_text(&d->message);
	buf_clear(&d->text);
	if (err == 0)
		buf_str(&d->text, msg_sdp_of(&d->message.msg));
	if (err == ERR_NOMEM || d->text.err != 0)
		c->err = ERR_NOMEM;
	return err == 0 && d->text.n > 0 &&
	       msg_sdp_read(&d->sdp, buf_view(&d->text), NULL) == 0;
}

void
described_free(struct described *d)
{
	buf_free(&d->text);
	sent_message_free(&d->message);
}

/* Stream AT has a codec, not just DTMF, in both. */
static bool
described_shares(const struct msg_sdp *a, const struct msg_sdp *b, size_t at)
{
	struct str rest = a->media[at].formats;

	while (rest.n > 0) {
		struct str codec = msg_sdp_codec(
		    a, (unsigned)at + 1, str_cut(rest, ' ', &rest));

		if (!str_istarts(codec, "telephone-event/") &&
		    !str_istarts(codec, "CN/") &&
		    msg_sdp_has_codec(b, (unsigned)at + 1, codec))
			return true;
	}
	return false;
}

bool
described_are_changed(const struct check *c)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 0; trace_next(c->t, TRACE_FAULT, &seq, &rec);)
		if (str_has_word(STR("rewrite edit corrupt respond"),
			trace_str(&rec, "effect", &scratch)))
			return true;
	return false;
}

static bool
described_by_role(const struct check *c, struct str node, const char *role)
{
	const struct trace_node *n = trace_find_node(c->t, node);

	return n != NULL && str_has_word(n->role, str_of(role));
}

/* A script has given the body of what act REC sends, or all of that. */
static bool
is_body_given(const struct trace_rec *rec, struct buf *scratch)
{
	struct str args = trace_member(rec, "args").raw;

	return str_find(args, "\"body\"") >= 0 ||
	       str_is(trace_str(rec, "verb", scratch), "send") ||
	       str_find(args, "\"sdp\":\"v=") >= 0;
}

bool
described_is_ours(const struct check *c, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	bool ours = !described_by_role(
	    c, trace_name(c->t, trace_node_of(c->t, seq)), "script");

	for (; ours && seq != 0; seq = trace_cause_of(c->t, seq)) {
		struct trace_rec rec;

		if (trace_kind_of(c->t, seq) != TRACE_ACT)
			continue;
		trace_get(c->t, seq, &rec);
		ours = !is_body_given(&rec, &scratch);
	}
	return ours;
}

/* ---- who gives up because of a description ---- */

/* By these a node hangs up, or rejects with 488 or 606, because of one. */
static const enum rule_id unfit_rules[] = { RULE_BYE_UNUSABLE, RULE_BYE_UNFIT,
	RULE_BYE_UNFIT_CHANGE, RULE_PAIR_UNFIT, RULE_THIRD_FAILED,
	RULE_INVITE_UNFIT, RULE_INVITE_EVERYWHERE, RULE_PAIR_UNPASSED,
	RULE_PAIR_NOT_SENT };

/* Record SEQ is the send of a message of SIP, no repetition: REC and S. */
static bool
get_sip_send(const struct check *c, uint64_t seq, struct trace_rec *rec,
    struct trace_send *s, struct buf *scratch)
{
	if (trace_kind_of(c->t, seq) != TRACE_SEND || trace_is_retx(c->t, seq))
		return false;
	trace_get(c->t, seq, rec);
	return trace_get_send(rec, s, scratch) == 0 &&
	       trace_class_of(s->proto) == TRACE_CLASS_SIP;
}

static bool
is_unfit(const struct trace_send *s)
{
	return s->status == 488 || s->status == 606 || str_is(s->method, "BYE");
}

/* Record SEQ is the end of a box's call because a phone takes no change, as it
 * was told to (`refuse_changes`, a script). */
static bool
is_as_told(const struct check *c, uint64_t seq)
{
	static const enum rule_id unfit[] = { RULE_PAIR_UNFIT,
		RULE_THIRD_FAILED };
	static const enum rule_id rejects[] = { RULE_REINVITE_REJECT,
		RULE_UPDATE_REJECT };
	struct trace_rec rec;

	trace_get(c->t, seq, &rec);
	if (!trace_has_rule(&rec, unfit, COUNT_OF(unfit)))
		return false;
	for (; seq != 0; seq = trace_cause_of(c->t, seq)) {
		trace_get(c->t, seq, &rec);
		/* What has come in a stream may have come with others. */
		if (trace_kind_of(c->t, seq) == TRACE_RECV &&
		    trace_send_of(c->t, &rec) != 0) {
			seq = trace_send_of(c->t, &rec);
			trace_get(c->t, seq, &rec);
		}
		if (trace_has_rule(&rec, rejects, COUNT_OF(rejects)))
			return true;
	}
	return false;
}

static bool
is_taken_out(const struct msg_sdp *s)
{
	for (size_t i = 0; i < s->nmedia; i++)
		if (s->media[i].port != 0)
			return false;
	return true;
}

/* OWN has a stream that S could have: of the same kind, with a codec in common.
 * S that takes all streams out still lists what it was offered. */
static bool
has_in_common(const struct msg_sdp *own, const struct msg_sdp *s)
{
	bool out = is_taken_out(s);

	for (size_t i = 0; i < own->nmedia && i < s->nmedia; i++) {
		const struct msg_sdp_media *a = &own->media[i],
					   *b = &s->media[i];

		if (a->port != 0 && (b->port != 0 || out) &&
		    str_eq(a->type, b->type) && str_eq(a->proto, b->proto) &&
		    str_eq(a->kind, b->kind) && described_shares(own, s, i))
			return true;
	}
	return false;
}

/* Record SEQ sets codecs of NODE; of a box, which passes on what phones say, of
 * any. */
static bool
sets_codecs(const struct check *c, uint64_t seq, uint32_t node, bool box)
{
	struct trace_rec rec;

	if (trace_kind_of(c->t, seq) != TRACE_ACT ||
	    (!box && trace_node_of(c->t, seq) != node))
		return false;
	trace_get(c->t, seq, &rec);
	return str_find(trace_member(&rec, "args").raw, "\"codecs\"") >= 0;
}

/* NODE has sent a description before record SEQ, since its codecs were set,
 * that has something in common with S; a box in call ID. */
static bool
can_do(struct check *c, uint64_t seq, uint32_t node, struct str id,
    const struct msg_sdp *s, struct described *d)
{
	struct str name = trace_name(c->t, node);
	bool box = described_by_role(c, name, "b2bua") ||
		   described_by_role(c, name, "sbc");

	while (--seq > 0 && c->err == 0 && !sets_codecs(c, seq, node, box))
		if (trace_kind_of(c->t, seq) == TRACE_SEND &&
		    trace_node_of(c->t, seq) == node &&
		    described_read(c, seq, d) &&
		    (!box || str_eq(d->message.send.call_id, id)) &&
		    has_in_common(&d->sdp, s))
			return true;
	return false;
}

/* NODE gives call ID up when it sends the description of record SEQ. */
static bool
gives_up(const struct check *c, uint64_t seq, uint32_t node, struct str id)
{
	LOCAL_BUF scratch = BUF_INIT;
	int64_t t = trace_time_of(c->t, seq);
	struct trace_send s;
	struct trace_rec rec;

	while (seq > 1 && trace_time_of(c->t, seq - 1) == t)
		seq--;
	for (; seq <= trace_count(c->t) && trace_time_of(c->t, seq) == t; seq++)
		if (trace_node_of(c->t, seq) == node &&
		    get_sip_send(c, seq, &rec, &s, &scratch) &&
		    str_eq(s.call_id, id) &&
		    str_has_word(STR("BYE CANCEL"), s.method))
			return true;
	return false;
}

/* The send of the message of record SEQ by whom it was made, before proxies
 * passed it on. */
static uint64_t
made_at(const struct check *c, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct trace_send s;

	while (seq != 0 && get_sip_send(c, seq, &rec, &s, &scratch) &&
	       s.fwd != 0) {
		trace_get(c->t, s.fwd, &rec);
		seq = trace_send_of(c->t, &rec);
	}
	return seq;
}

/* S, record SEQ, is because of the last description that its node has got in
 * that call. */
static void
check_unfit_send(struct check *c, uint64_t seq, const struct trace_send *s,
    struct described d[2])
{
	uint32_t node = trace_node_of(c->t, seq), who;
	uint64_t heard = seq;

	do {
		if (--heard == 0 || c->err != 0)
			return;
	} while (trace_kind_of(c->t, heard) != TRACE_RECV ||
		 trace_node_of(c->t, heard) != node ||
		 !described_read(c, heard, &d[0]) ||
		 !str_eq(d[0].message.send.call_id, s->call_id));
	heard = made_at(c, d[0].message.seq);
	if (heard == 0)
		return;
	who = trace_node_of(c->t, heard);
	if (described_is_ours(c, heard) &&
	    !gives_up(c, heard, who, s->call_id) &&
	    can_do(c, seq, node, s->call_id, &d[0].sdp, &d[1]) &&
	    (!is_taken_out(&d[0].sdp) ||
		can_do(c, heard, who, s->call_id, &d[0].sdp, &d[1])))
		check_found(c, INVARIANT_UNFIT, s->src, seq);
}

void
check_unfit(struct check *c)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct described *d = NULL;
	struct trace_rec rec;
	struct trace_send s;

	for (uint64_t seq = 0;
	     c->err == 0 && trace_next(c->t, TRACE_SEND, &seq, &rec);) {
		if (!trace_has_rule(&rec, unfit_rules, COUNT_OF(unfit_rules)) ||
		    !get_sip_send(c, seq, &rec, &s, &scratch) ||
		    !is_unfit(&s) || is_as_told(c, seq))
			continue;
		if (d == NULL && described_are_changed(c))
			break;
		if (d == NULL && (d = mem_zalloc(2, sizeof(*d))) == NULL)
			c->err = ERR_NOMEM;
		else
			check_unfit_send(c, seq, &s, d);
	}
	for (size_t i = 0; d != NULL && i < 2; i++)
		described_free(&d[i]);
	mem_free(d);
	if (scratch.err != 0)
		c->err = ERR_NOMEM;
}
