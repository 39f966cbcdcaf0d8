/* What net_world.h declares. */
#include "net_world.h"

#include "fixtures/check.h"

#include <stdlib.h>

static int
world_sink(const char *line, size_t n, void *arg)
{
	struct world *w = arg;

	buf_add(&w->trace, line, n);
	return w->trace.err;
}

void
world_recv(const struct net_datagram *d, void *arg)
{
	struct world *w = arg;

	w->received++;
	w->got = *d;
	w->cause = sim_cause(w->sim);
	buf_clear(&w->last);
	buf_str(&w->last, d->bytes);
}

int
world_open(struct world *w, uint64_t seed, enum trace_detail detail)
{
	int err;

	memset(w, 0, sizeof(*w));
	err = trace_writer_create(&w->writer, detail, world_sink, w);
	if (err == 0)
		err = sim_create(&w->sim, seed, w->writer);
	if (err == 0)
		err = net_create(&w->net, w->sim);
	return err;
}

void
world_close(struct world *w)
{
	net_destroy(w->net);
	if (w->sim != NULL)
		CU_ASSERT_EQUAL(sim_held(w->sim), 0);
	sim_destroy(w->sim);
	trace_writer_destroy(w->writer);
	buf_free(&w->trace);
	buf_free(&w->last);
}

struct addr
world_sock_addr(const struct net_sock *s)
{
	struct addr a = net_host_addr(s->host);

	a.port = s->local.port;
	return a;
}

struct addr
world_addr(const struct world *w, size_t host)
{
	struct addr a = { .len = 4, .ip = { 192, 0, 2 }, .port = 5060 };

	if (w->v6)
		a = (struct addr){ .len = 16,
			.ip = { 0x20, 0x01, 0x0d, 0xb8 },
			.port = 5060 };
	a.ip[a.len - 1] = (uint8_t)(host + 1);
	return a;
}

int
world_hosts(struct world *w, const char *names)
{
	struct str rest = str_of(names);

	while (rest.n > 0) {
		struct str name = str_cut(rest, ' ', &rest);
		bool router = str_ends(name, "*");
		struct addr a = world_addr(w, w->nhosts);
		size_t i = w->nhosts;
		char text[32];
		int err;

		snprintf(
		    text, sizeof(text), "%.*s", (int)(name.n - router), name.p);
		err = net_add_host(w->net, text, router, &w->hosts[i]);
		if (err == 0)
			err = net_host_add_addr(w->hosts[i], &a);
		if (err == 0)
			err = net_udp_open(
			    w->hosts[i], 5060, world_recv, w, &w->socks[i]);
		if (err != 0)
			return err;
		w->nhosts++;
	}
	return 0;
}

int
world_links(
    struct world *w, const char *pairs, const struct net_link_params *params)
{
	struct str rest = str_of(pairs);

	while (rest.n > 0) {
		struct str pair = str_cut(rest, ' ', &rest), second;
		struct str first = str_cut(pair, '-', &second);
		char a[32], b[32];
		struct net_link *l;
		int err;

		snprintf(a, sizeof(a), "%.*s", STR_ARG(first));
		snprintf(b, sizeof(b), "%.*s", STR_ARG(second));
		err = net_add_link(w->net, net_find_host(w->net, a),
		    net_find_host(w->net, b),
		    params != NULL ? params : &net_link_defaults, &l);
		if (err != 0)
			return err;
	}
	return 0;
}

size_t
world_index(const struct world *w, const char *name)
{
	for (size_t i = 0; i < w->nhosts; i++)
		if (strcmp(net_host_name(w->hosts[i]), name) == 0)
			return i;
	abort();
}

uint64_t
world_send(struct world *w, const char *from, const char *to, struct str bytes)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_UDP };
	struct addr dst = world_addr(w, world_index(w, to));

	return net_udp_send(
	    w->socks[world_index(w, from)], &dst, bytes, &m, RULE_NONE);
}

enum sim_result
world_run(struct world *w, int64_t until_ns)
{
	struct sim_goal goal = { .until_ns = until_ns };

	return sim_run(w->sim, &goal);
}

struct str
world_line(const struct world *w, size_t n, const char *a, const char *b)
{
	struct str rest = buf_view(&w->trace);

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_find(line, a) < 0 ||
		    (b != NULL && str_find(line, b) < 0))
			continue;
		if (n-- == 0)
			return line;
	}
	return STR_NULL;
}

size_t
world_count(const struct world *w, const char *a, const char *b)
{
	size_t n = 0;

	while (world_line(w, n, a, b).n > 0)
		n++;
	return n;
}

int64_t
world_int(struct str line, const char *key)
{
	struct json_value v;
	int64_t n;

	if (json_read(&line, &v) != 0 || json_int(json_member(v, key), &n) != 0)
		return -1;
	return n;
}

bool
world_is(struct str line, const char *key, const char *text)
{
	LOCAL_BUF b = BUF_INIT;
	struct json_value v;
	bool same = false;

	if (json_read(&line, &v) == 0 &&
	    json_text(json_member(v, key), &b) == 0)
		same = str_is(buf_view(&b), text);
	return same;
}

void
world_make(struct world *w, const char *hosts, const char *links)
{
	CU_ASSERT_EQUAL_FATAL(world_open(w, 1, TRACE_NETWORK), 0);
	CU_ASSERT_EQUAL_FATAL(world_hosts(w, hosts), 0);
	CU_ASSERT_EQUAL_FATAL(world_links(w, links, NULL), 0);
}

struct str
world_last_drop(const struct world *w)
{
	size_t n = world_count(w, KIND("drop"), NULL);

	return n > 0 ? world_line(w, n - 1, KIND("drop"), NULL) : STR_NULL;
}

struct str
world_text(size_t n)
{
	static char text[70000];

	for (size_t i = 0; i < n; i++)
		text[i] = (char)('a' + i % 26);
	return (struct str){ text, n };
}

void
world_mtu(struct world *w, const char *a, const char *b, uint32_t mtu)
{
	struct net_link *l = net_find_link(w->net, a, b);
	struct net_link_params p = *net_link_params(l);

	p.mtu = mtu;
	net_link_set_params(l, &p);
}
