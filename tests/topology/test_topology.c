/* Topology files: what a good file means. */
#include "fixtures/check.h"
#include "fixtures/page_part.h"
#include "text/utf8.h"
#include "topology_reference.h"

#include "base/err.h"
#include "base/mem.h"
#include "topology/topology.h"
#include "topology/topology_table.h"

#include <string.h>
#include <unistd.h>

/* Reads TEXT and expects it to be good. */
static struct topology *
good_with(const char *text, const struct topology_setting *settings, size_t n)
{
	struct diag d = DIAG_INIT;
	struct topology *t;
	int err = topology_read(&t, str_of(text), "t.gv", settings, n, &d);

	if (err != 0) {
		struct buf out = BUF_INIT;

		diag_write(&d, &out);
		printf("  %s\n", buf_cstr(&out));
		buf_free(&out);
	}
	CU_ASSERT_EQUAL_FATAL(err, 0);
	CU_ASSERT_EQUAL(d.err, 0);
	return t;
}

static struct topology *
good(const char *text)
{
	return good_with(text, NULL, 0);
}

static const struct topology_node *
node(const struct topology *t, const char *name)
{
	const struct topology_node *n = topology_find(t, name, NULL);

	CU_ASSERT_PTR_NOT_NULL_FATAL(n);
	return n;
}

static bool
has_addr(const struct topology_node *n, const char *text)
{
	LOCAL_BUF b = BUF_INIT;
	bool same;

	addr_write(&n->addr, &b);
	same = strcmp(buf_cstr(&b), text) == 0;
	if (!same)
		printf("  %s has %s, not %s\n", n->name, buf_cstr(&b), text);
	return same;
}

static const char *
value(const struct topology_node *n, const char *name)
{
	const struct topology_attr *a = topology_attr(n, name);

	return a != NULL ? a->value : NULL;
}

static unsigned
line(const struct topology_node *n, const char *name)
{
	const struct topology_attr *a = topology_attr(n, name);

	return a != NULL ? a->line : 0;
}

static const char trapezoid[] =
    "graph trapezoid {\n"
    "    graph [seed=7, duration=\"1min\", label=\"Two\\nproxies\"]\n"
    "    edge  [delay=\"7ms\"]\n"
    "    subgraph cluster_atlanta {\n"
    "        domain=\"atlanta.example.com\"\n"
    "        alice  [role=ua, aor=\"sip:alice@atlanta.example.com\",\n"
    "                outbound=atl]\n"
    "        atl    [role=\"proxy  registrar location\"]\n"
    "        lan1                                   // a router\n"
    "    }\n"
    "    subgraph cluster_biloxi {\n"
    "        domain=\"biloxi.example.com\"; label=\"Biloxi\"\n"
    "        bob    [role=ua, answer=\"2s\", shape=box]\n"
    "        bil    [role=\"proxy registrar location\"]\n"
    "        lan2\n"
    "    }\n"
    "    alice -- lan1 -- atl\n"
    "    lan1 -- lan2 [delay=\"20ms\", jitter=\"4ms\", loss=\"1%\",\n"
    "        rate=\"10mbit\", mtu=576, queue=5, duplicate=0.5]\n"
    "    bil -- lan2 -- bob\n"
    "}\n";

static void
nodes(void)
{
	static const char *const names[] = { "alice", "atl", "lan1", "bob",
		"bil", "lan2" };
	struct topology *t = good(trapezoid);

	CU_ASSERT_STRING_EQUAL(t->file, "t.gv");
	CU_ASSERT_STRING_EQUAL(t->title, "Two proxies");
	CU_ASSERT_EQUAL(t->seed, 7);
	CU_ASSERT_EQUAL(t->duration_ns, 60000000000);
	CU_ASSERT_EQUAL_FATAL(t->nnodes, 6);
	for (size_t i = 0; i < 6; i++)
		CU_ASSERT_STRING_EQUAL(t->nodes[i].name, names[i]);
	CU_ASSERT_EQUAL(node(t, "lan1")->line, 9);
	CU_ASSERT_EQUAL(node(t, "bil")->line, 14);
	CU_ASSERT_STRING_EQUAL(
	    node(t, "atl")->role, "proxy registrar location");
	CU_ASSERT_STRING_EQUAL(node(t, "lan2")->role, "");
	CU_ASSERT_STRING_EQUAL(node(t, "lan2")->domain, "biloxi.example.com");
	CU_ASSERT_STRING_EQUAL(node(t, "lan2")->group, "Biloxi");
	CU_ASSERT_STRING_EQUAL(node(t, "lan2")->cluster, "cluster_biloxi");
	CU_ASSERT_STRING_EQUAL(node(t, "alice")->group, "");
	CU_ASSERT_STRING_EQUAL(node(t, "alice")->cluster, "");
	CU_ASSERT_EQUAL(node(t, "bob")->nattrs, 2);
	CU_ASSERT_STRING_EQUAL(value(node(t, "bob"), "answer"), "2s");
	CU_ASSERT_PTR_NULL(topology_attr(node(t, "bob"), "busy"));
	CU_ASSERT_EQUAL(line(node(t, "alice"), "outbound"), 7);
	topology_drop(t);
	topology_drop(NULL);
}

