/* The pane of the network, over all labs, topologies and positions. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_trace.h"
#include "ladder/layout.h"
#include "pictures/network/network_picture.h"
#include "pictures/network/network_view.h"
#include "words/state_words.h"
#include "fixtures/grid_styles.h"

static struct network_view
view_at(const struct trace *t, uint64_t seq, int64_t later_ns)
{
	return (struct network_view){ .t = t,
		.seq = seq,
		.t_ns = (seq > 0 ? trace_time_of(t, seq) : 0) + later_ns };
}

/* The state at V's position. */
static struct state_at *
state_at_of(const struct network_view *v)
{
	uint64_t count = trace_count(v->t);
	struct state_at *f;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	CU_ASSERT_EQUAL_FATAL(
	    state_at_advance(f, v->t, v->seq < count ? v->seq : count), 0);
	return f;
}

/* Draws V with that. */
static void
draw_on(const struct network_view *v, const struct grid_area *a)
{
	struct network_view now = *v;
	struct state_at *f = state_at_of(v);

	now.f = f;
	network_view_draw(&now, a);
	state_at_destroy(f);
}

static void
draw(const struct network_view *v, size_t w, size_t h, bool ascii, bool styles,
    struct buf *out)
{
	struct grid g;
	struct grid_area a;

	CU_ASSERT_FATAL(grid_init(&g, w, h, ascii) == 0);
	a = grid_all(&g);
	draw_on(v, &a);
	if (out != NULL && styles)
		grid_write_styles(&g, out);
	else if (out != NULL)
		grid_write(&g, out);
	grid_free(&g);
}

static bool
shows(const struct network_view *v, size_t w, size_t h, const char *text)
{
	LOCAL_BUF out = BUF_INIT;
	bool found;

	draw(v, w, h, false, false, &out);
	found = str_find(buf_view(&out), text) >= 0;
	return found;
}

/* ---- all there is ---- */

static void
every_lab(void)
{
	static const size_t sizes[][2] = { { 56, 22 }, { 80, 24 }, { 120, 40 },
		{ 1, 1 }, { 5, 3 }, { 300, 100 }, { 30, 9 }, { 40, 18 },
		{ 12, 60 }, { 200, 7 } };
	char *names[LABS_MAX];
	size_t n = labs_list_some(names, true), turn = 0;

	for (size_t i = 0; i < n; i++) {
		struct trace *t = lab_trace(names[i], &LAB_OPTIONS);
		const struct trace_head *head;

		CU_ASSERT_FATAL(t != NULL);
		head = trace_head(t);
		for (uint64_t seq = 0; seq <= trace_count(t); seq += 5) {
			struct network_view v =
			    view_at(t, seq, (int64_t)(seq % 4) * 3 * MS);
			const size_t *size = sizes[turn++ % 10];

			v.node = head->nodes[seq % head->nnodes].name;
			draw(&v, size[0], size[1], turn % 2, false, NULL);
		}
		trace_destroy(t);
	}
	labs_free(names, n);
}

/* In the picture each link between routers and NATs is a line. */
static void
router_links_are_there(const struct network_view *v, const char *name)
{
	struct network_view now = *v;
	struct state_at *f = state_at_of(v);
	struct network_state s;
	struct network_picture p;
	struct grid g;
	struct grid_area a;

	now.f = f;
	CU_ASSERT_FATAL(grid_init(&g, 80, 24, false) == 0);
	a = grid_all(&g);
	network_state_read(&s, &now);
	for (size_t i = 0; network_picture_place(&p, &s, &a) && i < s.nlinks;
	     i++) {
		if (!network_forwards(&s, s.links[i].a) ||
		    !network_forwards(&s, s.links[i].b))
			continue;
		if (p.ways[i].n == 0)
			printf("  %s: no line for link %zu\n", name, i);
		CU_ASSERT(p.ways[i].n > 0);
	}
	grid_free(&g);
	state_at_destroy(f);
}

