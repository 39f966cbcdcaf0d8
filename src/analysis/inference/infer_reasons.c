/*
 * Why a node sends what it neither repeats nor forwards: what the message has,
 * and what has come to the node before, by the tables here, in
 * infer_branch.c (of a proxy) and in rules/messages.c.
 */
#include "inference/infer_call.h"

#include "base/err.h"
#include "inference/infer_usage.h"
#include "msg/header_names.h"
#include "msg/bodies.h"
#include "rules/rule_names.h"

/* ---- what a message has ---- */

static const struct {
	uint32_t given;
	enum msg_method method; /* MSG_OTHER: any */
	bool response;
	enum msg_header header;
	const char *word; /* it has that; "=x": it begins so; NULL: any */
} signs[] = {
	{ GIVEN_REPLACES, MSG_INVITE, false, MSG_H_REPLACES, NULL },
	{ GIVEN_JOIN, MSG_INVITE, false, MSG_H_JOIN, NULL },
	{ GIVEN_FOCUS, MSG_INVITE, false, MSG_H_CONTACT, ";isfocus" },
	{ GIVEN_CREDENTIALS, MSG_OTHER, false, MSG_H_AUTHORIZATION, NULL },
	{ GIVEN_CREDENTIALS, MSG_OTHER, false, MSG_H_PROXY_AUTHORIZATION,
	    NULL },
	{ GIVEN_ENDS, MSG_OTHER, false, MSG_H_EXPIRES, "=0" },
	{ GIVEN_ENDS, MSG_NOTIFY, false, MSG_H_SUBSCRIPTION_STATE,
	    "=terminated" },
	{ GIVEN_ENDS, MSG_REGISTER, false, MSG_H_CONTACT, ";expires=0" },
	{ GIVEN_CONTACT, MSG_REGISTER, false, MSG_H_CONTACT, NULL },
	{ GIVEN_REFER, MSG_NOTIFY, false, MSG_H_EVENT, "=refer" },
	{ GIVEN_MEETING, MSG_NOTIFY, false, MSG_H_EVENT, "=conference" },
	{ GIVEN_MEETING, MSG_SUBSCRIBE, false, MSG_H_EVENT, "=conference" },
	{ GIVEN_SESSION, MSG_UPDATE, false, MSG_H_SESSION_EXPIRES, NULL },
	{ GIVEN_ETAG, MSG_PUBLISH, false, MSG_H_SIP_IF_MATCH, NULL },
	{ GIVEN_RELIABLE, MSG_INVITE, true, MSG_H_RSEQ, NULL },
	{ GIVEN_ROUTE, MSG_REGISTER, true, MSG_H_SERVICE_ROUTE, NULL },
	{ GIVEN_FLOW, MSG_REGISTER, true, MSG_H_REQUIRE, "outbound" },
	{ GIVEN_GRUU, MSG_REGISTER, true, MSG_H_CONTACT, "pub-gruu" },
	{ GIVEN_AKA, MSG_REGISTER, true, MSG_H_WWW_AUTHENTICATE, "AKAv" },
	{ GIVEN_STALE, MSG_OTHER, true, MSG_H_WWW_AUTHENTICATE, "stale=true" },
};

/* VALUE without its parameters is WORD. */
static bool
begins_with(struct str value, const char *word)
{
	struct str rest;

	return str_iis(str_trim(str_cut(value, ';', &rest)), word);
}

static bool
has_sign(const struct msg *msg, size_t i)
{
	struct str value = msg_value(msg, signs[i].header);
	const char *word = signs[i].word;

	if (value.n == 0 || word == NULL)
		return value.n > 0;
	return word[0] == '=' ? begins_with(value, word + 1)
			      : str_find(value, word) >= 0;
}

/* What M, which co->msg holds, says of itself. */
static uint32_t
read_signs(const struct infer *f, const struct correlation_message *m)
{
	uint32_t given = GIVEN_READ;

	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if ((signs[i].method == MSG_OTHER ||
			signs[i].method == m->method) &&
		    signs[i].response == (m->status != 0) &&
		    has_sign(&f->co->msg, i))
			given |= signs[i].given;
	if (m->status == 0 && m->to_tag != 0)
		given |= GIVEN_DIALOG;
	return given;
}

/* An OPTIONS for a server. */
static bool
is_for_host(const struct msg *msg)
{
	struct msg_uri uri;

	return msg_uri_read(msg->uri, &uri) == 0 && uri.user.n == 0;
}

/* ---- descriptions ---- */

