/* Nodes: life, attributes, and which role gets a request (node/node.h). */
#include "node/node.h"

#include "base/mem.h"
#include "base/param.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/locate.h"
#include "node/node_auth.h"
#include "node/script_request.h"
#include "node/resolver.h"
#include "node/security.h"
#include "node/node_serves.h"
#include "node/phones.h"
#include "node/node_stun.h"
#include "node/node_transport.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

const char *
node_arg(const struct node_args *a, const char *key)
{
	for (size_t i = 0; a != NULL && i < a->n; i++)
		if (strcmp(a->args[i].key, key) == 0)
			return a->args[i].value;
	return NULL;
}

struct str
node_arg_str(const struct node_args *a, const char *key)
{
	for (size_t i = 0; a != NULL && i < a->n; i++) {
		const struct node_arg *arg = &a->args[i];

		if (strcmp(arg->key, key) == 0)
			return arg->n > 0 ? (struct str){ arg->value, arg->n }
					  : str_of(arg->value);
	}
	return STR_NULL;
}

int
node_arg_bool(
    const struct node_args *a, const char *key, bool *value, struct diag *d)
{
	const char *text = node_arg(a, key);

	if (text == NULL || param_bool(str_of(text), value) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("%s must be true or false, not “%s”"), key, text);
}

static uint32_t
whole_seconds(int64_t ns)
{
	int64_t s = ns / SIM_S + (ns % SIM_S != 0);

	return s < UINT32_MAX ? (uint32_t)s : UINT32_MAX;
}

int
node_arg_seconds(const struct node_args *a, const char *key, int64_t *seconds,
    struct diag *d)
{
	const char *text = node_arg(a, key);
	int64_t ns;

	if (text == NULL)
		return 0;
	if (param_time(str_of(text), &ns) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a time: %s"), text,
		    param_time_why(
			str_of(text), _("use 60s or 5min, for example")));
	*seconds = whole_seconds(ns);
	return 0;
}

/* One of 64 for a NAME: most attributes are not given, and this says so without
 * a search. */
static inline uint64_t
attr_bit(struct str name)
{
	unsigned first = name.n > 0 ? (unsigned char)name.p[0] : 0;
	unsigned last = name.n > 0 ? (unsigned char)name.p[name.n - 1] : 0;

	return UINT64_C(1) << ((first * 5 + last * 3 + name.n) & 63);
}

const char *
node_attr_named(const struct node *n, struct str name, const char *fallback)
{
	const char *value = NULL;

	if ((n->attr_bits & attr_bit(name)) != 0)
		value = map_get(n->attrs, name);
	return value != NULL ? value : fallback;
}

bool
node_attr_bool(const struct node *n, const char *name, bool fallback)
{
	const char *value = node_attr(n, name, NULL);

	if (value != NULL)
		param_bool(str_of(value), &fallback);
	return fallback;
}

int64_t
node_attr_time(const struct node *n, const char *name, int64_t fallback_ns)
{
	const char *value = node_attr(n, name, NULL);

	if (value != NULL)
		param_time(str_of(value), &fallback_ns);
	return fallback_ns;
}

uint32_t
node_attr_seconds(const struct node *n, const char *name, uint32_t fallback_s)
{
	return whole_seconds(node_attr_time(n, name, fallback_s * SIM_S));
}

enum addr_transport
node_transport(const struct node *n)
{
	uint8_t transport = ADDR_DEFAULT;

	addr_transport_find(str_of(node_attr(n, "transport", "")), &transport);
	return transport;
}

bool
node_is_browser(const struct node *n)
{
	return addr_transports[node_transport(n)].framing == ADDR_WEBSOCKET &&
	       node_attr_bool(n, "browser", false);
}