/* Every node and every domain can be read where there is room. */
static void
all_nodes_are_there(void)
{
	static const size_t sizes[][2] = { { 80, 24 }, { 120, 40 } };
	char *names[LABS_MAX];
	size_t n = labs_list_some(names, true);

	for (size_t i = 0; i < n; i++) {
		struct trace *t = lab_trace(names[i], &LAB_OPTIONS);
		const struct trace_head *head;
		struct network_view v;

		CU_ASSERT_FATAL(t != NULL);
		head = trace_head(t);
		v = view_at(t, 0, 0);
		router_links_are_there(&v, names[i]);
		for (size_t k = 0; k < head->nnodes; k++) {
			const struct trace_node *node = &head->nodes[k];
			struct str label = node->name;
			char text[64];

			snprintf(text, sizeof(text), "%.*s",
			    STR_ARG(utf8_clip(label, 8)));
			for (size_t j = 0; j < 2; j++) {
				bool seen =
				    shows(&v, sizes[j][0], sizes[j][1], text);

				if (!seen)
					printf("  %s: no %s at %zu\n", names[i],
					    text, sizes[j][0]);
				CU_ASSERT(seen);
			}
		}
		trace_destroy(t);
	}
	labs_free(names, n);
}

/* ---- what is under way ---- */

#define NODES                                                                 \
	"{\"kind\":\"trace\",\"version\":1,\"nodes\":["                       \
	"{\"name\":\"a\",\"role\":\"ua\"},{\"name\":\"r\"},{\"name\":\"s\"}," \
	"{\"name\":\"b\",\"role\":\"proxy registrar\"}],"
#define LINKS                                                      \
	"\"links\":[{\"a\":\"a\",\"b\":\"r\",\"delay\":10000000}," \
	"{\"a\":\"s\",\"b\":\"r\",\"delay\":20000000},"            \
	"{\"a\":\"s\",\"b\":\"b\",\"delay\":10000000}]}\n"
#define SEND(seq, t, src, dst, start)                             \
	"{\"seq\":" #seq ",\"t\":" #t "000000,\"node\":\"" src    \
	"\",\"kind\":\"send\",\"src\":\"" src "\",\"dst\":\"" dst \
	"\",\"proto\":\"sip\",\"start\":" start                   \
	",\"cseq\":\"1 INVITE\",\"text\":\"SIP/2.0 180 Ringing\\r\\n\"}\n"
#define OF(seq, t, kind, of, more)                              \
	"{\"seq\":" #seq ",\"t\":" #t "000000,\"kind\":\"" kind \
	"\",\"of\":" #of more "}\n"
#define ACT(seq, t, verb, on, more)                                            \
	"{\"seq\":" #seq ",\"t\":" #t                                          \
	"000000,\"kind\":\"act\",\"verb\":\"" verb "\",\"on\":\"" on "\"" more \
	"}\n"

static struct trace *
trace_of(const char *text)
{
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	buf_puts(&b, text);
	if (trace_load_buf(&t, &b, "x", &d) != 0)
		printf("  %u: %s\n", d.line, d.text);
	CU_ASSERT_FATAL(t != NULL);
	return t;
}

/* Where the only arrow head to the right or left is, in cells from the left;
 * SIZE_MAX where there is none. */
static size_t
head_at(const struct network_view *v, const char *head)
{
	struct grid g;
	struct grid_area a;
	size_t at = SIZE_MAX;

	CU_ASSERT_FATAL(grid_init(&g, 80, 7, false) == 0);
	a = grid_all(&g);
	draw_on(v, &a);
	for (size_t i = 0; i < 80 * 7; i++)
		if (g.cells[i].n == strlen(head) &&
		    memcmp(g.cells[i].text, head, g.cells[i].n) == 0)
			at = i % 80;
	grid_free(&g);
	return at;
}