/* What the description in co->msg says: how many streams, on hold. */
static void
read_offer(const struct infer *f, struct infer_offer *o)
{
	struct str rest = msg_sdp_of(&f->co->msg);

	*o = (struct infer_offer){ .there = rest.n > 0 };
	while (rest.n > 0) {
		struct str line = str_trim(str_cut(rest, '\n', &rest));

		if (str_starts(line, "m="))
			o->streams += str_find(line, " 0 ") < 0;
		o->held |= str_is(line, "a=sendonly") ||
			   str_is(line, "a=inactive") ||
			   str_is(line, "c=IN IP4 0.0.0.0");
	}
}

/* The call of which M is, at the node that sends it. */
static struct infer_call *
own_call(const struct infer *f, const struct correlation_message *m)
{
	uint32_t local = m->status == 0 ? m->from_tag : m->to_tag;
	struct infer_call *c = infer_call_of_tag(f, m->src, m->call, local);

	if (c == NULL)
		c = infer_find_call(f, m->src, m->call, m->status == 0);
	return c;
}

/* What M's description is, beside the one that its node has sent before. */
static uint32_t
compare_offers(const struct infer *f, const struct correlation_message *m)
{
	const struct infer_call *c;
	struct infer_offer o;
	uint32_t given = 0;

	if (f->co->msg.body.n == 0)
		return 0;
	given |= GIVEN_BODY;
	read_offer(f, &o);
	if (!o.there)
		return given;
	given |= GIVEN_SDP | (o.held ? GIVEN_HOLD : 0);
	c = own_call(f, m);
	if (c == NULL || !c->offer.there)
		return given;
	return given | (c->offer.held ? GIVEN_HELD : 0) |
	       (o.streams > c->offer.streams      ? GIVEN_MORE
		   : o.streams < c->offer.streams ? GIVEN_FEWER
						  : 0);
}

/* ---- what arrived last ---- */

/* Of a method in a call at a node; of responses by status, and by class (1 to
 * 6), so that either can be asked for. */
struct latest_key {
	uint32_t node, call, name, status;
};

/* The same by what requests name, and responses say, in place of a status; the
 * Contact of the last REGISTER. */
enum {
	NAMES_CALL = 7,
	NAMES_TARGET,
	SUCCEEDED,
	TRANSFERRED,
	CONTACT,
	DESCRIBES
};

static void
put_latest(struct infer *f, struct latest_key k, uint32_t status, uint32_t i)
{
	int err;

	k.status = status;
	if (k.call == 0 || f->err != 0)
		return;
	err = key_set_number(f->latest, BYTES_OF(k), i + 1u);
	if (err != 0)
		f->err = err;
}

/* The message that arrived last; CORRELATION_NONE: none. */
static uint32_t
find_latest(const struct infer *f, uint32_t node, uint32_t call, uint32_t name,
    uint32_t status)
{
	struct latest_key k = { node, call, name, status };
	uint32_t i =
	    call != 0 && name != 0 ? key_number(f->latest, BYTES_OF(k)) : 0;

	return i != 0 ? i - 1 : CORRELATION_NONE;
}

/* The same; it is taken out, as it causes one sending only. */
static uint32_t
take_latest(struct infer *f, uint32_t node, uint32_t call, uint32_t name,
    uint32_t status)
{
	struct latest_key k = { node, call, name, status };
	uint32_t i = find_latest(f, node, call, name, status);

	if (i != CORRELATION_NONE)
		map_remove(f->latest, BYTES_OF(k));
	return i;
}

/* The number of METHOD's name; 0: no message has had it so far. */
static uint32_t
name_of(const struct infer *f, enum msg_method method)
{
	return numbers_find(f->co->texts, str_of(msg_method_name(method)));
}

/* The number of the text that HEADER has before its parameters; 0: none. */
static uint32_t
text_named(struct infer *f, enum msg_header header)
{
	struct str rest, value = msg_value(&f->co->msg, header);

	value = str_trim(str_cut(value, ';', &rest));
	return value.n > 0 ? infer_number(f, value) : 0;
}

/* The number of the URI in HEADER, without its parameters and headers. */
static uint32_t
uri_named(struct infer *f, enum msg_header header)
{
	struct msg_addr addr;
	struct str rest, uri;

	if (msg_addr_read(msg_value(&f->co->msg, header), &addr) != 0)
		return 0;
	uri = str_cut(str_cut(addr.uri, '?', &rest), ';', &rest);
	return uri.n > 0 ? infer_number(f, uri) : 0;
}

