/*
 * A world for the benches: user agents around one record-routing proxy that
 * keeps state, or pairs of them without one.  One phone calls another every so
 * often of virtual time; that answers at once; the first hangs up after a
 * while.  No topology file, no Lua: what is measured is the nodes and all below
 * them.
 */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include "bench.h"

#include "base/err.h"
#include "base/outfile.h"
#include "roles/roles.h"
#include "node/locate.h"
#include "node/world.h"

struct bench_world {
	/* What to run. */
	size_t calls;
	size_t pairs;        /* of phones, which call in turn; 0: one */
	bool direct;         /* a pair has a link of its own, and no proxy */
	const char *between; /* the role that is there instead, or NULL */
	bool twice;          /* two of them, one behind the other */
	bool telephone;      /* it is a gateway, the other phone a telephone */
	bool behind;         /* who calls is behind a NAT */
	const char *ttl;     /* of what a name server says of the domains;
				NULL: there is none */
	bool media;          /* flow in the calls */
	int64_t every_ns;    /* between two calls */
	int64_t hangup_ns;   /* after the answer; < 0: never */
	enum trace_detail detail;
	const char *path;      /* of the trace; NULL: nothing is kept of it */
	bool untold;           /* there is no trace at all */
	net_tamper_fn *tamper; /* sees every message; may be NULL */
	void *tamper_arg;

	/* What came of it. */
	struct world *world;
	struct node *nat, *second;
	struct trace_writer *writer;
	struct outfile file;
	uint64_t bytes; /* of trace */
	uint64_t sends; /* messages */
	size_t placed;
};

static int
bench_sink(const char *line, size_t n, void *arg)
{
	struct bench_world *b = arg;

	b->bytes += n;
	return b->file.f != NULL ? outfile_write(line, n, &b->file) : 0;
}

static int
bench_add_node(struct bench_world *b, const char *name, const char *roles,
    const char *domain, size_t host, const struct node_arg *attrs,
    size_t nattrs, struct node **n)
{
	struct world_node spec = {
		.name = name,
		.roles = roles,
		.domain = domain,
		.addr = { .len = 4,
		    .ip = { 10, (uint8_t)(host >> 16), (uint8_t)(host >> 8),
			(uint8_t)host } },
		.attrs = attrs,
		.nattrs = nattrs,
	};

	return world_add_node(b->world, &spec, n);
}

static void
bench_place(void *arg)
{
	struct bench_world *b = arg;
	char from[32], to[32];
	struct node_arg target = { .key = "target", .value = to };
	const struct node_args args = { &target, 1 };
	struct sim *sim = b->world->sim;
	struct node_result result = { 0 };
	struct diag d = { 0 };
	struct node_act a = { .args = &args, .result = &result, .d = &d };
	const struct node_verb *invite;

	snprintf(from, sizeof(from), "alice%zu", b->placed % b->pairs);
	snprintf(to, sizeof(to), "bob%zu", b->placed % b->pairs);
	if (b->telephone)
		target.value = "sip:+12125550100@10.0.0.1";
	invite = world_verb(world_find(b->world, from), STR("invite"), &a.role);
	sim_open(sim, TRACE_ACT, from, RULE_NONE);
	trace_put_cstr(b->writer, "by", "bench");
	trace_put_cstr(b->writer, "verb", "invite");
	sim_set_cause(sim, trace_close(b->writer));
	if (invite->fn(&a) != 0)
		sim_fail(sim, d.err, "%s", d.text);
	sim_set_cause(sim, 0);
	if (++b->placed < b->calls)
		sim_after(sim, b->every_ns, "bench", bench_place, b);
	else
		sim_release(sim);
}

static int
bench_link(struct bench_world *b, struct node *x, struct node *y)
{
	struct net_link *l;

	return net_add_link(
	    b->world->net, x->host, y->host, &net_link_defaults, &l);
}

/* A NAT in front of TO. */
static int
bench_add_nat(struct bench_world *b, struct node *to)
{
	static const struct world_face faces[] = {
		{ .name = "inside",
		    .addr = { .len = 4, .ip = { 172, 16, 0, 1 } } },
		{ .name = "outside",
		    .addr = { .len = 4, .ip = { 172, 16, 1, 1 } } },
	};
	struct world_node spec = { .name = "nat",
		.roles = "nat",
		.domain = "",
		.faces = faces,
		.nfaces = 2 };
	struct net_link *l;

	return world_add_node(b->world, &spec, &b->nat) == 0 &&
	       net_add_link(b->world->net, b->nat->host, to->host,
		   &net_link_defaults, &l) == 0 &&
	       net_link_set_face(l, b->nat->host, &faces[1].addr) == 0 &&
	       node_start(b->nat) == 0;
}

/* A name server beside PROXY, which has them all in zones that it makes. */
static int
bench_add_names(struct bench_world *b, struct node *proxy, struct node **names)
{
	const struct node_arg ttl = { .key = "ttl", .value = b->ttl };

	b->world->locator = &node_dns;
	return bench_add_node(b, "names", "dns", "", 1 << 16, &ttl, 1, names) ==
		   0 &&
	       bench_link(b, *names, proxy) == 0;
}

