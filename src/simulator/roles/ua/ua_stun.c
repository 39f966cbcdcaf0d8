/*
 * How a phone is seen from outside: it asks a STUN server (attribute `stun`)
 * from its SIP socket, before it registers, and gives what it has learnt in its
 * Contact.  On a script's word it finds out what kind of NAT it is behind (RFC
 * 5780 4.3, 4.4), by two sockets of their own.
 */
#include "roles/ua/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/node_stun.h"
#include "rules/rule_names.h"

/* The server's address; false where there is none. */
static bool
ua_stun_find_server(const struct ua *ua, struct addr *dst)
{
	const struct node *n = ua->agent.node;
	const struct node *server =
	    world_find(n->world, node_attr(n, "stun", ""));

	if (server == NULL)
		return false;
	*dst = node_face_for(server, n)->addr;
	dst->port = TRACE_PORT_STUN;
	return true;
}

/* ---- before it registers ---- */

static void
note_mapped(struct ua *ua, const struct addr *own, const struct addr *mapped)
{
	struct buf text = BUF_INIT;

	addr_write(own, &text);
	buf_puts(&text, " is seen as ");
	addr_write(mapped, &text);
	node_note(ua->agent.node, RULE_STUN_CONTACT, &text);
}

static void
on_seen(const struct stun *m, void *arg)
{
	struct ua *ua = arg;
	struct node_face *f = &ua->agent.node->faces[0];
	struct addr own = node_face_addr(f, ADDR_DEFAULT);

	ua->question = NULL;
	if (m != NULL && m->mapped.len != 0) {
		note_mapped(ua, &own, &m->mapped);
		f->mapped = m->mapped;
		if (agent_moved(&ua->agent) != 0)
			agent_fail_memory(&ua->agent);
	}
	agent_registration_go(&ua->reg);
}

static void
ask_now(void *arg)
{
	struct ua *ua = arg;
	struct node_stun_ask ask = { .sock = ua->agent.node->faces[0].sock,
		.why = RULE_STUN_ASK };

	ua->ask = 0;
	sim_release(agent_sim(&ua->agent));
	if (!ua_stun_find_server(ua, &ask.dst))
		agent_registration_go(&ua->reg);
	else if (node_stun_ask(
		     ua->agent.node, &ask, on_seen, ua, &ua->question) != 0)
		agent_fail_memory(&ua->agent);
}

/* When all others have been started as well. */
void
ua_stun_start(struct ua *ua)
{
	struct node *n = ua->agent.node;

	n->faces[0].mapped = (struct addr){ 0 };
	if (node_attr(n, "stun", "")[0] == '\0')
		return;
	for (struct agent_registration *r = &ua->reg; r != NULL; r = r->next)
		r->held = true;
	ua->ask = node_after(n, 0, ask_now, ua);
	sim_hold(agent_sim(&ua->agent));
}

/* ---- discovery: RFC 5780 4.3, 4.4 ---- */

/* The tests, and the expected source of the answer. */
enum test {
	MAPPING_1,   /* the server's first address */
	MAPPING_2,   /* its other address */
	MAPPING_3,   /* another port there */
	FILTERING_1, /* the first address, from another socket: whatever was
			sent before would let answers in */
	FILTERING_2, /* an answer from the other address */
	FILTERING_3, /* an answer from the other port */
};

struct ua_discovery {
	struct ua *ua;
	struct net_sock *socks[2]; /* for mapping, for filtering */
	struct node_stun *question;
	enum test test;
	struct addr server, other, own;
	struct addr mapped[2]; /* by the first two tests */
	const char *mapping;
};

static void
free_discovery(struct ua_discovery *d)
{
	d->ua->discovery = NULL;
	node_stun_drop(d->question);
	net_udp_close(d->socks[0]);
	net_udp_close(d->socks[1]);
	mem_free(d);
}

void
ua_stun_stop(struct ua *ua)
{
	struct ua_discovery *d = ua->discovery;

	if (ua->ask != 0) {
		sim_cancel(agent_sim(&ua->agent), ua->ask);
		sim_release(agent_sim(&ua->agent));
	}
	ua->ask = 0;
	node_stun_drop(ua->question);
	ua->question = NULL;
	if (d != NULL)
		free_discovery(d);
}

/* The end: TEXT is freed. */
static void
end_discovery(struct ua_discovery *d, struct buf *text, enum rule_id why)
{
	struct ua *ua = d->ua;

	node_note(ua->agent.node, why, text);
	free_discovery(d);
	agent_tell(&ua->agent, "discovered");
}

static void
say_result(struct ua_discovery *d, const char *filtering)
{
	struct buf text = BUF_INIT;

	buf_printf(
	    &text, "NAT: mapping %s, filtering %s", d->mapping, filtering);
	end_discovery(d, &text, RULE_NAT_TEST_FILTERING);
}