static void
packets_tell_where(void)
{
	/* It is long on its way: packets say that it is on the last link. */
	struct trace *t = trace_of(NODES LINKS SEND(1, 1, "a", "b",
	    "\"INVITE\"") OF(2, 10, "packet", 1, ",\"link\":\"a>r\"")
		OF(3, 20, "packet", 1, ",\"link\":\"r>s\"") OF(4, 400, "packet",
		    1, ",\"link\":\"s>b\"") OF(5, 4000, "recv", 1, ""));
	struct network_view v = view_at(t, 4, 5 * MS);
	struct network_view before = view_at(t, 3, 5 * MS);

	CU_ASSERT(head_at(&v, "▶") > head_at(&before, "▶"));
	CU_ASSERT(head_at(&v, "▶") != SIZE_MAX);
	trace_destroy(t);
}

static void
losses_and_faults(void)
{
	struct trace *t = trace_of(
	    NODES LINKS SEND(1, 1, "a", "b", "\"INVITE\"")
		OF(2, 20, "drop", 1, ",\"reason\":\"loss\",\"link\":\"r>s\"")
		    ACT(3, 30, "down", "r--s", "") ACT(4, 40, "crash", "b", "")
			ACT(5, 50, "set", "a--r",
			    ",\"args\":{\"loss\":\"20%\",\"delay\":"
			    "\"1s\"}") ACT(6, 60, "up", "s--r", "")
			    ACT(7, 70, "restart", "b", "") ACT(8, 80, "set",
				"a--r", ",\"args\":{\"loss\":\"0%\"}"));
	struct network_view v = view_at(t, 2, 0);

	CU_ASSERT(head_at(&v, "╳") != SIZE_MAX);
	CU_ASSERT(shows(&v, 80, 24, "1 lost"));
	v = view_at(t, 3, 0);
	CU_ASSERT(shows(&v, 80, 24, "cut, 1 lost"));
	CU_ASSERT(shows(&v, 80, 24, "┄┄┄"));
	CU_ASSERT(!shows(&v, 80, 24, "crashed"));
	v = view_at(t, 4, 0);
	CU_ASSERT(shows(&v, 80, 24, "crashed"));
	v = view_at(t, 5, 0);
	CU_ASSERT(shows(&v, 80, 24, "loss 20%"));
	v = view_at(t, 6, 0);
	CU_ASSERT(!shows(&v, 80, 24, "down"));
	v = view_at(t, 7, 0);
	CU_ASSERT(!shows(&v, 80, 24, "crashed"));
	v = view_at(t, 8, 0);
	CU_ASSERT(!shows(&v, 80, 24, "loss 20%"));
	/* As a list, too. */
	v = view_at(t, 5, 0);
	CU_ASSERT(shows(&v, 26, 12, "cut"));
	CU_ASSERT(shows(&v, 26, 12, "crashed"));
	trace_destroy(t);
}

/* ---- strange networks ---- */

static void
without_links(void)
{
	struct trace *t = sample_lost_invite();
	struct network_view v = view_at(t, 4, 2 * MS);

	CU_ASSERT(shows(&v, 80, 24, "(network)"));
	CU_ASSERT(shows(&v, 80, 24, "INVITE"));
	for (uint64_t seq = 0; seq <= trace_count(t); seq++) {
		v = view_at(t, seq, 0);
		draw(&v, 56, 22, false, false, NULL);
	}
	trace_destroy(t);
}

/* Hosts linked to each other, to themselves, to nobody, twice; names of no
 * node; a link of one that has no link. */