/* An exchange in the place of the called phone. */
static int
bench_add_telephone(
    struct bench_world *b, const char *name, size_t host, struct node **n)
{
	static const struct node_arg attrs[] = {
		{ .key = "trunks", .value = "proxy:1-4" },
		{ .key = "telephones", .value = "2125550100" },
		{ .key = "pick_up", .value = "0s" },
		{ .key = "acm", .value = "none" },
	};

	return bench_add_node(b, name, "switch", "", host, attrs, 4, n);
}

static int
bench_add_pair(struct bench_world *b, size_t i, struct node *proxy)
{
	char hangup[32], caller[32], called[32], domain[40];
	const char *media = b->media ? "true" : "false";
	const struct node_arg alice_attrs[] = {
		{ .key = "outbound", .value = "proxy" },
		{ .key = "media", .value = media },
		{ .key = "hangup", .value = hangup },
	};
	size_t first = proxy != NULL && !b->telephone ? 0 : 1;
	size_t end = b->hangup_ns >= 0 ? 3 : 2;
	const struct node_arg bob_attrs[] = {
		/* Who answers at once does not ring: there is no 180. */
		{ .key = "answer", .value = b->direct ? "1ms" : "0s" },
		{ .key = "media", .value = media },
	};
	struct node *alice, *bob;

	snprintf(hangup, sizeof(hangup), "%lldms",
	    (long long)(b->hangup_ns / SIM_MS));
	snprintf(caller, sizeof(caller), "alice%zu", i);
	snprintf(called, sizeof(called), "bob%zu", i);
	snprintf(domain, sizeof(domain), "b%zu.example", i);
	return bench_add_node(b, caller, "ua", "a.example", 2 * i + 2,
		   &alice_attrs[first], end - first, &alice) == 0 &&
	       (b->telephone ? bench_add_telephone(b, called, 2 * i + 3, &bob)
			     : bench_add_node(b, called, "ua", domain,
				   2 * i + 3, bob_attrs, 2, &bob)) == 0 &&
	       bench_link(b, alice,
		   b->nat != NULL  ? b->nat
		   : proxy != NULL ? proxy
				   : bob) == 0 &&
	       (proxy == NULL ||
		   bench_link(b, b->second != NULL ? b->second : proxy, bob) ==
		       0) &&
	       world_add_domain(b->world, domain, bob) == 0 &&
	       node_start(alice) == 0 && node_start(bob) == 0;
}

/* Makes the world; false when that fails. */
__attribute__((unused)) static int
bench_world_open(struct bench_world *b)
{
	static const struct node_arg trunks = { .key = "trunks",
		.value = "bob0:1-4" };
	static const struct node_arg outbound = { .key = "outbound",
		.value = "second" };
	struct node *proxy = NULL, *names = NULL;

	if (b->pairs == 0)
		b->pairs = 1;
	if (b->path != NULL && outfile_open(&b->file, b->path) != 0)
		return 0;
	if (trace_writer_create(
		&b->writer, b->detail, b->untold ? NULL : bench_sink, b) != 0 ||
	    world_create(&b->world, node_roles, 1, b->writer) != 0)
		return 0;
	if (!b->direct && bench_add_node(b, "proxy",
			      b->between != NULL ? b->between : "proxy",
			      "p.example", 1, b->twice ? &outbound : &trunks,
			      b->telephone || b->twice, &proxy) != 0)
		return 0;
	if (b->twice && (bench_add_node(b, "second", b->between, "s.example",
			     1 << 17, NULL, 0, &b->second) != 0 ||
			    bench_link(b, proxy, b->second) != 0 ||
			    node_start(b->second) != 0))
		return 0;
	/* A gateway looks for its neighbour when it starts. */
	if (proxy != NULL && !b->telephone && node_start(proxy) != 0)
		return 0;
	if (b->behind && !bench_add_nat(b, proxy))
		return 0;
	if (b->ttl != NULL && !bench_add_names(b, proxy, &names))
		return 0;
	for (size_t i = 0; i < b->pairs; i++)
		if (!bench_add_pair(b, i, proxy))
			return 0;
	if (b->telephone && node_start(proxy) != 0)
		return 0;
	if (names != NULL && node_start(names) != 0)
		return 0;
	if (b->tamper != NULL)
		net_set_tamper(b->world->net, b->tamper, b->tamper_arg);
	sim_hold(b->world->sim);
	sim_after(b->world->sim, 0, "bench", bench_place, b);
	return 1;
}

/* Runs it until UNTIL_NS or until nothing lives any more; false after an
 * error. */
__attribute__((unused)) static int
bench_world_run(struct bench_world *b, int64_t until_ns)
{
	struct sim_goal goal = { .until_ns = until_ns };
	enum sim_result r = sim_run(b->world->sim, &goal);

	if (r == SIM_ERROR)
		fprintf(stderr, "%s\n", sim_error(b->world->sim)->text);
	return r == SIM_IDLE || r == SIM_TIME;
}

__attribute__((unused)) static void
bench_world_close(struct bench_world *b)
{
	world_destroy(b->world);
	trace_writer_destroy(b->writer);
	if (b->file.f != NULL)
		outfile_close(&b->file, true);
	b->world = NULL;
	b->writer = NULL;
}

#endif