int
node_set_attr(struct node *n, const char *name, const char *value)
{
	char *copy = mem_strdup(value), *old;
	int err;

	if (copy == NULL)
		return ERR_NOMEM;
	old = map_get(n->attrs, str_of(name));
	n->attr_bits |= attr_bit(str_of(name));
	err = map_put(n->attrs, str_of(name), copy);
	if (err == 0) {
		sim_take_memory(node_sim(n), strlen(copy));
		if (old != NULL)
			sim_give_back_memory(node_sim(n), strlen(old));
	}
	if (strcmp(name, "aor") == 0)
		phones_forget(n->world);
	mem_free(err == 0 ? old : copy);
	return err;
}

void
node_drop_attr(struct node *n, const char *name)
{
	char *old = map_remove(n->attrs, str_of(name));

	if (old != NULL)
		sim_give_back_memory(node_sim(n), strlen(old));
	mem_free(old);
}

void *
node_role_state(const struct node *n, const char *word)
{
	for (size_t i = 0; i < n->nroles; i++)
		if (strcmp(n->role[i].ops->word, word) == 0)
			return n->role[i].state;
	return NULL;
}

int
node_screen(const struct node *n, struct buf *out)
{
	for (size_t i = 0; i < n->nroles; i++)
		if (n->role[i].ops->screen != NULL)
			return n->role[i].ops->screen(n->role[i].state, out);
	return ERR_NOTFOUND;
}

/* HOST is a name that is N's alone. */
static bool
is_own_host(const struct node *n, struct str host)
{
	size_t len = strlen(n->name);

	if (node_is_nameless(n))
		return str_iis(host, n->nameless);
	return n->domain[0] != '\0' && host.n > len + 1 &&
	       str_iis(str_slice(host, 0, len), n->name) &&
	       host.p[len] == '.' &&
	       str_ieq(msg_host_name(str_slice(host, len + 1, host.n)),
		   msg_host_name(str_of(n->domain)));
}

bool
node_is_uri(const struct node *n, struct str uri)
{
	struct msg_uri u;
	struct addr a;

	if (msg_uri_read(uri, &u) != 0 || !u.sip)
		return false;
	if (addr_parse(u.host, &a) != 0)
		return is_own_host(n, u.host);
	a.port = msg_uri_port(&u);
	return node_face_at(n, &a) != NULL;
}

bool
node_is_domain(const struct node *n, struct str uri)
{
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip)
		return false;
	return (n->domain[0] != '\0' &&
		   str_ieq(msg_host_name(u.host),
		       msg_host_name(str_of(n->domain)))) ||
	       node_serves_domain_of(n, &u);
}

bool
node_is_own(const struct node *n, struct str uri)
{
	return node_is_domain(n, uri) || node_is_uri(n, uri);
}

bool
node_is_asked(const struct node *n, const struct msg *m)
{
	struct msg_uri u;

	return m->method == MSG_OPTIONS && msg_uri_read(m->uri, &u) == 0 &&
	       u.user.n == 0 && node_is_own(n, m->uri);
}

/* ---- requests ---- */

void
node_answer_cancel(
    struct node *n, struct sip_transaction *tr, const struct sip_in *in)
{
	struct sip_bytes *response = sip_transaction_response(tr);
	struct sip_response_spec spec = { .status = 200 };
	LOCAL_BUF tag = BUF_INIT;

	if (response != NULL)
		buf_str(
		    &tag, msg_tag_of(world_read(n->world, response), MSG_H_TO));
	spec.to_tag = buf_view(&tag);
	if (tag.n == 0)
		node_answer(n, in, 200, RULE_CANCEL_RECV);
	else
		node_reply(n, in, &spec, RULE_CANCEL_RECV);
}

/* 9.2: a CANCEL is answered by the role that answers the INVITE; where that is
 * answered already and no role has it any more, with 200 and no effect. */
