/*
 * Registrations and transfers through a box that hides its network: RFC 5853
 * 3.1.  The registrar, and the receiver of a REFER, get Contacts of the box's
 * own, which stand for the original ones; calls to them go on to these.  A box
 * that hides nothing leaves them unchanged.
 */
#include "pair/pair_in.h"

#include "agent/refer.h"
#include "agent/replaces.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/flow.h"

#include <string.h>

/* A Contact lives as long as the registrar says, an hour where it does not. */
/* Contacts behind one box, at most. */
#define BINDINGS 20000

struct binding {
	struct list link; /* in pairs->bindings */
	char *token;      /* the user of the box's Contact: "alice-1" */
	char *uri;        /* what it stands for */
	int64_t until;
};

static void
binding_free_one(struct pairs *pairs, struct binding *b)
{
	if (b->uri != NULL)
		map_drop(pairs->by_uri, str_of(b->uri), b);
	if (b->token != NULL)
		map_drop(pairs->by_token, str_of(b->token), b);
	list_remove(&b->link);
	mem_free(b->token);
	mem_free(b->uri);
	mem_free(b);
}

void
pair_bindings_end(struct pairs *pairs)
{
	list_each (struct binding, b, &pairs->bindings, link)
		binding_free_one(pairs, b);
	map_destroy(pairs->by_uri);
	map_destroy(pairs->by_token);
	map_destroy_all(pairs->registers);
	pairs->registers = NULL;
	pairs->by_uri = pairs->by_token = NULL;
}

/* The REGISTERs of one phone at one registrar, as they go on. */
struct registers {
	uint32_t cseq;
	char call_id[]; /* "" until the first has gone on */
};

int
pair_name_register(struct pairs *pairs, const struct msg *m,
    struct buf *call_id, uint32_t *cseq)
{
	struct str key = msg_value(m, MSG_H_CALL_ID);
	struct sip_stack *stack = pairs->agent.node->stack;
	struct registers *r;

	if (pairs->registers == NULL && map_create(&pairs->registers) != 0)
		return ERR_NOMEM;
	r = map_get(pairs->registers, key);
	if (r == NULL) {
		sip_stack_token(stack, SIP_STREAM_CALL_ID, 12, call_id);
		/* Beyond the limit a REGISTER is not remembered, and begins a
		 * new Call-ID each time. */
		if (map_count(pairs->registers) >= BINDINGS)
			return call_id->err;
		r = mem_zalloc(1, sizeof(*r) + call_id->n + 1);
		if (call_id->err != 0 || r == NULL ||
		    map_put(pairs->registers, key, r) != 0) {
			mem_free(r);
			return ERR_NOMEM;
		}
		memcpy(r->call_id, buf_cstr(call_id), call_id->n);
	} else {
		buf_puts(call_id, r->call_id);
	}
	*cseq = ++r->cseq;
	return call_id->err;
}

static int64_t
binding_now_of(const struct pairs *pairs)
{
	return sim_now(agent_sim(&pairs->agent));
}

static void
drop_expired(struct pairs *pairs)
{
	list_each (struct binding, b, &pairs->bindings, link)
		if (b->until <= binding_now_of(pairs))
			binding_free_one(pairs, b);
}

/* Both maps are there. */
static bool
has_maps(struct pairs *pairs)
{
	return (pairs->by_uri != NULL || map_create(&pairs->by_uri) == 0) &&
	       (pairs->by_token != NULL || map_create(&pairs->by_token) == 0);
}

/* The box's own Contact for URI; NULL when out of memory, or there are too
 * many. */
static struct binding *
bind(struct pairs *pairs, struct str uri)
{
	struct binding *b;
	struct buf token = BUF_INIT;
	struct msg_uri u;

	if (!has_maps(pairs))
		return NULL;
	b = map_get(pairs->by_uri, uri);
	if (b != NULL)
		return b;
	if (map_count(pairs->by_token) >= BINDINGS)
		drop_expired(pairs);
	if (msg_uri_read(uri, &u) != 0 ||
	    map_count(pairs->by_token) >= BINDINGS)
		return NULL;
	b = mem_zalloc(1, sizeof(*b));
	if (b == NULL)
		return NULL;
	list_init(&b->link);
	buf_printf(&token, "%.*s-%u", STR_ARG(u.user), ++pairs->next_binding);
	b->token = buf_take(&token);
	b->uri = mem_dup(uri.p, uri.n);
	b->until = binding_now_of(pairs) + SIP_EXPIRES_S * SIM_S;
	if (b->token == NULL || b->uri == NULL ||
	    map_put(pairs->by_uri, str_of(b->uri), b) != 0 ||
	    map_put(pairs->by_token, str_of(b->token), b) != 0) {
		binding_free_one(pairs, b);
		return NULL;
	}
	list_append(&pairs->bindings, &b->link);
	return b;
}

