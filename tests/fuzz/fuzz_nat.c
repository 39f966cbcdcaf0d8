/*
 * Datagrams through a NAT whose gateway rewrites all that it can, out and in:
 * each arrives, and what could be read can be read there.  Two NUL bytes part
 * the datagrams, which go out and come in by turns.
 */
#include "fuzz.h"

#include "msg/message.h"
#include "roles/roles.h"
#include "node/world.h"

struct through {
	struct world *world;
	struct node *in, *nat, *out;
	struct net_sock *sock;
	size_t came;
	bool readable;
};

static int
sink(const char *line, size_t n, void *arg)
{
	(void)line;
	(void)n;
	(void)arg;
	return 0;
}

static bool
can_be_read(struct str bytes)
{
	static struct msg m;

	return msg_read(&m, bytes, NULL) == MSG_FAULT_NONE;
}

static void
take(const struct net_datagram *d, void *arg)
{
	struct through *x = arg;

	x->came++;
	fuzz_want(!x->readable || can_be_read(d->bytes));
}

static struct node *
add(struct through *x, const char *name, const char *roles,
    const struct world_face *faces, size_t nfaces)
{
	static const struct node_arg all = { .key = "alg",
		.value = "via contact uri auth sdp length" };
	struct world_node spec = { .name = name,
		.roles = roles,
		.domain = "",
		.faces = faces,
		.nfaces = nfaces,
		.attrs = &all,
		.nattrs = nfaces > 1 };
	struct node *n;

	fuzz_want(world_add_node(x->world, &spec, &n) == 0);
	return n;
}

static void
make(struct through *x, struct trace_writer *w)
{
	static const struct world_face faces[] = {
		{ .addr = { .len = 4, .ip = { 192, 168, 1, 20 } } },
		{ .name = "inside",
		    .addr = { .len = 4, .ip = { 192, 168, 1, 1 } } },
		{ .name = "outside",
		    .addr = { .len = 4, .ip = { 203, 0, 113, 7 } } },
		{ .addr = { .len = 4, .ip = { 192, 0, 2, 10 } } },
	};
	struct net_link *l;

	*x = (struct through){ .came = 0 };
	fuzz_want(world_create(&x->world, node_roles, 1, w) == 0);
	x->in = add(x, "in", "", &faces[0], 1);
	x->nat = add(x, "nat", "nat", &faces[1], 2);
	x->out = add(x, "out", "", &faces[3], 1);
	fuzz_want(net_add_link(x->world->net, x->in->host, x->nat->host,
		      &net_link_defaults, &l) == 0);
	fuzz_want(net_add_link(x->world->net, x->nat->host, x->out->host,
		      &net_link_defaults, &l) == 0);
	fuzz_want(net_link_set_face(l, x->nat->host, &faces[2].addr) == 0);
	fuzz_want(net_udp_open(x->in->host, 5060, take, x, &x->sock) == 0);
	fuzz_want(net_udp_open(x->out->host, 5060, take, x, &x->sock) == 0);
	fuzz_want(node_start(x->nat) == 0);
}

static void
send(struct through *x, bool outward, struct str bytes)
{
	struct addr to = { .len = 4, .ip = { 192, 0, 2, 10 }, .port = 5060 };
	struct addr back = { .len = 4, .ip = { 203, 0, 113, 7 }, .port = 5060 };
	struct sim_goal goal = { .until_ns = INT64_MAX };
	size_t before = x->came;

	x->readable = can_be_read(bytes);
	net_udp_send_from(outward ? x->in->host : x->out->host, 5060,
	    outward ? &to : &back, bytes, NULL, RULE_NONE);
	fuzz_want(sim_run(x->world->sim, &goal) != SIM_ERROR);
	fuzz_want(x->came == before + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str rest = { (const char *)bytes, n };
	struct trace_writer *w;
	struct through x;

	fuzz_want(trace_writer_create(&w, TRACE_PROTOCOL, sink, NULL) == 0);
	make(&x, w);
	send(&x, true, STR("opens"));
	for (unsigned i = 0; i < 8 && rest.n > 0; i++) {
		const char *end = memmem(rest.p, rest.n, "\0\0", 2);
		size_t len = end != NULL ? (size_t)(end - rest.p) : rest.n;

		send(&x, (i & 1) == 0, (struct str){ rest.p, len });
		rest = str_slice(rest, len + 2, rest.n);
	}
	world_destroy(x.world);
	trace_writer_destroy(w);
	return 0;
}