static void
give_cancel(struct node *n, const struct sip_in *in)
{
	struct sip_transaction *invite = sip_find_cancelled(n->stack, in->m);
	struct node_owner *owner;

	if (invite == NULL) {
		/* 9.1: only an INVITE can be taken back.  What a proxy does not
		 * know at all it has forwarded (16.10): on_stateless. */
		invite = sip_find_by_cancel(n->stack, in->m);
		if (invite != NULL)
			node_answer_cancel(n, invite, in);
		else
			node_answer(n, in, 481, RULE_CANCEL_NONE);
		return;
	}
	owner = sip_transaction_user(invite);
	for (size_t i = 0; owner != NULL && i < n->nroles; i++) {
		if (n->role[i].ops == owner->role) {
			owner->role->cancel(n->role[i].state, owner, in);
			return;
		}
	}
	node_answer_cancel(n, invite, in);
}

/* What N's role I says of a request, and whether that role is told to be for
 * it: together a number, of which the greater gets it; 0: not this one. */
static unsigned
weigh_claim(const struct node *n, size_t i, const struct sip_in *in)
{
	const struct node_role *ops = n->role[i].ops;
	enum node_serves serves;
	enum node_claim c;

	if (ops->claim == NULL)
		return 0;
	c = ops->claim(n->role[i].state, in);
	serves = node_serves(n, ops->word, in->m->uri);
	if (serves == NODE_SERVES_OTHERS &&
	    (c == NODE_DOMAIN || c == NODE_ANYBODY || c == NODE_UNSERVED ||
		c == NODE_NAMED))
		c = NODE_FALLBACK;
	if (c == NODE_DIALOG)
		serves = NODE_SERVES_USER + 1;
	else if (c < NODE_FORWARD || serves < NODE_SERVES_ALL)
		serves = NODE_SERVES_ALL;
	return c == NODE_PASS ? 0 : (unsigned)serves * 16 + (unsigned)c;
}

/* The role that a request is for; nroles: none takes it. */
static size_t
claimant(const struct node *n, const struct sip_in *in)
{
	unsigned best = 0;
	size_t role = n->nroles;

	for (size_t i = 0; i < n->nroles; i++) {
		unsigned weight = weigh_claim(n, i, in);

		if (weight > best) {
			best = weight;
			role = i;
		}
	}
	return role;
}

/* 8.2.1; 8.2.2.1: requests that no role here could take. */
static void
refuse_unclaimed(struct node *n, const struct sip_in *in)
{
	struct msg_uri u;

	if (in->m->method == MSG_ACK)
		node_note_drop(
		    n, in->recv, TRACE_DROP_UNMATCHED, RULE_ACK_NONE);
	else if (msg_uri_read(in->m->uri, &u) != 0 || !u.sip)
		node_answer(n, in, 416, RULE_UAS_SCHEME);
	else if (!node_refuse_malformed(n, in))
		node_answer_405(n, in);
}

static void
node_on_request(const struct sip_in *in, void *arg)
{
	struct node *n = arg;
	size_t role;

	if (in->m->method == MSG_CANCEL) {
		give_cancel(n, in);
		return;
	}
	role = claimant(n, in);
	if (role < n->nroles)
		n->role[role].ops->request(n->role[role].state, in);
	else
		refuse_unclaimed(n, in);
}

/* A request of no transaction: its role may do without one. */
static bool
on_stateless(const struct sip_in *in, void *arg)
{
	struct node *n = arg;
	size_t role;

	/* 16.10: it is for who has the transaction that it means. */
	if (in->m->method == MSG_CANCEL &&
	    sip_find_by_cancel(n->stack, in->m) != NULL)
		return false;
	role = claimant(n, in);
	return role < n->nroles && n->role[role].ops->stateless != NULL &&
	       n->role[role].ops->stateless(n->role[role].state, in);
}

static bool
on_stray(const struct sip_in *in, void *arg)
{
	struct node *n = arg;

	for (size_t i = 0; i < n->nroles; i++)
		if (n->role[i].ops->stray != NULL &&
		    n->role[i].ops->stray(n->role[i].state, in))
			return true;
	return false;
}

/* The face that has a connection to DST, or is making one; NULL: none has. */
static const struct node_face *
find_connected(const struct node *n, const struct addr *dst)
{
	for (size_t i = 0; i < n->nfaces; i++)
		if (transport_connected(n->faces[i].transport, dst))
			return &n->faces[i];
	return NULL;
}