static void
links(void)
{
	static const struct {
		const char *a, *b;
		unsigned line;
	} want[] = { { "alice", "lan1", 17 }, { "lan1", "atl", 17 },
		{ "lan1", "lan2", 18 }, { "bil", "lan2", 20 },
		{ "lan2", "bob", 20 } };
	struct topology *t = good(trapezoid);
	const struct net_link_params *p;

	CU_ASSERT_EQUAL_FATAL(t->nedges, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct topology_edge *e = &t->edges[i];

		CU_ASSERT_STRING_EQUAL(t->nodes[e->a].name, want[i].a);
		CU_ASSERT_STRING_EQUAL(t->nodes[e->b].name, want[i].b);
		CU_ASSERT_EQUAL(e->line, want[i].line);
	}
	p = &t->edges[0].params;
	CU_ASSERT_EQUAL(p->delay_ns, 7000000);
	CU_ASSERT_EQUAL(p->jitter_ns, 0);
	CU_ASSERT_EQUAL(p->mtu, 1500);
	p = &t->edges[2].params;
	CU_ASSERT_EQUAL(p->delay_ns, 20000000);
	CU_ASSERT_EQUAL(p->jitter_ns, 4000000);
	CU_ASSERT_EQUAL(p->loss, 0.01);
	CU_ASSERT_EQUAL(p->duplicate, 0.5);
	CU_ASSERT_EQUAL(p->rate_bps, 10000000);
	CU_ASSERT_EQUAL(p->queue, 5);
	CU_ASSERT_EQUAL(p->mtu, 576);
	topology_drop(t);
}

/* The defaults that the reference shows are those of the links. */
static void
link_defaults(void)
{
	static const enum topology_attr_id ids[] = { TOPOLOGY_ATTR_delay,
		TOPOLOGY_ATTR_jitter, TOPOLOGY_ATTR_loss,
		TOPOLOGY_ATTR_duplicate, TOPOLOGY_ATTR_queue,
		TOPOLOGY_ATTR_mtu };
	struct topology *t = good("graph { a -- b }"), *u;
	struct buf b = BUF_INIT;

	buf_puts(&b, "graph { a -- b [");
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		buf_printf(&b, "%s=\"%s\" ", topology_attr_rows[ids[i]].name,
		    topology_attr_rows[ids[i]].dflt);
	buf_puts(&b, "] }");
	u = good(buf_cstr(&b));
	CU_ASSERT_EQUAL(memcmp(&t->edges[0].params, &u->edges[0].params,
			    sizeof(t->edges[0].params)),
	    0);
	CU_ASSERT_EQUAL(memcmp(&t->edges[0].params, &net_link_defaults,
			    sizeof(net_link_defaults)),
	    0);
	topology_drop(t);
	topology_drop(u);
	buf_free(&b);
}

