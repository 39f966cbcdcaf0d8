/*
 * Where a request goes, by the DNS (RFC 3263): which transport (4.1), which
 * servers in which order (4.2), which addresses these have, asked for when
 * their turn comes (4.3).
 *
 * Each step asks the resolver; where that does not know yet, the question
 * waits, and is gone through again from its beginning when there is an answer:
 * what was known then is known still.  Nothing is drawn before all is known.
 */
#include "node/locate_dns_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/constants.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/dialog.h"
#include "text/json.h"

/* ---- addresses of a host ---- */

/* N has an address of LEN bytes. */
static bool
has_family(const struct node *n, uint8_t len)
{
	for (size_t i = 0; i < n->nfaces; i++)
		if (n->faces[i].addr.len == len)
			return true;
	return false;
}

/* What addresses the host has; HURRIED: those of one family, and the other one
 * is not waited for. */
static void
record_addresses(const struct looking *k, const struct addr *list, size_t count,
    bool hurried)
{
	struct node *n = k->q->node;
	struct trace_writer *w = node_record(n, TRACE_LOOKUP,
	    hurried                                 ? RULE_DNS_EYEBALLS
	    : has_family(n, 16) && has_family(n, 4) ? RULE_DNS_FAMILY
						    : RULE_DNS_HOST);
	LOCAL_BUF all = BUF_INIT, one = BUF_INIT;

	trace_put_cstr(w, "op", "addresses");
	trace_put_cstr(w, "aor", k->host);
	trace_put_cstr(w, "status", count > 0 ? "ok" : "none");
	for (size_t i = 0; i < count; i++) {
		buf_clear(&one);
		addr_write_host(&list[i], &one);
		json_add_item(&all, "%s", buf_cstr(&one));
	}
	trace_put_list(w, "targets", &all);
	node_record_cause(n);
}

#define ADDRESSES 16

/* RFC 6724 2.1: IPv6 comes first. */
static const struct {
	uint8_t len;
	unsigned type;
} families[] = { { 16, DNS_TYPE_AAAA }, { 4, DNS_TYPE_A } };

/* What a host has of one family. */
struct found {
	struct addr list[ADDRESSES];
	size_t n;
	bool awaited; /* it is being asked for */
};

/* F becomes HOST's addresses of FAMILY, where K wants these: 0 or ERR_NOMEM. */
static int
find_family(struct looking *k, const struct dns_name *host, unsigned family,
    struct found *f)
{
	struct node *n = k->q->node;
	struct resolver_wait *w = family == 0 ? &k->wait : &k->other;
	struct resolver_answer a = { 0 };
	uint8_t len = families[family].len;
	int err = 0;

	f->n = 0;
	if (has_family(n, len) && (k->by.len == 0 || k->by.len == len))
		err = resolver_get(n, host, families[family].type, w, &a);
	f->awaited = err == ERR_STOPPED;
	for (size_t i = 0; i < a.n && f->n < ADDRESSES; i++) {
		struct addr *to = &f->list[f->n];

		if (dns_record_addr(&a.records[i], to) != 0)
			continue;
		to->port = k->by.port;
		to->transport = k->by.transport;
		f->n++;
	}
	return f->awaited ? 0 : err;
}

static void look_up_late(void *arg);

/* RFC 8305 3: a connection needs not wait for all addresses.  Where there are
 * some of IPv6 (F[0]) it waits for answers at this instant; where there are
 * some of IPv4 for a short while. */
static bool
may_go_on(struct looking *k, const struct found f[2])
{
	if (!f[0].awaited && !f[1].awaited)
		return true;
	if (!addr_transports[k->by.transport].stream ||
	    (f[0].n == 0 && f[1].n == 0))
		return false;
	if (!k->late && k->delay == 0)
		k->delay = node_after(k->q->node,
		    f[0].n > 0 ? 0 : TIME_RESOLUTION_DELAY_MS * SIM_MS,
		    look_up_late, k);
	return k->late;
}

/* All of F in the order in which they are tried; how many.  Of a connection the
 * families take turns (RFC 8305 4). */
static size_t
merge_families(
    const struct looking *k, const struct found f[2], struct addr *all)
{
	bool in_turn = addr_transports[k->by.transport].stream;
	size_t n = 0, at[2] = { 0, 0 };

	for (unsigned turn = 0; at[0] < f[0].n || at[1] < f[1].n;
	     turn = in_turn ? !turn : turn) {
		if (at[turn] == f[turn].n)
			turn = !turn;
		all[n++] = f[turn].list[at[turn]++];
	}
	return n;
}