/* ---- there ---- */

/* "<sip:alice-1@192.0.2.1:5060>": OWN, the box's Contact, with another user. */
static void
put_bound(struct str own, const char *token, struct buf *out)
{
	struct str uri = msg_addr_uri(own);
	ptrdiff_t at = str_chr(uri, '@');

	buf_puts(out, "<sip:");
	buf_puts(out, token);
	buf_str(out, str_slice(uri, at < 0 ? 0 : (size_t)at, uri.n));
	buf_putc(out, '>');
}

static int
hide_contact(
    struct pairs *pairs, struct str value, struct str own, struct buf *out)
{
	struct msg_addr a;
	struct binding *b;

	if (msg_addr_read(value, &a) != 0 || a.star) {
		buf_str(out, value);
		return 0;
	}
	b = bind(pairs, a.uri);
	if (b == NULL)
		return ERR_NOMEM;
	put_bound(own, b->token, out);
	buf_str(out, a.params);
	return 0;
}

int
pair_bind_contacts(struct pairs *pairs, const struct sip_in *in, struct str uri,
    struct buf *out)
{
	struct agent *agent = &pairs->agent;
	struct str own =
	    str_of(agent_contact(agent, agent_face_toward(agent, uri, false)));
	struct msg_values it = { 0 };
	bool hides = pair_hides(pairs);
	/* Of who is next to the box alone: RFC 5853 3.3. */
	bool notes = node_attr_bool(agent->node, "alias", false) &&
		     node_flow_begins(in->m);
	struct msg_addr a;
	struct str value;
	int err = 0;

	while (err == 0 && msg_next_value(in->m, MSG_H_CONTACT, &it, &value)) {
		if (notes && msg_addr_read(value, &a) == 0 && !a.star)
			err = node_alias_keep(agent->node, a.uri, &in->src);
		if (out->n > 0)
			buf_puts(out, ", ");
		if (err == 0 && hides)
			err = hide_contact(pairs, value, own, out);
		else
			buf_str(out, value);
	}
	return err != 0 ? err : out->err;
}

/* ---- and back ---- */

/* The box's Contact that URI is, or NULL. */
static struct binding *
binding_find_bound(struct pairs *pairs, struct str uri)
{
	struct msg_uri u;

	return !list_empty(&pairs->bindings) && msg_uri_read(uri, &u) == 0 &&
		       node_is_uri(pairs->agent.node, uri)
		   ? map_get(pairs->by_token, u.user)
		   : NULL;
}

static void
refresh_binding(struct pairs *pairs, struct binding *b, struct str params)
{
	struct str value;
	uint32_t seconds = SIP_EXPIRES_S;

	if (msg_param(params, "expires", &value) &&
	    str_u32(value, &seconds) != 0)
		seconds = SIP_EXPIRES_S;
	b->until = binding_now_of(pairs) + (int64_t)seconds * SIM_S;
}

int
pair_bound_contacts(struct pairs *pairs, const struct msg *m, struct buf *out)
{
	struct msg_values it = { 0 };
	struct str value;

	while (msg_next_value(m, MSG_H_CONTACT, &it, &value)) {
		struct binding *b = NULL;
		struct msg_addr a;

		if (msg_addr_read(value, &a) == 0)
			b = binding_find_bound(pairs, a.uri);
		if (out->n > 0)
			buf_puts(out, ", ");
		if (b == NULL) {
			buf_str(out, value);
			continue;
		}
		refresh_binding(pairs, b, a.params);
		buf_printf(out, "<%s>%.*s", b->uri, STR_ARG(a.params));
	}
	return out->err;
}