static void
inheritance(void)
{
	struct topology *t = good("graph {\n"
				  "before [role=ua]\n"
				  "node [role=ua, answer=\"1s\"]\n"
				  "a; b [answer=\"2s\"]; c [answer=\"\"]\n"
				  "subgraph {\n"
				  "node [answer=never]\n"
				  "d; { e }\n"
				  "}\n"
				  "f\n"
				  "p [role=proxy]; r [role=\"\"]\n"
				  "f [answer=\"3s\"]\n"
				  "edge [delay=\"1ms\"]\n"
				  "a -- b\n"
				  "{ edge [delay=\"2ms\"] a -- c }\n"
				  "a -- d [delay=\"\"]\n"
				  "}");

	CU_ASSERT_PTR_NULL(value(node(t, "before"), "answer"));
	CU_ASSERT_STRING_EQUAL(value(node(t, "a"), "answer"), "1s");
	CU_ASSERT_EQUAL(line(node(t, "a"), "answer"), 3);
	CU_ASSERT_STRING_EQUAL(value(node(t, "b"), "answer"), "2s");
	CU_ASSERT_EQUAL(line(node(t, "b"), "answer"), 4);
	CU_ASSERT_EQUAL(line(node(t, "b"), "role"), 3);
	CU_ASSERT_PTR_NULL(value(node(t, "c"), "answer"));
	CU_ASSERT_STRING_EQUAL(value(node(t, "d"), "answer"), "never");
	CU_ASSERT_STRING_EQUAL(value(node(t, "e"), "answer"), "never");
	CU_ASSERT_EQUAL(line(node(t, "e"), "answer"), 6);
	CU_ASSERT_STRING_EQUAL(value(node(t, "f"), "answer"), "3s");
	CU_ASSERT_EQUAL(line(node(t, "f"), "answer"), 11);
	/* What does not fit a role is not inherited. */
	CU_ASSERT_PTR_NULL(value(node(t, "p"), "answer"));
	CU_ASSERT_PTR_NULL(value(node(t, "r"), "answer"));
	CU_ASSERT_STRING_EQUAL(node(t, "r")->role, "");
	CU_ASSERT_EQUAL(t->edges[0].params.delay_ns, 1000000);
	CU_ASSERT_EQUAL(t->edges[1].params.delay_ns, 2000000);
	CU_ASSERT_EQUAL(t->edges[2].params.delay_ns, 5000000);
	topology_drop(t);
}

static void
domains(void)
{
	struct topology *t =
	    good("graph { domain=\"top.example\"; x\n"
		 "subgraph cluster_a {\n"
		 " domain=\"a.example\" a1\n"
		 " subgraph cluster_in { domain=\"in.example\"\n"
		 "  i1; { i2 }; i3 [domain=\"own.example\"] }\n"
		 " subgraph cluster_none { n1 label=None }\n"
		 " a2 }\n"
		 "subgraph cluster { c1 }\n"
		 "subgraph cluster_a { a3 }\n"
		 "x -- a1; a2 -- i1 -- c1 }");

	CU_ASSERT_STRING_EQUAL(node(t, "x")->domain, "top.example");
	CU_ASSERT_STRING_EQUAL(node(t, "a1")->domain, "a.example");
	CU_ASSERT_STRING_EQUAL(node(t, "i1")->domain, "in.example");
	CU_ASSERT_STRING_EQUAL(node(t, "i2")->domain, "in.example");
	CU_ASSERT_STRING_EQUAL(node(t, "i3")->domain, "own.example");
	CU_ASSERT_STRING_EQUAL(node(t, "n1")->domain, "a.example");
	CU_ASSERT_STRING_EQUAL(node(t, "n1")->cluster, "cluster_none");
	CU_ASSERT_STRING_EQUAL(node(t, "i1")->cluster, "");
	CU_ASSERT_STRING_EQUAL(node(t, "a2")->domain, "a.example");
	CU_ASSERT_STRING_EQUAL(node(t, "a3")->domain, "a.example");
	CU_ASSERT_STRING_EQUAL(node(t, "c1")->domain, "top.example");
	CU_ASSERT_STRING_EQUAL(node(t, "c1")->cluster, "");
	topology_drop(t);
	t = good("graph { a }");
	CU_ASSERT_STRING_EQUAL(node(t, "a")->domain, "");
	CU_ASSERT_STRING_EQUAL(t->title, "");
	CU_ASSERT_EQUAL(t->seed, 1);
	CU_ASSERT_EQUAL(t->duration_ns, 0);
	topology_drop(t);
}

static void
entries(void)
{
	struct topology *t =
	    good("graph { node [domain=\"one.example\"]\n"
		 "p [role=proxy] r [role=\"registrar location\"] "
		 "u [role=ua, domain=\"ONE.Example\"]\n"
		 "node [domain=\"two.example\"]\n"
		 "p1 [role=proxy] p2 [role=proxy, inbound=true]\n"
		 "node [domain=\"three.example\"]\n"
		 "r3 [role=registrar, location=r] u3 [role=ua]\n"
		 "node [domain=\"four.example\"] u4 [role=ua]\n"
		 "node [domain=\"\"] x [role=proxy] y [role=proxy] }");

	CU_ASSERT_STRING_EQUAL(node(t, "p")->entry->name, "p");
	CU_ASSERT_STRING_EQUAL(node(t, "r")->entry->name, "p");
	CU_ASSERT_STRING_EQUAL(node(t, "u")->entry->name, "p");
	CU_ASSERT_STRING_EQUAL(node(t, "p1")->entry->name, "p2");
	CU_ASSERT_STRING_EQUAL(node(t, "u3")->entry->name, "r3");
	CU_ASSERT_PTR_NULL(node(t, "u4")->entry);
	CU_ASSERT_PTR_NULL(node(t, "x")->entry);
	topology_drop(t);
}