/* A hash of the o= line in co->msg, which is unique in the world (RFC 8866
 * 5.2); 0: it has none. */
static uint32_t
session_described(const struct infer *f)
{
	struct str body = f->co->msg.body, rest;
	ptrdiff_t at = str_find(body, "\no=");

	return at < 0
		   ? 0
		   : (uint32_t)str_hash(str_cut(
			 str_slice(body, (size_t)at + 1, body.n), '\n', &rest));
}

/* The NOTIFY in co->msg says that a REFER has led to a call. */
static bool
is_transferred(const struct infer *f)
{
	return begins_with(msg_value(&f->co->msg, MSG_H_EVENT), "refer") &&
	       str_starts(f->co->msg.body, "SIP/2.0 2");
}

static void
latest_response(struct infer *f, const struct correlation_message *m,
    struct latest_key k, uint32_t i)
{
	struct infer_call *c = infer_find_call(f, m->dst, m->call, true);

	put_latest(f, k, m->status, i);
	put_latest(f, k, m->status / 100u, i);
	if (m->status / 100u == 2)
		put_latest(f, k, SUCCEEDED, i);
	if (m->status / 100u == 3 && c != NULL)
		c->redirected = true;
}

void
infer_reasons_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct latest_key k = { m->dst, m->call, m->name, 0 };
	struct infer_heard *h = &f->heard[m->dst];

	h->recv = 0;
	h->came = f->place[i].effect;
	h->t = m->t_last;
	if (m->status != 0)
		latest_response(f, m, k, i);
	else
		put_latest(f, k, 0, i);
	if (m->passed)
		return;
	if (m->status != 0) {
		k.call = session_described(f);
		put_latest(f, k, DESCRIBES, i);
		return;
	}
	if (m->method == MSG_BYE)
		h->left = m->t_last;
	if (m->method == MSG_NOTIFY && is_transferred(f))
		put_latest(f, k, TRANSFERRED, i);
	if (m->method == MSG_INVITE) {
		k.call = text_named(f, MSG_H_REPLACES);
		put_latest(f, k, NAMES_CALL, i);
	} else if (m->method == MSG_REFER) {
		k.call = uri_named(f, MSG_H_REFER_TO);
		put_latest(f, k, NAMES_TARGET, i);
	}
}

void
infer_reasons_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct latest_key k = { m->src, m->call, m->name, 0 };
	struct infer_offer o;
	struct infer_call *c;

	if (m->fwd != CORRELATION_NONE)
		return;
	if (m->method == MSG_REGISTER && m->status == 0)
		put_latest(f, k, CONTACT,
		    infer_number(f, msg_value(&f->co->msg, MSG_H_CONTACT)));
	if (m->method != MSG_INVITE && m->method != MSG_UPDATE &&
	    f->co->msg.body.n == 0)
		return;
	c = own_call(f, m);
	if (c == NULL)
		return;
	c->focus |=
	    str_find(msg_value(&f->co->msg, MSG_H_CONTACT), ";isfocus") >= 0;
	read_offer(f, &o);
	if (!o.there)
		return;
	/* What an answer says of the direction follows the offer. */
	if (m->status != 0 || m->to_tag == 0)
		o.held = m->status != 0 && c->offer.held;
	c->offer = o;
}

/* ---- the other leg ---- */

#define LEG_WAITS_NS INT64_C(5000000000)

/* The same in M's own call, where a node keeps Call-ID and CSeq. */
static uint32_t
find_kept(struct infer *f, const struct correlation_message *m)
{
	uint32_t i = find_latest(f, m->src, m->call, m->name, m->status);

	if (i == CORRELATION_NONE || f->co->m[i].cseq != m->cseq ||
	    (m->to_tag != 0 && m->status == 0 &&
		f->co->m[i].from_tag != m->from_tag))
		return CORRELATION_NONE;
	return take_latest(f, m->src, m->call, m->name, m->status);
}

/* The same thing came on the other side. */
static uint64_t
other_leg(struct infer *f, const struct correlation_message *m, bool dialog,
    enum rule_id *why)
{
	const struct correlation *co = f->co;
	const struct correlation_call *own = &co->calls[m->call];
	uint32_t root = own->leg_of, call, i = CORRELATION_NONE;
	struct infer_tx *tx;

