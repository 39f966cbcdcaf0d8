/*
 * Calls that are two legs of one: a back-to-back user agent answers a call and
 * makes another, with a Call-ID of its own.
 *
 * The evidence, the surest first. A header names the other call (X-Call-ID), or
 * a Call-ID is the other's with a suffix. Their node does something in both at
 * once (correlation_faces.c). An end's identifier passes through (Session-ID,
 * RFC 7989), or one of charging (icid-value, RFC 7315). An offer's o= line
 * passes through: user name, session and address are unique in the world (RFC
 * 8866 5.2). An offer passes through except for that line, with the port at
 * which its maker waits for media. The same caller calls the same target a
 * moment later. The same caller calls another target a moment later, for
 * example where a number becomes a user's address.
 *
 * The last four count only if the node that sends the second INVITE has
 * received the first within WINDOW_NS, and if just one call could be meant.
 */
#include "base/mem.h"
#include "inference/correlation.h"
#include "msg/header_names.h"

#define WINDOW_NS INT64_C(5000000000)
/* A call with so many others as its legs is looked at in part
 * (inference/infer.c).
 */
#define LEGS 8

/* The last call that showed a sign. */
struct shown {
	uint32_t call;
	int64_t t;
	bool several; /* another one did at about the same time */
};

/* ---- the signs, each into co->key; false where the INVITE has none ---- */

static void
start_sign_key(struct correlation *co, enum correlation_sign by, uint32_t node)
{
	buf_clear(&co->key);
	buf_putc(&co->key, (char)('0' + by));
	buf_add(&co->key, (const char *)&node, sizeof(node));
}

static bool
session_id_key(struct correlation *co, uint32_t node)
{
	struct str params,
	    id = str_trim(
		str_cut(msg_value(&co->msg, MSG_H_SESSION_ID), ';', &params));

	(void)node;
	/* The nil identifier names no session (RFC 7989 4.1). */
	if (id.n != 32 || str_is(id, "00000000000000000000000000000000"))
		return false;
	start_sign_key(co, CORRELATION_BY_SESSION_ID, 0);
	buf_str(&co->key, id);
	return true;
}

/* The identifier of charging (RFC 7315 4.6), before its parameters. */
static bool
icid_key(struct correlation *co, uint32_t node)
{
	struct str rest,
	    id = str_cut(
		msg_value(&co->msg, MSG_H_P_CHARGING_VECTOR), ';', &rest);

	(void)node;
	if (!str_starts(id, "icid-value="))
		return false;
	start_sign_key(co, CORRELATION_BY_ICID, 0);
	buf_str(&co->key, id);
	return true;
}

static bool
sdp_key(struct correlation *co, uint32_t node)
{
	struct str body = co->msg.body, field[6];
	ptrdiff_t at = str_find(body, "\no=");
	struct str rest;

	if (at < 0)
		return false;
	rest = str_trim(
	    str_cut(str_slice(body, (size_t)at + 3, body.n), '\n', &field[0]));
	for (size_t i = 0; i < 6; i++)
		field[i] = str_cut(rest, ' ', &rest);
	/* "o=- 0 0" says nothing. */
	if (field[1].n < 3 || field[5].n == 0)
		return false;
	start_sign_key(co, CORRELATION_BY_SDP, node);
	buf_str(&co->key, field[0]);
	buf_putc(&co->key, ' ');
	buf_str(&co->key, field[1]);
	buf_putc(&co->key, ' ');
	buf_str(&co->key, field[5]);
	return true;
}

/* All of the description except o=, which is the B2BUA's own. */
static bool
media_key(struct correlation *co, uint32_t node)
{
	struct str rest = co->msg.body;
	uint64_t h = STR_HASH_START;
	bool hears = false;

	while (rest.n > 0) {
		struct str line = str_trim(str_cut(rest, '\n', &rest)), port;

		if (str_starts(line, "o="))
			continue;
		h = str_hash_add(str_hash_add(h, line), STR("\n"));
		if (!str_starts(line, "m="))
			continue;
		str_cut(line, ' ', &port);
		/* 0 and 9 stand for no port (RFC 3264 6, RFC 8840 4.1.1). */
		hears |= port.n > 0 && !str_starts(port, "0 ") &&
			 !str_starts(port, "9 ");
	}
	if (!hears)
		return false;
	h = str_hash_end(h);
	start_sign_key(co, CORRELATION_BY_MEDIA, node);
	buf_add(&co->key, (const char *)&h, sizeof(h));
	return true;
}