static void
addresses(void)
{
	struct topology *t = good("graph { a; b [domain=\"x.example\"];\n"
				  "c [addr=\"192.0.2.2:5070\"]; d;\n"
				  "e [domain=\"x.example\"]\n"
				  "f [addr=\"2001:db8::1\"]\n"
				  "g [domain=\"y.example\"]\n"
				  "h [domain=\"z.example\"]\n"
				  "i [domain=\"w.example\"] }");

	CU_ASSERT_TRUE(has_addr(node(t, "a"), "192.0.2.1"));
	CU_ASSERT_TRUE(has_addr(node(t, "b"), "198.51.100.1"));
	CU_ASSERT_TRUE(has_addr(node(t, "c"), "192.0.2.2:5070"));
	CU_ASSERT_TRUE(has_addr(node(t, "d"), "192.0.2.3"));
	CU_ASSERT_TRUE(has_addr(node(t, "e"), "198.51.100.2"));
	CU_ASSERT_TRUE(has_addr(node(t, "f"), "2001:db8::1"));
	CU_ASSERT_TRUE(has_addr(node(t, "g"), "203.0.113.1"));
	CU_ASSERT_TRUE(has_addr(node(t, "h"), "198.18.0.1"));
	CU_ASSERT_TRUE(has_addr(node(t, "i"), "198.18.1.1"));
	topology_drop(t);
}

/* A thousand nodes, in one domain or in a domain each: all different. */
static void
many_addresses(void)
{
	for (int each = 0; each < 2; each++) {
		struct buf b = BUF_INIT;
		struct topology *t;
		size_t same = 0;

		buf_puts(&b, "graph {");
		for (int i = 0; i < 1000; i++)
			if (each)
				buf_printf(&b, "n%d [domain=\"d%d\"]", i, i);
			else
				buf_printf(&b, "n%d;", i);
		buf_puts(&b, "}");
		t = good(buf_cstr(&b));
		CU_ASSERT_EQUAL_FATAL(t->nnodes, 1000);
		for (size_t i = 0; i < t->nnodes; i++)
			for (size_t j = 0; j < i; j++)
				same += addr_same_ip(
				    &t->nodes[i].addr, &t->nodes[j].addr);
		CU_ASSERT_EQUAL(same, 0);
		if (!each) {
			CU_ASSERT_TRUE(
			    has_addr(node(t, "n253"), "192.0.2.254"));
			CU_ASSERT_TRUE(
			    has_addr(node(t, "n254"), "198.51.100.1"));
			CU_ASSERT_TRUE(
			    has_addr(node(t, "n999"), "198.18.0.238"));
		}
		topology_drop(t);
		buf_free(&b);
	}
}

/* Graphviz's language in its odder forms. */
static void
language(void)
{
	struct topology *t =
	    good("\xef\xbb\xbf# a line\n"
		 "/* comment\n*/ STRICT Graph \"odd \\\" one\" {\n"
		 "Node [role=\"u\" + \"a\"] // comment\n"
		 "\"a.b-c\":n:s -- 7; a -- b:w\n"
		 "{x, y} -- z [label=<<b>x</b>>]; z [label=<<i>z</i>>]\n"
		 "x -- z [delay=\"9ms\"]\n"
		 "\"-\\\nq\" [label=\"two\n"
		 "lines\", role=ua][busy=on]\n"
		 "}\n");

	CU_ASSERT_EQUAL_FATAL(t->nnodes, 8);
	CU_ASSERT_STRING_EQUAL(t->nodes[0].name, "a.b-c");
	CU_ASSERT_EQUAL(t->nodes[0].line, 5);
	CU_ASSERT_STRING_EQUAL(t->nodes[1].name, "7");
	CU_ASSERT_STRING_EQUAL(t->nodes[0].role, "ua");
	CU_ASSERT_EQUAL_FATAL(t->nedges, 4);
	CU_ASSERT_EQUAL(t->edges[2].line, 6);
	CU_ASSERT_PTR_NULL(value(node(t, "z"), "label"));
	CU_ASSERT_STRING_EQUAL(t->nodes[7].name, "-q");
	CU_ASSERT_EQUAL(t->nodes[7].line, 8);
	CU_ASSERT_STRING_EQUAL(value(&t->nodes[7], "busy"), "on");
	CU_ASSERT_EQUAL(line(&t->nodes[7], "busy"), 10);
	topology_drop(t);
}