/* The face from which something goes to DST: FROM's, which a node that has
 * moved may have no more, else that of the connection, else whichever faces
 * DST. */
static const struct node_face *
node_find_sender(
    const struct node *n, const struct addr *from, const struct addr *dst)
{
	const struct node_face *f = NULL;

	if (n->nfaces == 1)
		return &n->faces[0];
	if (from->len != 0)
		f = node_face_at(n, from);
	if (f == NULL && addr_is_stream(dst))
		f = find_connected(n, dst);
	return f != NULL ? f : node_face_toward(n, dst);
}

static uint64_t
node_on_send(const struct addr *from, const struct addr *dst, struct str bytes,
    const struct trace_message *m, enum rule_id why, void *arg)
{
	const struct node_face *f = node_find_sender(arg, from, dst);

	if (addr_is_stream(dst))
		return transport_send(f->transport, dst, bytes, m, why);
	return net_udp_send(f->sock, dst, bytes, m, why);
}

static void
on_settled(uint64_t what, void *arg)
{
	const struct node *n = arg;

	for (size_t i = 0; i < n->nfaces; i++)
		transport_settled(n->faces[i].transport, what);
}

static struct addr
on_facing(const struct addr *dst, void *arg)
{
	return node_face_addr(node_face_toward(arg, dst), dst->transport);
}

static bool
on_owns(const struct addr *a, void *arg)
{
	return node_face_at(arg, a) != NULL;
}

static uint32_t
on_path_mtu(const struct addr *dst, void *arg)
{
	const struct node *n = arg;

	return net_path_mtu(n->host, dst);
}

static bool
on_is_connected(const struct addr *dst, void *arg)
{
	return find_connected(arg, dst) != NULL;
}

static void
on_alias(const struct addr *peer, const struct addr *advertised, void *arg)
{
	const struct node_face *f = find_connected(arg, peer);

	if (f != NULL)
		transport_alias(f->transport, peer, advertised);
}

static void
node_on_datagram(const struct net_datagram *d, void *arg)
{
	struct node *n = arg;

	if (!node_stun_received(n, d))
		sip_stack_receive(
		    n->stack, d->bytes, &d->src, &d->dst, d->recv);
}

/* ---- life ---- */

/* RFC 7118 B.1: another one in each of its lives, as each page has. */
static int
make_nameless(struct node *n)
{
	LOCAL_BUF name = BUF_INIT;
	struct rng rng;
	int err;

	rng_init(&rng, sim_seed(node_sim(n)), n->stack_name, "browser");
	rng_token(&rng, &name, 12);
	buf_puts(&name, ".invalid");
	err = name.err;
	if (err == 0)
		snprintf(
		    n->nameless, sizeof(n->nameless), "%s", buf_cstr(&name));
	return err;
}

/* A random stream is named by the stack's owner.  One that comes up again must
 * not repeat the Call-IDs, tags and branches of the life before: while the
 * stack is made its name has the number of that life after it. */
static int
create_stack(struct node *n)
{
	struct sip_stack_config config = {
		.engine = n->world->engine,
		.addr = node_face_addr(&n->faces[0], ADDR_DEFAULT),
		.several = n->nfaces > 1,
		.facing = on_facing,
		.owns = on_owns,
		.product = NODE_PRODUCT,
		/* RFC 3581 3: phones may be behind a NAT. */
		.ask_rport = node_has_trait(n, TRAIT_USER) &&
			     node_attr_bool(n, "rport", true),
		.send = node_on_send,
		.settled = on_settled,
		.path_mtu = on_path_mtu,
		.connected = on_is_connected,
		.alias = on_alias,
		.search = &node_search_ops,
		/* RFC 5923 3: for neighbours who send in both directions. */
		.offer_alias = node_plays(n, "proxy"),
		.request = node_on_request,
		.stateless = on_stateless,
		.stray = on_stray,
		.osip = node_attr(n, "parser", NULL) != NULL,
		.arg = n,
	};
	size_t room = strlen(n->name) + sizeof("/4294967295");
	int err;

	if (n->stack_name == NULL)
		n->stack_name = mem_alloc(room);
	if (n->stack_name == NULL)
		return ERR_NOMEM;
	if (n->lives > 1)
		snprintf(n->stack_name, room, "%s/%u", n->name, n->lives);
	else
		snprintf(n->stack_name, room, "%s", n->name);
	config.node = n->stack_name;
	err = node_is_browser(n) ? make_nameless(n) : 0;
	config.ask_rport = config.ask_rport && !node_is_nameless(n);
	config.sent_by =
	    node_is_nameless(n) ? n->nameless : node_attr(n, "via", NULL);
	if (err == 0)
		err = sip_stack_create(&n->stack, &config);
	snprintf(n->stack_name, room, "%s", n->name);
	return err;
}