static bool
caller_key(struct correlation *co, uint32_t node)
{
	struct msg_addr from;
	struct msg_uri uri;

	if (msg_addr_read(msg_value(&co->msg, MSG_H_FROM), &from) != 0 ||
	    msg_uri_read(from.uri, &uri) != 0 || uri.user.n == 0 ||
	    str_iis(uri.user, "anonymous"))
		return false;
	start_sign_key(co, CORRELATION_BY_CALLER, node);
	buf_str(&co->key, uri.user);
	return true;
}

bool
correlation_put_parties(struct correlation *co, uint32_t node)
{
	struct msg_uri uri;

	if (!caller_key(co, node) || msg_uri_read(co->msg.uri, &uri) != 0 ||
	    uri.user.n == 0 || co->key.err != 0)
		return false;
	co->key.p[0] = '0' + CORRELATION_BY_PARTIES;
	buf_putc(&co->key, ' ');
	buf_str(&co->key, uri.user);
	return true;
}

static const struct {
	bool (*key)(struct correlation *co, uint32_t node);
	enum correlation_sign by;
	bool window;
} signs[] = {
	{ session_id_key, CORRELATION_BY_SESSION_ID, false },
	{ icid_key, CORRELATION_BY_ICID, false },
	{ sdp_key, CORRELATION_BY_SDP, true },
	{ media_key, CORRELATION_BY_MEDIA, true },
	{ correlation_put_parties, CORRELATION_BY_PARTIES, true },
	{ caller_key, CORRELATION_BY_CALLER, true },
};

/* ---- linking ---- */

struct legs {
	struct correlation *co;
	struct map *signs; /* key → struct shown */
	/* Call-IDs that headers have named and no message has had. */
	struct map *awaited;
};

static const char *const id_headers[] = { "X-Call-ID", "X-CID",
	"X-Original-Call-ID" };

static uint32_t
root_of(const struct correlation *co, uint32_t call)
{
	return co->calls[call].leg_of != 0 ? co->calls[call].leg_of : call;
}

/* CALL becomes a leg of OTHER; false where it can't. */
static bool
make_leg(struct correlation *co, uint32_t call, uint32_t other,
    enum correlation_sign by)
{
	uint32_t root = root_of(co, other);
	struct correlation_call *c = &co->calls[call];

	/* A call that has legs is the first of them and stays so. */
	if (root == call || c->leg_of != 0 || c->leg != 0)
		return false;
	/* What was told of CALL, and of a call with very many legs, would be
	 * different now. */
	co->calls[root].legs += co->calls[root].legs < LEGS;
	co->amended |=
	    co->m[c->first].left ||
	    (co->calls[root].legs == LEGS && co->m[co->calls[root].first].left);
	c->leg_of = root;
	c->by = (uint8_t)by;
	c->leg = co->calls[root].leg;
	co->calls[root].leg = call;
	return true;
}

/* The call that has shown the sign in co->key; 0: none, or several have. */
static uint32_t
who_showed(const struct legs *l, int64_t t, bool window)
{
	const struct shown *s = map_get(l->signs, buf_view(&l->co->key));

	if (s == NULL || s->several || (window && t - s->t > WINDOW_NS))
		return 0;
	return s->call;
}

static int
note_sign(struct legs *l, uint32_t call, int64_t t)
{
	struct shown *s;

	if (l->co->key.err != 0)
		return l->co->key.err;
	s = key_value(l->signs, buf_view(&l->co->key), sizeof(*s));
	if (s == NULL)
		return ERR_NOMEM;
	s->several = s->call != 0 && t - s->t <= WINDOW_NS &&
		     (s->several || s->call != call);
	s->call = call;
	s->t = t;
	return 0;
}

/* Waits for a call with the Call-ID ID, which no message has so far. */
static int
await_call(struct legs *l, struct str id)
{
	return l->co->whole || id.n == 0 ? 0 : map_put(l->awaited, id, l);
}

static bool
by_id(struct legs *l, uint32_t call, struct str id, int *err)
{
	struct correlation *co = l->co;
	uint32_t other = numbers_find(co->ids, id);

	if (other == 0)
		*err = await_call(l, id);
	return other != 0 && other < co->ncalls &&
	       co->calls[other].first != CORRELATION_NONE &&
	       make_leg(co, call, other, CORRELATION_BY_X_CALL_ID);
}