/* Groups of nodes, also a subgraph that is opened twice. */
static void
groups(void)
{
	struct topology *t = good("graph {\n"
				  "{a b} -- {c -- d}\n"
				  "subgraph s {e}\n"
				  "subgraph s {f} -- g\n"
				  "h, i -- j\n"
				  "}");
	static const unsigned lines[] = { 2, 2, 2, 2, 2, 4, 4, 5, 5 };

	CU_ASSERT_EQUAL_FATAL(t->nedges, 9);
	for (size_t i = 0; i < 9; i++)
		CU_ASSERT_EQUAL(t->edges[i].line, lines[i]);
	CU_ASSERT_STRING_EQUAL(t->nodes[t->edges[5].a].name, "e");
	CU_ASSERT_STRING_EQUAL(t->nodes[t->edges[6].a].name, "f");
	topology_drop(t);
}

static void
settings(void)
{
	static const struct topology_setting set[] = {
		{ "bob.answer=never", NULL }, { "graph.seed=9", NULL },
		{ "lan2--lan1.delay=1s", NULL },
		{ "alice -- lan1.loss=2%", NULL }, { "graph.duration=", NULL },
		{ "bil.location=atl", NULL }, { "bob.busy=true", NULL },
		{ "bob.busy=", NULL }, { "alice.aor=sip:a.l=x@b.example", NULL }
	};
	struct topology *t =
	    good_with(trapezoid, set, sizeof(set) / sizeof(set[0]));

	CU_ASSERT_STRING_EQUAL(value(node(t, "bob"), "answer"), "never");
	CU_ASSERT_EQUAL(line(node(t, "bob"), "answer"), 0);
	CU_ASSERT_EQUAL(t->seed, 9);
	CU_ASSERT_EQUAL(t->duration_ns, 0);
	CU_ASSERT_EQUAL(t->edges[2].params.delay_ns, 1000000000);
	CU_ASSERT_EQUAL(t->edges[0].params.loss, 0.02);
	CU_ASSERT_STRING_EQUAL(value(node(t, "bil"), "location"), "atl");
	CU_ASSERT_PTR_NULL(value(node(t, "bob"), "busy"));
	CU_ASSERT_STRING_EQUAL(
	    value(node(t, "alice"), "aor"), "sip:a.l=x@b.example");
	topology_drop(t);
}

/* Of all links; one that comes later has its own. */
static void
settings_of_links(void)
{
	static const struct topology_setting set[] = { { "loss=5%", NULL },
		{ "delay=7ms", NULL }, { "lan2--lan1.delay=1s", NULL } };
	struct topology *t =
	    good_with(trapezoid, set, sizeof(set) / sizeof(set[0]));

	for (size_t i = 0; i < t->nedges; i++) {
		CU_ASSERT_EQUAL(t->edges[i].params.loss, 0.05);
		CU_ASSERT_EQUAL(
		    t->edges[i].params.delay_ns, i == 2 ? 1000000000 : 7000000);
	}
	topology_drop(t);
}

/* A setting makes a file good that was not, and names with dots and hyphens
 * are found. */
static void
settings_first(void)
{
	static const struct topology_setting set[] = {
		{ "bob.answer=1s", NULL }, { "graph.seed=3", NULL },
		{ "a.x--b--c.delay=1ms", NULL }, { "a.x.role=ua", NULL }
	};
	struct topology *t =
	    good_with("graph { seed=many; bob [role=ua, answer=soon]\n"
		      "\"a.x\" -- \"b--c\" [delay=long] }",
		set, sizeof(set) / sizeof(set[0]));

	CU_ASSERT_EQUAL(t->seed, 3);
	CU_ASSERT_EQUAL(t->edges[0].params.delay_ns, 1000000);
	CU_ASSERT_STRING_EQUAL(node(t, "a.x")->role, "ua");
	topology_drop(t);
}