bool
pair_find_bound(struct pairs *pairs, struct str uri, struct pair_target *to)
{
	struct binding *b = binding_find_bound(pairs, uri);
	struct agent_refer_target t;
	struct msg_uri u;
	struct addr a;

	if (b == NULL || b->until <= binding_now_of(pairs))
		return false;
	if (msg_uri_read(str_of(b->uri), &u) == 0 && u.headers.n > 0 &&
	    agent_refer_target_read(pairs->agent.node, str_of(b->uri), &t) ==
		0) {
		to->direct = addr_parse(u.host, &a) == 0;
		buf_str(&to->uri, buf_view(&t.uri));
		buf_str(&to->headers, buf_view(&t.headers));
		agent_refer_target_free(&t);
		return true;
	}
	to->direct = true;
	buf_puts(&to->uri, b->uri);
	return true;
}

/* ---- whom a REFER names ---- */

/* T names a call of the box's: instead its other half, and who is called there.
 */
static int
name_other_half(struct pairs *pairs, struct agent_refer_target *t)
{
	struct str line, value, all = buf_view(&t->headers);
	struct str require = str_cut(all, '\n', &line);
	struct str name = str_cut(line, ':', &value);
	struct agent_place_name place;
	struct agent_call *c = NULL;
	struct pair_leg *other;
	LOCAL_BUF field = BUF_INIT;
	int err;

	if (str_iis(name, "Replaces") &&
	    agent_place_read(str_trim(value), &place) == 0)
		c = agent_place_find(&pairs->agent, &place);
	other = c != NULL ? pair_other(pair_leg_of(c)) : NULL;
	if (other == NULL)
		return 0;
	buf_printf(&field, "%.*s\nReplaces: ", STR_ARG(require));
	err = agent_place_write(&other->call, place.early_only, &field);
	/* It may have no dialog yet. */
	if (err == 0) {
		buf_clear(&t->headers);
		buf_str(&t->headers, buf_view(&field));
		buf_clear(&t->uri);
		buf_str(&t->uri, pair_place_uri(other));
	}
	return t->headers.err != 0 || t->uri.err != 0 ? ERR_NOMEM : 0;
}

/* T as one URI, with what its INVITE is to say more. */
static int
write_whole(const struct agent_refer_target *t, struct buf *out)
{
	struct str rest = buf_view(&t->headers);
	int err = 0;

	buf_str(out, buf_view(&t->uri));
	while (rest.n > 0 && err == 0) {
		struct str value, line = str_cut(rest, '\n', &rest);
		LOCAL_BUF name = BUF_INIT;

		buf_str(&name, str_cut(line, ':', &value));
		err = agent_refer_target_add(
		    out, buf_cstr(&name), str_trim(value));
	}
	return err != 0 ? err : out->err;
}

int
pair_bind_referred(struct pairs *pairs, struct str value,
    const struct node_face *face, struct buf *out)
{
	struct agent *agent = &pairs->agent;
	struct agent_refer_target t = AGENT_REFER_TARGET_INIT;
	LOCAL_BUF whole = BUF_INIT;
	struct binding *b;
	struct msg_addr a;
	struct msg_uri u;
	struct addr at;
	bool hidden;
	int err;

	if (msg_addr_read(value, &a) != 0 || msg_uri_read(a.uri, &u) != 0) {
		buf_str(out, value);
		return out->err;
	}
	hidden = addr_parse(u.host, &at) == 0 &&
		 agent_face_toward(agent, a.uri, false) != face;
	if (agent_refer_target_read(agent->node, a.uri, &t) != 0 ||
	    t.method != MSG_INVITE || (t.headers.n == 0 && !hidden)) {
		buf_str(out, value);
		if (hidden)
			pair_hide_party(pairs, face, out);
		agent_refer_target_free(&t);
		return out->err;
	}
	err = name_other_half(pairs, &t);
	if (err == 0)
		err = write_whole(&t, &whole);
	b = err == 0 ? bind(pairs, buf_view(&whole)) : NULL;
	if (b != NULL) {
		b->until = binding_now_of(pairs) + SIP_EXPIRES_S * SIM_S;
		put_bound(str_of(agent_contact(agent, face)), b->token, out);
		buf_str(out, a.params);
	} else if (err == 0) {
		err = ERR_LIMIT;
	}
	agent_refer_target_free(&t);
	return err != 0 ? err : out->err;
}