/* A header names the other call, or the Call-ID is that one's with a suffix. */
static bool
by_header(struct legs *l, uint32_t call, int *err)
{
	struct str id = numbers_text(l->co->ids, call);
	ptrdiff_t at = str_find(id, "_b2b-");
	bool found =
	    at > 0 && by_id(l, call, str_slice(id, 0, (size_t)at), err);

	for (size_t i = 0; !found && i < COUNT_OF(id_headers); i++) {
		const struct msg_field *f =
		    msg_field_named(&l->co->msg, id_headers[i], 0);

		found = f != NULL && by_id(l, call, f->value, err);
	}
	return found;
}

/* A call's first INVITE may make it another's leg. */
static bool
link_find_leg(struct legs *l, const struct correlation_message *m, int *err)
{
	struct correlation *co = l->co;

	if (by_header(l, m->call, err) ||
	    (co->calls[m->call].made_of != 0 &&
		make_leg(co, m->call, co->calls[m->call].made_of,
		    CORRELATION_BY_RELAY)))
		return true;
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		uint32_t other = 0;

		if (signs[i].key(co, m->src))
			other = who_showed(l, m->t, signs[i].window);
		if (other != 0 && other != m->call &&
		    make_leg(co, m->call, other, signs[i].by))
			return true;
	}
	return false;
}

static int
look_at_invite(struct legs *l, size_t i)
{
	struct correlation *co = l->co;
	const struct correlation_message *m = &co->m[i];
	struct capture_message c;
	int err = 0;

	capture_reader_get(co->src, m->at, &c, &co->scratch);
	if (co->scratch.err != 0)
		return co->scratch.err;
	msg_read(&co->msg, c.bytes, NULL);
	if (co->calls[m->call].invite == i && link_find_leg(l, m, &err))
		co->nodes[m->src].bridges = true;
	for (size_t k = 0; err == 0 && k < COUNT_OF(signs); k++)
		if (signs[k].key(co, m->dst))
			err = note_sign(l, m->call, m->t);
	return err;
}

/* A caller who waits in a queue (182) is joined to an agent much later. */
#define QUEUED_NS INT64_C(3600000000000)

/* CALL waits at NODE since T: it shows its signs for longer. */
static int
look_at_queued(struct legs *l, uint32_t call, uint32_t node, int64_t t)
{
	struct correlation *co = l->co;
	uint32_t invite = co->calls[call].invite;
	struct capture_message c;
	int err = 0;

	if (invite == CORRELATION_NONE || co->m[invite].dst != node)
		return 0;
	capture_reader_get(co->src, co->m[invite].at, &c, &co->scratch);
	if (co->scratch.err != 0)
		return co->scratch.err;
	msg_read(&co->msg, c.bytes, NULL);
	for (size_t k = 0; err == 0 && k < COUNT_OF(signs); k++)
		if (signs[k].key(co, node))
			err = note_sign(l, call, t + QUEUED_NS);
	return err;
}

void
legs_destroy(struct legs *l)
{
	if (l == NULL)
		return;
	map_destroy_all(l->signs);
	map_destroy(l->awaited);
	mem_free(l);
}

int
legs_create(struct legs **lp, struct correlation *co)
{
	struct legs *l = mem_zalloc(1, sizeof(*l));
	int err;

	*lp = l;
	if (l == NULL)
		return ERR_NOMEM;
	l->co = co;
	err = map_create(&l->signs);
	return err == 0 ? map_create(&l->awaited) : err;
}

bool
legs_await(const struct legs *l, struct str id)
{
	return map_get(l->awaited, id) != NULL;
}

int
correlation_find_legs(struct correlation *co, size_t from, size_t to)
{
	int err = 0;

	for (size_t i = from; err == 0 && i < to; i++) {
		const struct correlation_message *m = &co->m[i];

		if (m->call != 0 && m->status == 0 && m->method == MSG_INVITE &&
		    m->to_tag == 0 && m->retx == CORRELATION_NONE)
			err = look_at_invite(co->legs, i);
		else if (m->call != 0 && m->status == 182 &&
			 m->method == MSG_INVITE && m->fwd == CORRELATION_NONE)
			err = look_at_queued(co->legs, m->call, m->src, m->t);
	}
	return err;
}

void
correlation_choose_call(struct correlation *co, uint32_t call)
{
	call = root_of(co, call);
	for (; call != 0; call = co->calls[call].leg)
		co->calls[call].chosen = true;
}