static void
odd_graphs(void)
{
	static const char *const links[] = {
		"\"links\":[]}\n",
		"}\n",
		"\"links\":[{\"a\":\"a\",\"b\":\"b\"}]}\n",
		"\"links\":[{\"a\":\"a\",\"b\":\"a\"},{\"a\":\"x\",\"b\":"
		"\"a\"}]}\n",
		"\"links\":[{\"a\":\"a\",\"b\":\"b\"},{\"a\":\"b\",\"b\":"
		"\"a\"},{\"a\":\"r\",\"b\":\"s\"}]}\n",
		"\"links\":[{\"a\":\"a\",\"b\":\"r\"},{\"a\":\"a\",\"b\":"
		"\"s\"},{\"a\":\"r\",\"b\":\"s\",\"delay\":-4}]}\n",
		"\"links\":[{\"a\":\"r\",\"b\":\"s\",\"delay\":\"x\"}]}\n",
	};

	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		struct buf b = BUF_INIT;
		struct trace *t;

		buf_puts(&b, NODES);
		/* A list may be missing altogether. */
		if (links[i][0] == '}')
			buf_truncate(&b, b.n - 1);
		buf_puts(&b, links[i]);
		buf_puts(&b,
		    SEND(1, 1, "a", "b", "\"INVITE\"") SEND(2, 1, "b", "a",
			"180") SEND(3, 1, "a", "nobody", "\"\\u202e\"")
			OF(4, 2, "recv", 99, "") OF(5, 2, "recv", -1, "")
			    OF(6, 3, "drop", 4, ""));
		t = trace_of(buf_cstr(&b));
		for (uint64_t seq = 0; seq <= trace_count(t); seq++)
			for (size_t w = 1; w < 100; w += 9) {
				struct network_view v = view_at(t, seq, 0);

				draw(&v, w, 30 - w / 4, w % 2, false, NULL);
			}
		trace_destroy(t);
		buf_free(&b);
	}
}

static void
many_nodes(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct trace *t;

	buf_puts(&b, "{\"kind\":\"trace\",\"version\":1,\"nodes\":[");
	for (int i = 0; i < 300; i++)
		buf_printf(&b, "%s{\"name\":\"n%d\",\"role\":\"%s\"}",
		    i > 0 ? "," : "", i, i % 10 ? "ua" : "");
	buf_puts(&b, "],\"links\":[");
	for (int i = 1; i < 300; i++)
		buf_printf(&b, "%s{\"a\":\"n%d\",\"b\":\"n%d\"}",
		    i > 1 ? "," : "", i, i % 10 ? i / 10 * 10 : 0);
	buf_puts(&b, "]}\n");
	for (int i = 1; i <= 200; i++)
		buf_printf(&b,
		    "{\"seq\":%d,\"t\":%d,\"node\":\"n%d\",\"kind\":\"send\","
		    "\"src\":\"n%d\",\"dst\":\"n%d\",\"start\":\"INVITE\"}\n",
		    i, i, i, i, i + 1);
	t = trace_of(buf_cstr(&b));
	CU_ASSERT(
	    shows(&(struct network_view){ .t = t, .seq = 150, .t_ns = 200 }, 80,
		24, "INVITE  n150"));
	CU_ASSERT(
	    shows(&(struct network_view){ .t = t, .seq = 150, .t_ns = 200 }, 80,
		24, "not shown: 86"));
	trace_destroy(t);
}

static void
without_memory(void)
{
	struct trace *t = trace_of(NODES LINKS SEND(1, 1, "a", "b",
	    "\"INVITE\"") OF(2, 10, "packet", 1, ",\"link\":\"a>r\"")
		OF(3, 20, "drop", 1, ",\"link\":\"r>s\""));
	struct grid g;
	struct grid_area a;

	CU_ASSERT_FATAL(grid_init(&g, 80, 24, false) == 0);
	a = grid_all(&g);
	for (uint64_t seq = 1; seq <= 3; seq++) {
		struct network_view v = view_at(t, seq, 0);
		struct state_at *f = state_at_of(&v);

		v.f = f;
		for (unsigned long n = 1; n < 80; n++) {
			mem_fail_from(n);
			network_view_draw(&v, &a);
			mem_fail_from(0);
		}
		state_at_destroy(f);
	}
	grid_free(&g);
	trace_destroy(t);
}