	for (int n = 0; i == CORRELATION_NONE && n < 2; n++)
		i = take_latest(f, m->src, n == 0 ? own->made_of : own->made,
		    m->name, m->status);
	call = root != 0 ? root : m->call;
	/* Bounded: who has very many legs is not asked about all of them. */
	for (unsigned n = 0; i == CORRELATION_NONE && call != 0 && n < 8; n++) {
		if (call != m->call)
			i = take_latest(f, m->src, call, m->name, m->status);
		call = co->calls[call].leg;
	}
	if (i == CORRELATION_NONE)
		i = find_kept(f, m);
	if (i == CORRELATION_NONE)
		return 0;
	tx = infer_find_tx(f, m->src, co->m[i].tx, false);
	if (tx != NULL && m->status == 0)
		tx->passed = true;
	infer_rule_of_made(TRACE_PROTO_SIP, m, dialog, why);
	/* A caller who has waited so long is joined to the agent that is free
	 * now. */
	return m->status == 0 && m->t - co->m[i].t_last > LEG_WAITS_NS
		   ? 0
		   : f->place[i].effect;
}

/* ---- requests ---- */

/* Where what makes one send a request is looked for. */
enum where {
	IN_CALL,    /* came in its call; a status of 1 to 6 is a class */
	AGAIN,      /* the same request of its own was rejected so */
	REPLACED,   /* an INVITE with Replaces names its call */
	CANCELLED,  /* came in its call, which it has cancelled, all the same */
	REDIRECTED, /* came from where a redirection had led to */
	LEG,        /* came in the other leg's */
	REFERRED,   /* a REFER to whom it goes to */
	DESCRIBED,  /* a response with the description that it has as well */
	NOWHERE,    /* a timer of its own */
};

/* What makes a user agent send a request: the first row that fits.  RULE_NONE:
 * what the request has says by which rule. */
static const struct {
	enum msg_method method; /* MSG_OTHER: any but ACK and CANCEL */
	uint32_t has, lacks;
	enum where where;
	enum msg_method after;
	uint32_t status;
	uint32_t given; /* what that is for rule_of_request */
	enum rule_id rule;
} reasons[] = {
	{ MSG_ACK, GIVEN_BODY, 0, DESCRIBED, MSG_INVITE, DESCRIBES, 0,
	    RULE_INVITE_ACK },
	{ MSG_ACK, 0, 0, IN_CALL, MSG_INVITE, 2, 0, RULE_NONE },
	{ MSG_PRACK, 0, 0, IN_CALL, MSG_INVITE, 1, 0, RULE_NONE },
	{ MSG_NOTIFY, GIVEN_REFER, 0, IN_CALL, MSG_REFER, 0, GIVEN_ASKED,
	    RULE_NONE },
	{ MSG_NOTIFY, 0, GIVEN_REFER, IN_CALL, MSG_SUBSCRIBE, 0, GIVEN_ASKED,
	    RULE_NONE },
	{ MSG_CANCEL, 0, 0, LEG, MSG_CANCEL, 0, 0, RULE_NONE },
	{ MSG_BYE, 0, 0, REPLACED, MSG_INVITE, NAMES_CALL, 0,
	    RULE_REPLACES_BYE },
	{ MSG_BYE, 0, 0, IN_CALL, MSG_NOTIFY, TRANSFERRED, 0,
	    RULE_TRANSFER_DONE },
	{ MSG_BYE, 0, 0, CANCELLED, MSG_INVITE, 200, 0, RULE_BYE_CANCELLED },
	{ MSG_UPDATE, 0, 0, AGAIN, MSG_OTHER, 491, 0, RULE_UPDATE_AGAIN },
	{ MSG_UPDATE, 0, 0, AGAIN, MSG_OTHER, 500, 0, RULE_UPDATE_AGAIN },
	{ MSG_INVITE, GIVEN_DIALOG, 0, AGAIN, MSG_OTHER, 491, GIVEN_ASKED,
	    RULE_NONE },
	{ MSG_INVITE, 0, GIVEN_DIALOG, AGAIN, MSG_OTHER, 3, 0, RULE_NONE },
	{ MSG_OTHER, 0, 0, AGAIN, MSG_OTHER, 4, 0, RULE_NONE },
	{ MSG_INVITE, 0, GIVEN_DIALOG, REDIRECTED, MSG_OTHER, 4, 0,
	    RULE_REDIRECT_NEXT },
	{ MSG_INVITE, GIVEN_FOCUS, GIVEN_DIALOG, REFERRED, MSG_REFER,
	    NAMES_TARGET, 0, RULE_CONFERENCE_REFERRED },
	{ MSG_INVITE, 0, GIVEN_DIALOG, REFERRED, MSG_REFER, NAMES_TARGET, 0,
	    RULE_REFER_INVITE },
	{ MSG_UPDATE, GIVEN_SESSION, GIVEN_SDP, NOWHERE, MSG_OTHER, 0, 0,
	    RULE_NONE },
	{ MSG_OTHER, 0, 0, LEG, MSG_OTHER, 0, 0, RULE_NONE },
	{ MSG_INVITE, GIVEN_SDP, GIVEN_DIALOG, DESCRIBED, MSG_INVITE, DESCRIBES,
	    0, RULE_THIRD_FLOW_I },
};