/* As locate_dns_find_host of the locator. */
static int
find_host_addresses(struct looking *k, struct addr *dst)
{
	struct addr all[2 * ADDRESSES], rest = k->by;
	struct found f[2];
	struct dns_name host;
	size_t count;
	int err = dns_name_read(str_of(k->host), NULL, &host);

	for (unsigned i = 0; err == 0 && i < 2; i++)
		err = find_family(k, &host, i, &f[i]);
	if (err != 0)
		return err == ERR_SYNTAX ? ERR_NOTFOUND : err;
	if (!may_go_on(k, f))
		return ERR_STOPPED;
	count = merge_families(k, f, all);
	record_addresses(k, all, count, f[0].awaited || f[1].awaited);
	for (size_t i = 1; i < count; i++)
		if (node_locate_add(k->q, &all[i]) != 0)
			return ERR_NOMEM;
	rest.len = f[0].awaited ? 16 : 4;
	if ((f[0].awaited || f[1].awaited) &&
	    node_locate_add_host(k->q, str_of(k->host), &rest) != 0)
		return ERR_NOMEM;
	if (count == 0)
		return ERR_NOTFOUND;
	*dst = all[0];
	return 0;
}

/* ---- questions that wait ---- */

static void
forget_looking(struct looking *k)
{
	resolver_forget(&k->wait);
	resolver_forget(&k->other);
	sim_cancel(node_sim(k->q->node), k->delay);
	mem_free(k->uri);
	mem_free(k->host);
	k->q->locator = NULL;
	mem_free(k);
}

static int
locate_dns_look_up(struct looking *k, struct addr *dst)
{
	/* One of the two queries was answered: the wait for the other ends
	 * as well. */
	resolver_forget(&k->wait);
	resolver_forget(&k->other);
	return k->uri != NULL || k->by.port == 0 ? locate_servers(k)
						 : find_host_addresses(k, dst);
}

/* There is an answer: all is gone through again. */
static void
on_name(void *arg)
{
	struct looking *k = arg;
	struct node_question *q = k->q;
	struct addr dst = k->by;
	int err = locate_dns_look_up(k, &dst);

	if (err == ERR_STOPPED)
		return;
	forget_looking(k);
	node_fail_nomem(q->node, err);
	node_locate_answer(q, err == 0 ? 0 : ERR_NOTFOUND, &dst);
}

static void
look_up_late(void *arg)
{
	struct looking *k = arg;

	k->delay = 0;
	k->late = true;
	on_name(k);
}

/* Looks up URI or HOST, of which one is empty, now or, with ERR_STOPPED, later.
 */
static int
begin_look_up(
    struct node_question *q, struct str uri, struct str host, struct addr *dst)
{
	struct looking *k = mem_zalloc(1, sizeof(*k));
	int err = k != NULL ? 0 : ERR_NOMEM;

	if (k != NULL) {
		resolver_begin(q->node, &k->wait, on_name, k);
		resolver_begin(q->node, &k->other, on_name, k);
		k->q = q;
		k->by = *dst;
		k->uri = uri.n > 0 ? mem_dup(uri.p, uri.n) : NULL;
		k->host = host.n > 0 ? mem_dup(host.p, host.n) : NULL;
		q->locator = k;
		err = k->uri != NULL || k->host != NULL
			  ? locate_dns_look_up(k, dst)
			  : ERR_NOMEM;
		if (err != ERR_STOPPED)
			forget_looking(k);
	}
	node_fail_nomem(q->node, err);
	return err == 0 || err == ERR_STOPPED ? err : ERR_NOTFOUND;
}

/* ---- the locator ---- */

static void
tell_nowhere(void *arg)
{
	struct looking *k = arg;
	struct node_question *q = k->q;
	struct addr none = { 0 };

	k->delay = 0;
	forget_looking(k);
	node_locate_answer(q, ERR_NOTFOUND, &none);
}

static int
tell_late(struct node_question *q)
{
	struct looking *k;

	if (!resolver_has_servers(q->node))
		return ERR_NOTFOUND;
	k = mem_zalloc(1, sizeof(*k));
	if (k == NULL) {
		node_fail_memory(q->node);
		return ERR_NOTFOUND;
	}
	resolver_begin(q->node, &k->wait, on_name, k);
	resolver_begin(q->node, &k->other, on_name, k);
	k->q = q;
	k->delay =
	    sim_after(node_sim(q->node), 0, q->node->name, tell_nowhere, k);
	q->locator = k;
	return ERR_STOPPED;
}

static int
ask_dns(struct node_question *q, struct str uri, struct addr *dst)
{
	struct msg_uri u;

	if (world_is_noted(q->node, uri, dst) || sip_next_hop(uri, dst) == 0)
		return 0;
	if (msg_uri_read(uri, &u) != 0)
		return ERR_NOTFOUND;
	if (!resolver_has_servers(q->node))
		return node_directory.ask(q, uri, dst);
	if (!node_speaks(q->node, &u) || node_is_nowhere(&u))
		return ERR_NOTFOUND;
	q->chosen = true;
	return begin_look_up(q, uri, STR_NULL, dst);
}

static int
locate_dns_find_host(
    struct node_question *q, const char *host, struct addr *dst)
{
	return begin_look_up(q, STR_NULL, str_of(host), dst);
}

static void
forget_dns(struct node_question *q)
{
	if (q->locator != NULL)
		forget_looking(q->locator);
}

const struct node_locator node_dns = { .ask = ask_dns,
	.forget = forget_dns,
	.find_host = locate_dns_find_host,
	.tell_late = tell_late };