static void
fail_each(const char *text, void (*fail)(unsigned long n))
{
	static const struct topology_setting set[] = {
		{ "bob.answer=1s", NULL }, { "lan1--lan2.delay=1ms", NULL }
	};
	unsigned long n = 0, failed;
	int err;

	do {
		struct diag d = DIAG_INIT;
		struct topology *t;

		fail(++n);
		err = topology_read(&t, str_of(text), "t.gv", set, 2, &d);
		failed = mem_failures();
		mem_fail_from(0);
		CU_ASSERT_EQUAL_FATAL(err, failed != 0 ? ERR_NOMEM : 0);
		CU_ASSERT_EQUAL(d.err, err);
		CU_ASSERT_EQUAL(t == NULL, err != 0);
		topology_drop(t);
	} while (err != 0 && n < 10000);
	CU_ASSERT_TRUE(n > 20 && n < 10000);
}

/* Every allocation may fail, alone or with all that come after it. */
static void
no_memory(void)
{
	static const char merged[] =
	    "strict graph { subgraph s { node [label=\"a\" + \"b\"] lan1 }\n"
	    "lan1 -- lan2 [loss=1]; lan2 -- lan1 [mtu=999]\n"
	    "{ lan1 -- bob -- {x1 x2 x3 x4 x5 x6 x7 x8 x9 y1 y2 y3 y4 y5} }\n"
	    "{ lan2 -- {x1 x2 x3 x4 x5} } bob [role=ua, domain=\"d.example\"]\n"
	    "subgraph s { subgraph cluster_c { domain=\"e.example\" x1 } } }";

	fail_each(trapezoid, mem_fail_from);
	fail_each(trapezoid, mem_fail_only);
	fail_each(merged, mem_fail_from);
	fail_each(merged, mem_fail_only);
}

static const char *const files[] = { "direct-call", "two-proxies", "registrar",
	"lossy", "star", "twenty" };

/* The topologies that come with rung are good, and dot draws them. */
static void
shipped(void)
{
	bool dot = system("dot -V >/dev/null 2>&1") == 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct buf text = BUF_INIT;
		char path[256], command[512];
		struct topology *t;

		snprintf(path, sizeof(path), "topologies/%s.gv", files[i]);
		CU_ASSERT_EQUAL_FATAL(buf_read_file(&text, path, 1 << 20), 0);
		t = good(buf_cstr(&text));
		CU_ASSERT_TRUE(t->title[0] != '\0');
		CU_ASSERT_TRUE(t->nedges + 1 >= t->nnodes);
		if (strcmp(files[i], "twenty") == 0)
			CU_ASSERT_EQUAL(t->nnodes, 20);
		topology_drop(t);
		buf_free(&text);
		snprintf(command, sizeof(command),
		    "dot -Tsvg %s 2>&1 >/dev/null | grep -q .", path);
		if (dot)
			CU_ASSERT_NOT_EQUAL(system(command), 0);
	}
	if (!dot)
		check_skip("dot is not installed");
}

#define DOC "docs/TOPOLOGY.md"

/* The manual's reference is what the tables say; GOLDEN=1 writes it. */
static void
reference(void)
{
	LOCAL_BUF ref = BUF_INIT;

	write_topology_reference(&ref);
	page_part_expect(DOC, "reference", &ref);
}

/* The manual's example is a good topology. */
static void
example(void)
{
	LOCAL_BUF doc = BUF_INIT;
	struct str text;
	struct diag d = DIAG_INIT;
	struct topology *t = NULL;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&doc, DOC, 1 << 20), 0);
	text = page_part(buf_view(&doc), "example");
	text = str_slice(text, 4, text.n - 4); /* the fences */
	CU_ASSERT_EQUAL(topology_read(&t, text, DOC, NULL, 0, &d), 0);
	CU_ASSERT_STRING_EQUAL(d.text, "");
	topology_drop(t);
}

CHECK_MAIN("topology", { "nodes", nodes }, { "links", links },
    { "link defaults", link_defaults }, { "inheritance", inheritance },
    { "domains", domains }, { "entries", entries }, { "addresses", addresses },
    { "many addresses", many_addresses }, { "language", language },
    { "groups", groups }, { "settings", settings },
    { "settings of all links", settings_of_links },
    { "settings first", settings_first }, { "no memory", no_memory },
    { "shipped", shipped }, { "reference", reference }, { "example", example })