/* R was rejected in a way that trying again, by M with GIVEN, can change
 * (8.1.3). */
static bool
is_tried_again(const struct correlation_message *r,
    const struct correlation_message *m, size_t row, uint32_t given,
    enum rule_id *why)
{
	enum rule_id rule = rule_of_retry(r->status, RULE_NONE);
	bool challenged = r->status == 401 || r->status == 407;

	if (r->cseq >= m->cseq ||
	    challenged != ((given & GIVEN_CREDENTIALS) != 0 &&
			      reasons[row].status == 4) ||
	    (rule == RULE_NONE && reasons[row].rule == RULE_NONE &&
		reasons[row].given == 0))
		return false;
	*why = rule;
	return true;
}

/* R, which came as ROW of the reasons asks for it, lets M with GIVEN be sent.
 */
static bool
is_reason(const struct infer *f, const struct correlation_message *r,
    const struct correlation_message *m, size_t row, uint32_t given,
    enum rule_id *why)
{
	const struct infer_call *c;

	switch (reasons[row].where) {
	case AGAIN:
		return is_tried_again(r, m, row, given, why);
	case DESCRIBED:
		return m->t - r->t_last <= INFER_AT_ONCE_NS;
	case REDIRECTED:
		c = own_call(f, m);
		return c != NULL && c->redirected && r->cseq < m->cseq;
	case CANCELLED:
		c = own_call(f, m);
		return c != NULL && c->cancelled && r->to_tag == m->to_tag &&
		       m->t - r->t_last <= INFER_AT_ONCE_NS;
	default:
		return true;
	}
}

/* The message that ROW of the reasons names for M, or CORRELATION_NONE. */
static uint32_t
find_reason(struct infer *f, const struct correlation_message *m, size_t row,
    uint32_t given, enum rule_id *why)
{
	uint32_t name = reasons[row].after == MSG_OTHER
			    ? m->name
			    : name_of(f, reasons[row].after);
	uint32_t status = reasons[row].status, call = m->call, i;

	if (reasons[row].where == REFERRED)
		call = uri_named(f, MSG_H_TO);
	else if (reasons[row].where == DESCRIBED)
		call = session_described(f);
	else if (reasons[row].where == REPLACED)
		call = numbers_find(
		    f->co->texts, numbers_text(f->co->ids, m->call));
	i = find_latest(f, m->src, call, name, status);
	return i == CORRELATION_NONE ||
		       !is_reason(f, &f->co->m[i], m, row, given, why)
		   ? CORRELATION_NONE
		   : take_latest(f, m->src, call, name, status);
}

static bool
reason_fits(size_t row, enum msg_method method, uint32_t given)
{
	if (reasons[row].method == MSG_OTHER
		? method == MSG_ACK || method == MSG_CANCEL
		: reasons[row].method != method)
		return false;
	return (reasons[row].has & ~given) == 0 &&
	       (reasons[row].lacks & given) == 0;
}

/* What M's sender was and is, for the rules of its requests. */
static uint32_t
look_around(struct infer *f, const struct correlation_message *m)
{
	const struct msg *msg = &f->co->msg;
	const struct infer_call *c;
	uint32_t given = f->npairs[m->src] > 0 ? GIVEN_PAIRS : 0;

	if (m->method == MSG_REGISTER) {
		if (find_latest(f, m->src, m->call, m->name, SUCCEEDED) !=
			CORRELATION_NONE &&
		    find_latest(f, m->src, m->call, m->name, CONTACT) ==
			infer_number(f, msg_value(msg, MSG_H_CONTACT)))
			given |= GIVEN_AGAIN;
	} else if (m->method == MSG_OPTIONS && m->to_tag == 0) {
		given |= is_for_host(msg) ? GIVEN_HOST : 0;
	} else if (m->method == MSG_BYE) {
		c = own_call(f, m);
		given |= c != NULL && c->focus ? GIVEN_FOCUS : 0;
		if (f->heard[m->src].left >= m->t - INFER_AT_ONCE_NS)
			given |= GIVEN_ASKED;
	}
	return given;
}