/* Whether any of its roles takes part in SIP. */
static bool
node_speaks_sip(const struct node *n)
{
	struct str rest = str_of(n->roles);

	while (rest.n > 0) {
		const struct node_role *r =
		    world_role(n->world, str_cut(rest, ' ', &rest));

		if (r != NULL && r->request != NULL)
			return true;
	}
	return false;
}

static int
open_stack(struct node *n)
{
	int err = node_faces_open(n, node_on_datagram);

	return err != 0 ? err : create_stack(n);
}

static void
stop_role(const struct node_role *ops, void *state)
{
	ops->stop(state);
	mem_free(state);
}

static void
close_all(struct node *n)
{
	while (n->nroles > 0) {
		n->nroles--;
		stop_role(n->role[n->nroles].ops, n->role[n->nroles].state);
	}
	node_request_stop(n);
	map_destroy_all(n->resting);
	n->resting = NULL;
	map_destroy_all(n->noted);
	n->noted = NULL;
	resolver_destroy(n->resolver);
	n->resolver = NULL;
	node_stun_stop(n);
	nonces_destroy(n->nonces);
	n->nonces = NULL;
	sip_sdp_ports_free(&n->rtp);
	n->rtp = (struct sip_sdp_ports){ 0 };
	n->ncalls = n->nsubscriptions = 0;
	sip_stack_destroy(n->stack);
	n->stack = NULL;
	node_faces_close(n);
	node_security_destroy(n->security);
	n->security = NULL;
}

static int
start_role(struct node *n, struct str word)
{
	const struct node_role *ops = world_role(n->world, word);
	void *state;
	int err;

	if (ops == NULL)
		return ERR_NOTFOUND;
	state = mem_zalloc(1, ops->size);
	if (state == NULL)
		return ERR_NOMEM;
	err = ops->start(n, state);
	if (err == 0) {
		n->role[n->nroles].ops = ops;
		n->role[n->nroles++].state = state;
	} else {
		stop_role(ops, state);
	}
	return err;
}

int
node_start(struct node *n)
{
	struct str rest = str_of(n->roles);
	int err = 0;

	net_host_set_up(n->host, true);
	n->up = true;
	n->lives++;
	if (n->outside)
		return 0;
	if (node_speaks_sip(n))
		err = open_stack(n);
	else if (node_attr_bool(n, "media", false))
		err = create_stack(n); /* its streams draw from there */
	while (err == 0 && rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n > 0)
			err = start_role(n, word);
	}
	if (err != 0)
		node_crash(n);
	return err;
}

void
node_crash(struct node *n)
{
	n->up = false;
	/* first the host, so that nothing says farewell */
	net_host_set_up(n->host, false);
	close_all(n);
}

void
node_destroy(struct node *n)
{
	if (n == NULL)
		return;
	/* Its roles end like those of one that crashes: in silence. */
	n->up = false;
	close_all(n);
	map_destroy_all(n->attrs);
	map_destroy_all(n->sought);
	mem_free(n->name);
	mem_free(n->stack_name);
	mem_free(n->roles);
	mem_free(n->domain);
	mem_free(n);
}