/* ---- goldens ---- */

/* The N-th record of KIND with TEXT in its line. */
static uint64_t
find_record(
    const struct trace *t, enum trace_kind kind, const char *text, unsigned n)
{
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (rec.kind == kind && str_find(rec.object.raw, text) >= 0 &&
		    --n == 0)
			return seq;
	}
	CU_FAIL("no such record");
	return 0;
}

/* What NATs have, with the timers that run; and both addresses of what goes
 * through one, from its packets or when it has come. */
static void
nats(void)
{
	struct trace *t = lab_trace("topologies/nat.gv", &LAB_OPTIONS);
	struct network_view v;

	CU_ASSERT_FATAL(t != NULL);
	v = view_at(t, find_record(t, TRACE_SEND, "INVITE", 1), 0);
	CU_ASSERT(shows(&v, 100, 30,
	    "home  udp "
	    "192.168.1.20:5060>203.0.113.7:5060"));
	CU_ASSERT(shows(&v, 100, 30, " 299 s"));
	CU_ASSERT(!shows(&v, 100, 30, ", 203.0.113.7"));
	v = view_at(t, find_record(t, TRACE_RECV, "203.0.113.7", 1), 0);
	CU_ASSERT(shows(&v, 100, 30,
	    "REGISTER  192.168.1.20:5060 → 192.0.2.10:5060, "
	    "203.0.113.7:5060 → 192.0.2.10:5060"));
	/* Before there is one. */
	v = view_at(t, find_record(t, TRACE_SEND, "REGISTER", 1), 0);
	CU_ASSERT(!shows(&v, 100, 30, "home  udp"));
	trace_destroy(t);
}

static void
picture(struct buf *out, const char *file, enum trace_kind kind,
    const char *text, int later_ms, size_t w, size_t h)
{
	struct trace *t = lab_trace(file, &LAB_OPTIONS);
	struct network_view v;

	CU_ASSERT_FATAL(t != NULL);
	v = view_at(t, find_record(t, kind, text, 1), later_ms * MS);
	buf_printf(out, "%s, %zu x %zu\n\n", file, w, h);
	draw(&v, w, h, false, false, out);
	buf_putc(out, '\n');
	trace_destroy(t);
}

static void
labs_look_so(void)
{
	static const char atl_bil[] = "\"src\":\"atl\",\"dst\":\"bil\"";
	LOCAL_BUF out = BUF_INIT;

	picture(&out, "labs/two-proxies", TRACE_SEND, atl_bil, 14, 56, 22);
	picture(&out, "labs/two-proxies", TRACE_SEND, atl_bil, 14, 80, 24);
	picture(&out, "labs/two-proxies", TRACE_SEND, atl_bil, 14, 40, 18);
	picture(&out, "labs/lost-messages", TRACE_DROP, "loss", 0, 56, 22);
	picture(&out, "labs/loop-and-spiral", TRACE_SEND, atl_bil, 2, 78, 9);
	picture(&out, "labs/loop-and-spiral", TRACE_SEND, atl_bil, 2, 58, 18);
	picture(&out, "labs/crash", TRACE_DROP, "host-down", 0, 56, 22);
	picture(&out, "labs/direct-call", TRACE_SEND, "INVITE", 4, 56, 22);
	picture(
	    &out, "labs/redirection", TRACE_SEND, "\"start\":302", 12, 80, 24);
	picture(
	    &out, "labs/lying-location", TRACE_SEND, "\"location\"", 3, 56, 22);
	CU_ASSERT(golden_same("network_labs.txt", buf_view(&out)));
}