static void run_test(struct ua_discovery *d, enum test test);

static const char independent[] = "endpoint-independent";
static const char by_address[] = "address-dependent";
static const char by_both[] = "address-and-port-dependent";

/* The mapping is known: what of it comes in is asked next. */
static void
take_mapping(struct ua_discovery *d, const char *mapping)
{
	d->mapping = mapping;
	run_test(d, FILTERING_1);
}

/* Test I: no answer, or no other address, is the end. */
static void
take_first_test(struct ua_discovery *d, const struct stun *m)
{
	struct buf text = BUF_INIT;

	if (m == NULL) {
		buf_puts(&text, "NAT: the STUN server does not answer");
	} else if (m->other.len == 0) {
		buf_puts(&text, "NAT: the STUN server has one address only");
	} else {
		d->mapped[0] = m->mapped;
		d->other = m->other;
		if (!addr_eq(&m->mapped, &d->own)) {
			run_test(d, MAPPING_2);
			return;
		}
		/* Seen as it is: there is none, though there may be a
		 * firewall. */
		take_mapping(d, "none");
		return;
	}
	end_discovery(d, &text, RULE_NAT_TEST_MAPPING);
}

static void
on_test(const struct stun *m, void *arg)
{
	struct ua_discovery *d = arg;
	bool came = m != NULL && m->mapped.len != 0;

	d->question = NULL;
	switch (d->test) {
	case MAPPING_1:
		take_first_test(d, came ? m : NULL);
		break;
	case MAPPING_2:
		if (came && addr_eq(&m->mapped, &d->mapped[0])) {
			take_mapping(d, independent);
		} else {
			d->mapped[1] = came ? m->mapped : d->mapped[0];
			run_test(d, MAPPING_3);
		}
		break;
	case MAPPING_3:
		take_mapping(d, came && addr_eq(&m->mapped, &d->mapped[1])
				    ? by_address
				    : by_both);
		break;
	case FILTERING_1:
		run_test(d, FILTERING_2);
		break;
	case FILTERING_2:
		if (came)
			say_result(d, independent);
		else
			run_test(d, FILTERING_3);
		break;
	case FILTERING_3:
		say_result(d, came ? by_address : by_both);
		break;
	}
}

static void
run_test(struct ua_discovery *d, enum test test)
{
	struct node *n = d->ua->agent.node;
	bool filtering = test >= FILTERING_1;
	struct node_stun_ask ask = { .sock = d->socks[filtering],
		.dst = d->server,
		.why = filtering ? RULE_NAT_TEST_FILTERING
				 : RULE_NAT_TEST_MAPPING };

	d->test = test;
	if (test == MAPPING_2 || test == MAPPING_3) {
		ask.dst = d->other;
		if (test == MAPPING_2)
			ask.dst.port = d->server.port;
	} else if (test == FILTERING_2) {
		ask.change = STUN_CHANGE_IP | STUN_CHANGE_PORT;
		ask.from = d->other;
	} else if (test == FILTERING_3) {
		ask.change = STUN_CHANGE_PORT;
		ask.from = d->server;
		ask.from.port = d->other.port;
	}
	if (node_stun_ask(n, &ask, on_test, d, &d->question) != 0)
		agent_fail_memory(&d->ua->agent);
}

static void
ua_stun_on_datagram(const struct net_datagram *dg, void *arg)
{
	node_stun_received(arg, dg);
}

int
ua_discover(struct ua *ua, struct diag *diag)
{
	struct node *n = ua->agent.node;
	struct ua_discovery *d;
	struct addr server;
	int err;

	if (!ua_stun_find_server(ua, &server))
		return diag_set(diag, ERR_STATE, NULL, 0,
		    _("%s has no STUN server; set stun="), n->name);
	if (ua->discovery != NULL)
		return diag_set(diag, ERR_STATE, NULL, 0,
		    _("%s is already querying the STUN server"), n->name);
	d = mem_zalloc(1, sizeof(*d));
	if (d == NULL)
		return ERR_NOMEM;
	ua->discovery = d;
	d->ua = ua;
	d->server = server;
	err = net_udp_open(n->host, 0, ua_stun_on_datagram, n, &d->socks[0]);
	if (err == 0)
		err = net_udp_open(
		    n->host, 0, ua_stun_on_datagram, n, &d->socks[1]);
	if (err != 0) {
		free_discovery(d);
		return err;
	}
	d->own = node_face_toward(n, &server)->addr;
	d->own.port = net_udp_port(d->socks[0]);
	run_test(d, MAPPING_1);
	return 0;
}