uint64_t
infer_reason_to_ask(
    struct infer *f, const struct correlation_message *m, enum rule_id *why)
{
	uint32_t given = read_signs(f, m), i;
	uint64_t seq = 0;

	*why = RULE_NONE;
	if (m->method == MSG_INVITE || m->method == MSG_UPDATE ||
	    m->method == MSG_ACK || m->method == MSG_PUBLISH)
		given |= compare_offers(f, m);
	given |= look_around(f, m);
	for (size_t row = 0; seq == 0 && row < COUNT_OF(reasons); row++) {
		if (!reason_fits(row, m->method, given))
			continue;
		if (reasons[row].where == NOWHERE)
			break;
		if (reasons[row].where == LEG) {
			seq = other_leg(f, m, m->to_tag != 0, why);
			continue;
		}
		i = find_reason(f, m, row, given, why);
		if (i == CORRELATION_NONE)
			continue;
		seq = f->place[i].effect;
		given |= reasons[row].given;
		if (reasons[row].rule != RULE_NONE)
			*why = reasons[row].rule;
	}
	if (seq == 0)
		seq = infer_reason_heard(f, m, why);
	if (*why == RULE_NONE && m->nvias == 1)
		*why = rule_of_request(m->method, given);
	return seq;
}

/* ---- responses ---- */

uint32_t
infer_given(const struct infer *f, const struct correlation_message *m)
{
	return read_signs(f, m);
}

/* What M's sender is, as far as its responses' rules ask for it: of some it is
 * only known when more has come. */
static uint32_t
look_at_role(struct infer *f, const struct correlation_message *m)
{
	uint32_t given = f->heard[m->src].trunks ? GIVEN_TRUNKS : 0;

	if ((m->status == 100 || (m->status > 401 && m->status != 407)) &&
	    !correlation_keeps(f->co, m->src))
		given |= GIVEN_FORWARDS;
	if ((m->status / 100u == 3 ||
		(m->status / 100u == 4 && m->method == MSG_REGISTER)) &&
	    correlation_is_server(f->co, m->src))
		given |= GIVEN_AWAY;
	return given;
}

/* Who has cancelled a branch does not wait longer for its 487 (9.1: 64 T1). */
#define CANCELLED_NS (SIP_64T1_NS / 2)

uint64_t
infer_reason_to_answer(struct infer *f, const struct correlation_message *m,
    const struct infer_tx *tx, enum rule_id *why)
{
	static const uint32_t asked =
	    GIVEN_DIALOG | GIVEN_REPLACES | GIVEN_JOIN | GIVEN_CREDENTIALS;
	uint32_t given = read_signs(f, m), i = CORRELATION_NONE;
	uint64_t seq = 0;

	if (tx != NULL)
		given |= tx->given & asked;
	if (m->method == MSG_INVITE && m->status < 200)
		given |= compare_offers(f, m);
	given |= look_at_role(f, m);
	*why = rule_of_response(m->method, m->status, given);
	if (m->status == 487)
		i = take_latest(f, m->src, m->call, name_of(f, MSG_CANCEL), 0);
	if (i != CORRELATION_NONE)
		seq = f->place[i].effect;
	if (seq != 0 && tx != NULL && m->t - tx->cancelled_at > CANCELLED_NS)
		seq = 0;
	if (seq == 0 && tx != NULL &&
	    (m->status >= 300 || m->status == 181 || m->status == 199))
		seq = infer_branch_reason(tx, m->status, why);
	/* A 100 is of its own hop (16.7, step 5). */
	if (seq == 0 && (tx == NULL || tx->passed) && m->method != MSG_CANCEL &&
	    m->status != 100)
		seq = other_leg(f, m, (given & GIVEN_DIALOG) != 0, why);
	if (seq == 0)
		seq = infer_reason_heard(f, m, why);
	/* T9 runs since the gateway has said that it rings (Q.764 2.1.4). */
	if (seq == 0 && tx != NULL && *why == RULE_GATEWAY_T9)
		seq = tx->request;
	return seq;
}

uint64_t
infer_asked(struct infer *f, const struct correlation_message *m)
{
	uint32_t i = take_latest(f, m->src, m->call, m->name, 0);

	return i != CORRELATION_NONE ? f->place[i].effect : 0;
}