static void
topologies_look_so(void)
{
	static const char invite[] = "\"start\":\"REGISTER\"";
	LOCAL_BUF out = BUF_INIT;

	picture(&out, "topologies/lossy.gv", TRACE_SEND, "INVITE", 40, 56, 22);
	picture(&out, "topologies/fork.gv", TRACE_SEND, invite, 3, 56, 22);
	picture(&out, "topologies/star.gv", TRACE_SEND, invite, 1, 80, 24);
	picture(&out, "topologies/redirect.gv", TRACE_SEND, invite, 3, 80, 24);
	picture(&out, "topologies/twenty.gv", TRACE_SEND,
	    "\"src\":\"w_edge\",\"dst\":\"w_reg\"", 1, 56, 22);
	picture(&out, "topologies/twenty.gv", TRACE_SEND,
	    "\"src\":\"w_edge\",\"dst\":\"w_reg\"", 1, 120, 40);
	picture(&out, "topologies/twenty.gv", TRACE_SEND,
	    "\"src\":\"w_edge\",\"dst\":\"w_reg\"", 1, 47, 31);
	picture(&out, "topologies/twenty.gv", TRACE_SEND, "\"src\":\"nadia\"",
	    1, 80, 10);
	picture(&out, "topologies/proxy.gv", TRACE_SEND, invite, 1, 56, 22);
	CU_ASSERT(golden_same("network_topologies.txt", buf_view(&out)));
}

static void
other_forms_look_so(void)
{
	struct trace *t = lab_trace("labs/two-proxies", &LAB_OPTIONS);
	struct network_view v;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_FATAL(t != NULL);
	v = view_at(t,
	    find_record(t, TRACE_SEND, "\"src\":\"atl\",\"dst\":\"bil\"", 1),
	    14 * MS);
	v.node = STR("bil");
	buf_puts(&out, "ASCII\n\n");
	draw(&v, 56, 22, true, false, &out);
	buf_puts(&out, "\nwith styles\n\n");
	draw(&v, 56, 22, false, true, &out);
	buf_puts(&out, "\ntoo narrow\n\n");
	draw(&v, 26, 12, false, false, &out);
	buf_puts(&out, "\nlow\n\n");
	draw(&v, 56, 9, false, false, &out);
	CU_ASSERT(golden_same("network_forms.txt", buf_view(&out)));
	trace_destroy(t);
}

/* How often WORD is in ALL. */
static size_t
times_in(struct str all, struct str word)
{
	ptrdiff_t at;
	size_t n = 0;

	for (; (at = str_find(all, word.p)) >= 0; n++)
		all = str_slice(all, (size_t)at + word.n, all.n);
	return n;
}

/* A node named after its role has its name once, however high its box. */
static void
names_are_said_once(void)
{
	static const char *const files[][2] = {
		{ "topologies/password.gv", "registrar" },
		{ "topologies/sbc.gv", "sbc" },
		{ "topologies/voicemail.gv", "proxy" },
	};

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct trace *t = lab_trace(files[i][0], &LAB_OPTIONS);
		struct network_view v;

		CU_ASSERT_FATAL(t != NULL);
		v = view_at(t, 0, 0);
		for (size_t h = 14; h <= 44; h += 5) {
			LOCAL_BUF out = BUF_INIT;
			size_t n;

			draw(&v, 80, h, false, false, &out);
			n = times_in(buf_view(&out), str_of(files[i][1]));
			if (n > 1)
				printf("  %s, %zu lines:\n%.*s\n", files[i][0],
				    h, STR_ARG(buf_view(&out)));
			CU_ASSERT(n <= 1);
		}
		trace_destroy(t);
	}
}

CHECK_MAIN("network_view", { "every lab", every_lab },
    { "all nodes are there", all_nodes_are_there },
    { "packets tell where", packets_tell_where },
    { "losses and faults", losses_and_faults },
    { "without links", without_links }, { "odd graphs", odd_graphs },
    { "many nodes", many_nodes }, { "without memory", without_memory },
    { "nats", nats }, { "names once", names_are_said_once },
    { "labs", labs_look_so }, { "topologies", topologies_look_so },
    { "other forms", other_forms_look_so })
