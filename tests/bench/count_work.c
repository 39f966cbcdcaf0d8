/*
 * What a call costs is counted, not timed, so that it cannot grow unseen and no
 * slow machine fails.  All of src is compiled so that each basic block counts
 * itself (make COUNT=1): any loop over what there is shows.  The libraries'
 *share is not counted.  The same compiler counts the same each time.
 *
 * Each row runs a small and a ten times larger number of calls, registrations,
 * requests, or of what a role serves, and holds
 *
 *	growth	what one costs in the large run beside the small one: 1.05, or
 *		what the row says
 *	cost	the blocks of one, in the small run: its limit (limits.h), and
 *2 % for another release of the compiler
 *
 * With an argument it says all figures, some of larger runs, too; with another
 * one those of the rows that have it in their names.
 */
#include "bench_fleet.h"
#include "bench_roles.h"
#include "limits.h"
#include <mimalloc.h>
#include "follower/follower.h"

#define GROWTH 1.05
#define ROOM   1.02

#define CAMERA_MINUTES 4

static uint64_t blocks;

/* Called at the start of each block (gcc's -fsanitize-coverage=trace-pc). */
void __sanitizer_cov_trace_pc(void);

__attribute__((no_sanitize_coverage)) void
__sanitizer_cov_trace_pc(void)
{
	blocks++;
}

/* ---- what is counted ---- */

struct work_row {
	const char *what;
	uint64_t (*run)(const struct work_row *row, size_t n);
	size_t small;
	size_t arg;    /* of a topology: how many ALL=1 counts, too; 0: none */
	double growth; /* what one may cost in the large run; 0: GROWTH */
	/* A topology, of which what stands between backticks is there for each
	 * of those that the row counts (write_text), and its script. */
	const char *graph, *script;
};

static uint64_t
count_calls_in(struct bench_world b, size_t n, size_t pairs, int64_t hangup_ns)
{
	uint64_t before, after = 0;

	b.calls = n;
	b.pairs = pairs;
	b.every_ns = 5 * SIM_MS;
	b.hangup_ns = hangup_ns;
	b.detail = TRACE_PROTOCOL;
	if (!bench_world_open(&b))
		return 0;
	before = blocks;
	if (bench_world_run(&b, INT64_MAX))
		after = blocks;
	bench_world_close(&b);
	return after - before;
}

static uint64_t
count_calls(
    size_t n, size_t pairs, int64_t hangup_ns, const char *between, bool behind)
{
	return count_calls_in(
	    (struct bench_world){ .between = between, .behind = behind }, n,
	    pairs, hangup_ns);
}

/* All of them up at once; ARG of them a phone, 0: of one phone. */
static uint64_t
run_at_once(const struct work_row *row, size_t n)
{
	size_t pairs = row->arg == 0 ? 1 : (n + row->arg - 1) / row->arg;

	return count_calls(n, pairs, (int64_t)n * 5 * SIM_MS, NULL, false);
}

/* The same through a back-to-back user agent. */
static uint64_t
run_boxed_at_once(const struct work_row *row, size_t n)
{
	return count_calls(n, (n + row->arg - 1) / row->arg,
	    (int64_t)n * 5 * SIM_MS, "b2bua", false);
}

static uint64_t
run_in_turn(const struct work_row *row, size_t n)
{
	(void)row;
	return count_calls(n, 1, SIM_S, NULL, false);
}

static uint64_t
run_boxed_in_turn(const struct work_row *row, size_t n)
{
	(void)row;
	return count_calls(n, 1, SIM_S, "b2bua", false);
}

/* Through two of them, one behind the other. */
static uint64_t
run_twice(const struct work_row *row, size_t n)
{
	(void)row;
	return count_calls_in(
	    (struct bench_world){ .between = "b2bua", .twice = true }, n, 1,
	    SIM_S);
}

/* To a telephone, through a gateway. */
static uint64_t
run_to_telephone(const struct work_row *row, size_t n)
{
	(void)row;
	return count_calls_in(
	    (struct bench_world){ .between = "gateway", .telephone = true }, n,
	    1, SIM_S);
}

/* Who calls is behind a NAT. */
static uint64_t
run_behind(const struct work_row *row, size_t n)
{
	(void)row;
	return count_calls(n, 1, SIM_S, NULL, true);
}

/* The called domain is looked up in the DNS: once; ARG: each time. */
static uint64_t
run_named(const struct work_row *row, size_t n)
{
	return count_calls_in(
	    (struct bench_world){ .ttl = row->arg > 0 ? "0s" : "1h" }, n, 1,
	    SIM_S);
}

static void
take_nothing(const struct net_datagram *d, void *arg)
{
	(void)d;
	(void)arg;
}

/* From N ports of one host through a NAT, once before they are counted. */
static bool
send_from_ports(struct bench_world *b, struct node *from, size_t n)
{
	struct addr to = { .len = 4, .ip = { 10, 0, 0, 1 }, .port = 9 };

	for (size_t i = 0; i < n; i++) {
		net_udp_send_from(from->host, (uint16_t)(20000 + i), &to,
		    STR("x"), NULL, RULE_NONE);
		if (!bench_world_run(b, INT64_MAX))
			return false;
	}
	return true;
}

static uint64_t
run_nat(const struct work_row *row, size_t n)
{
	struct bench_world b = { .behind = true, .detail = TRACE_PROTOCOL };
	struct net_sock *s;
	struct node *from;
	uint64_t before, after = 0;

	(void)row;
	if (trace_writer_create(&b.writer, b.detail, bench_sink, &b) != 0 ||
	    world_create(&b.world, node_roles, 1, b.writer) != 0 ||
	    bench_add_node(&b, "to", "ua", "", 1, NULL, 0, &from) != 0 ||
	    !bench_add_nat(&b, from) ||
	    net_udp_open(from->host, 9, take_nothing, NULL, &s) != 0 ||
	    bench_add_node(&b, "from", "ua", "", 2, NULL, 0, &from) != 0 ||
	    bench_link(&b, from, b.nat) != 0)
		return 0;
	if (send_from_ports(&b, from, n)) {
		before = blocks;
		if (send_from_ports(&b, from, n))
			after = blocks - before;
	}
	bench_world_close(&b);
	return after;
}

/* Row ARG of bench_roles. */
static uint64_t
run_role(const struct work_row *row, size_t n)
{
	struct bench_asking x = { .b = { .calls = n, .every_ns = SIM_MS },
		.row = &bench_roles[row->arg] };
	uint64_t before, after = 0;

	if (!bench_make(&x))
		return 0;
	before = blocks;
	if (bench_asking_run(&x))
		after = blocks;
	bench_world_close(&x.b);
	return after - before;
}

/* Users of one contact each, at one registrar. */
static uint64_t
run_bindings(const struct work_row *row, size_t n)
{
	struct bench_asking x = { .row = &bench_roles[0] };
	uint64_t before;
	struct node *reg;
	char aor[48];

	(void)row;
	if (trace_writer_create(
		&x.b.writer, TRACE_PROTOCOL, bench_sink, &x.b) != 0 ||
	    world_create(&x.b.world, node_roles, 1, x.b.writer) != 0)
		return 0;
	reg = bench_add(&x, "reg", "registrar location", "p.example", 2, "");
	if (reg == NULL || node_start(reg) != 0)
		return 0;
	before = blocks;
	for (size_t i = 0; i < n; i++) {
		snprintf(aor, sizeof(aor), "sip:u%zu@p.example", i);
		if (!bench_bind(node_role_state(reg, "location"), aor,
			"sip:u@192.0.2.3"))
			return 0;
	}
	before = blocks - before;
	bench_world_close(&x.b);
	return before;
}

/* Keep-alives of N cameras, of an hour's first minutes. */
static uint64_t
run_cameras(const struct work_row *row, size_t n)
{
	struct bench_fleet f;
	uint64_t before = 0, after = 0;

	(void)row;
	if (fleet_open(&f, n / CAMERA_MINUTES)) {
		before = blocks;
		if (fleet_run(&f, FLEET_BEGUN + CAMERA_MINUTES * FLEET_EVERY))
			after = blocks;
	}
	fleet_close(&f);
	return after - before;
}

/* TEXT, with what stands between backticks N times: # is its number there, $
 * that with five digits; ~ is N. */
static void
write_text(struct buf *b, const char *text, size_t n)
{
	const char *from = NULL;
	size_t i = 0;

	for (const char *p = text; *p != '\0'; p++)
		if (*p == '`' && from == NULL)
			from = p;
		else if (*p == '`' && ++i < n)
			p = from;
		else if (*p == '`')
			from = (i = 0, NULL);
		else if (*p == '#')
			buf_printf(b, "%zu", i);
		else if (*p == '$')
			buf_printf(b, "%05zu", 10000 + i);
		else if (*p == '~')
			buf_printf(b, "%zu", n);
		else
			buf_putc(b, *p);
}

/* From the reading of the topology to the end of the run. */
static uint64_t
run_topology(const struct work_row *row, size_t n)
{
	static const struct run_goal end = { .until_ns = INT64_MAX };
	struct inputs in = { .detail = TRACE_MESSAGES };
	struct buf graph = BUF_INIT, script = BUF_INIT;
	enum run_state state = RUN_GOES_ON;
	struct run *run = NULL;
	struct diag d = DIAG_INIT;
	uint64_t before = blocks;
	int err;

	buf_puts(&graph, "graph g { graph [duration=\"10s\"]\n"
			 "edge [delay=\"5ms\"]\nnet [role=\"\"]\n");
	write_text(&graph, row->graph, n);
	buf_puts(&graph, "\n}");
	write_text(&script,
	    "lab { title = \"\", topology = \"g.gv\", "
	    "duration = \"600s\" }\n",
	    n);
	if (row->script != NULL)
		write_text(&script, row->script, n);
	inputs_use_files(&in);
	err = inputs_take_text(&in, "topologies/g.gv", &graph, &d);
	if (row->script != NULL) {
		in.script_file = mem_strdup("lab.lua");
		in.script = inputs_text_of(&script);
	}
	fleet_lift_limits(&in);
	before = blocks;
	if (err == 0)
		err = run_create(&run, &in, fleet_drop, NULL, &d);
	while (err == 0 && state != RUN_IS_OVER)
		err = run_advance_to(run, &end, &state, &d);
	before = blocks - before;
	if (err != 0)
		printf("%s: %s\n", row->what, d.text);
	run_destroy(run);
	inputs_free(&in);
	buf_free(&graph);
	buf_free(&script);
	return err == 0 ? before : 0;
}

/* Of ARG it is judged each time, not with ALL=1 alone: one may cost no more
 * than of ten times as many. */
static uint64_t
run_large_topology(const struct work_row *row, size_t n)
{
	return run_topology(row, n);
}

/* INVITEs that nobody answers, of calls of their own; ARG: of one. */
static uint64_t
run_followed(const struct work_row *row, size_t n)
{
	const struct trace_send send = { .src_addr = STR("192.0.2.1:5060"),
		.dst_addr = STR("192.0.2.2:5060"),
		.transport = STR("udp") };
	static struct msg m;
	LOCAL_BUF text = BUF_INIT;
	uint64_t before = blocks;
	struct follower *f;

	if (follower_create(&f, true) != 0)
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct followed_message s = { .seq = i + 1,
			.time = (int64_t)i * SIM_MS,
			.other = 1,
			.send = &send,
			.msg = &m };

		buf_clear(&text);
		buf_printf(&text,
		    "INVITE sip:bob@b.example SIP/2.0\r\nVia: SIP/2.0/UDP "
		    "192.0.2.1;branch=z9hG4bK%zu\r\nFrom: <sip:a@a.example>"
		    ";tag=a\r\nTo: <sip:bob@b.example>\r\nCall-ID: %zu\r\n"
		    "CSeq: %zu INVITE\r\nMax-Forwards: 70\r\n\r\n",
		    i, row->arg > 0 ? 0 : i, i + 1);
		s.good = msg_read(&m, buf_view(&text), NULL) == 0;
		follower_see_message(&s);
		follower_see(f, &s);
		follower_apply(f, &s);
	}
	follower_destroy(f);
	return blocks - before;
}

static bool
add_area(const mi_heap_t *heap, const mi_heap_area_t *area, void *block,
    size_t size, void *arg)
{
	size_t *all = arg;

	(void)heap;
	(void)block;
	(void)size;
	*all += area->used * area->block_size;
	return true;
}

/* Bytes of the blocks that are taken; larger ones are libc's. */
static size_t
count_heap(void)
{
	size_t all = 0;

	mi_collect(false);
	mi_heap_visit_blocks(mi_heap_get_default(), false, add_area, &all);
	return all;
}

/* Bytes of the heap, not blocks: both phones and what is between them. */
static uint64_t
run_live(const struct work_row *row, size_t n)
{
	struct bench_world b = { .between = row->script,
		.calls = n,
		.pairs = 1,
		.every_ns = 5 * SIM_MS,
		.hangup_ns = 1000 * SIM_S,
		.detail = TRACE_PROTOCOL };
	size_t before, after = 0;

	if (!bench_world_open(&b))
		return 0;
	before = count_heap();
	/* Until no transaction of theirs is left (Timers D, H: 32 s). */
	if (bench_world_run(&b, (int64_t)n * 5 * SIM_MS + 40 * SIM_S))
		after = count_heap();
	bench_world_close(&b);
	return after > before ? after - before : 0;
}

static const struct work_row rows[] = {
	{ "bytes of a live call", run_live, 400, 0, 0, NULL, NULL },
	{ "bytes of a live call through a box", run_live, 400, 0, 0, NULL,
	    "b2bua" },
	{ "an INVITE that is followed", run_followed, 1000, 0, 0, NULL, NULL },
	{ "an INVITE that is followed, of one call", run_followed, 1000, 1, 0,
	    NULL, NULL },
	{ "a call, all at once, 100 a phone", run_at_once, 400, 100, 0, NULL,
	    NULL },
	{ "a call, all at once, of one phone", run_at_once, 200, 0, 0, NULL,
	    NULL },
	{ "a call, one after the other", run_in_turn, 200, 0, 0, NULL, NULL },
	{ "… through a box", run_boxed_in_turn, 200, 0, 0, NULL, NULL },
	{ "… through a box, all at once", run_boxed_at_once, 400, 100, 0, NULL,
	    NULL },
	{ "… through two boxes", run_twice, 200, 0, 1.06, NULL, NULL },
	{ "… to a telephone", run_to_telephone, 200, 0, 0, NULL, NULL },
	{ "… from behind a NAT", run_behind, 200, 0, 0, NULL, NULL },
	{ "… by names that are known", run_named, 100, 0, 0, NULL, NULL },
	{ "… by names that are not", run_named, 100, 1, 0, NULL, NULL },
	{ "a datagram through one of many bindings", run_nat, 1000, 0, 0, NULL,
	    NULL },
	{ "OPTIONS", run_role, 100, 0, 0, NULL, NULL },
	{ "… over TCP", run_role, 100, 2, 0, NULL, NULL },
	{ "… over TLS", run_role, 1000, 8, 0, NULL, NULL },
	{ "… with digest", run_role, 100, 3, 0, NULL, NULL },
	{ "… by a location service", run_role, 100, 5, 0, NULL, NULL },
	{ "… forked to three", run_role, 100, 6, 1.07, NULL, NULL },
	{ "a keep-alive of a camera", run_cameras, 200, 0, 0, NULL, NULL },
	{ "a binding", run_bindings, 1000, 0, 0, NULL, NULL },
	{ "a phone of a topology", run_topology, 100, 9000, 0,
	    "`a# [role=ua] a# -- net\n`", NULL },
	{ "a domain of a name server", run_topology, 100, 9000, 0,
	    "names [role=dns] names -- net\n"
	    "`p# [role=proxy, domain=\"d#.example\"] p# -- net\n`",
	    NULL },
	{ "an agent with four callers", run_topology, 20, 1900, 1.08,
	    "q [role=queue, domain=\"s.example\", inbound=true, "
	    "wrap_up=\"1s\"]\n"
	    "q -- net\n"
	    "`a# [role=ua, answer=\"1s\", domain=\"s.example\", "
	    "register=true]\n"
	    "a# -- net c#_0 [role=ua, hangup=\"5s\"] c#_0 -- net\n"
	    "c#_1 [role=ua, hangup=\"5s\"] c#_1 -- net\n"
	    "c#_2 [role=ua, hangup=\"5s\"] c#_2 -- net\n"
	    "c#_3 [role=ua, hangup=\"5s\"] c#_3 -- net\n`",
	    "script(function() sleep \"5s\" for k = 0, 3 do for i = 0, ~ - 1 "
	    "do\n"
	    "node(\"c\" .. i .. \"_\" .. k):invite \"sip:q@s.example\"\n"
	    "sleep((5000 // ~) .. \"ms\") end end end)" },
	{ "a room of a conference server", run_topology, 20, 500, 0,
	    "conf [role=conference, rooms=\"`r# `\", domain=\"c.example\",\n"
	    "inbound=true] conf -- net\n"
	    "`m# [role=ua, hangup=\"60s\"] m# -- net\n"
	    "n# [role=ua, hangup=\"60s\"] n# -- net\n`",
	    "script(function() for i = 0, ~ - 1 do\n"
	    "node(\"m\" .. i):invite(\"sip:r\" .. i .. \"@c.example\")\n"
	    "node(\"n\" .. i):invite(\"sip:r\" .. i .. \"@c.example\")\n"
	    "sleep \"10ms\" end end)" },
	{ "a watcher", run_topology, 50, 1000, 0,
	    "pa [role=presence, domain=\"b.example\", inbound=true] pa -- net\n"
	    "bob [role=ua, domain=\"b.example\"] bob -- net\n"
	    "`w# [role=ua] w# -- net\n`",
	    "script(function() for i = 0, ~ - 1 do\n"
	    "node(\"w\" .. i):subscribe \"sip:bob@b.example\" sleep \"10ms\" "
	    "end\n"
	    "node \"bob\":publish { status = \"open\" } end)" },
	{ "a registration", run_topology, 50, 5000, 0,
	    "px [role=\"proxy registrar location\", domain=\"p.example\"] px "
	    "-- net\n"
	    "`a# [role=ua, domain=\"p.example\", register=true] a# -- net\n`",
	    NULL },
	{ "a branch of a proxy", run_topology, 6, 0, 1.82,
	    "px [role=\"proxy registrar location\", domain=\"p.example\"] px "
	    "-- net\n"
	    "alice [role=ua, outbound=px] alice -- net\n"
	    "`b# [role=ua, domain=\"p.example\", aor=\"sip:bob@p.example\",\n"
	    "registered=true, answer=never] b# -- net\n`",
	    "script(function() node \"alice\":invite \"sip:bob@p.example\" "
	    "end)" },
	{ "a connection", run_topology, 50, 5000, 0,
	    "px [role=\"proxy registrar location\", domain=\"p.example\"] px "
	    "-- net\n"
	    "bob [role=ua, domain=\"p.example\", registered=true] bob -- net\n"
	    "`a# [role=ua, transport=tcp, outbound=px] a# -- net\n`",
	    "script(function() for i = 0, ~ - 1 do\n"
	    "node(\"a\" .. i):options \"sip:bob@p.example\" sleep \"10ms\" end "
	    "end)" },
	{ "a subscriber of a home network", run_large_topology, 20, 5000, 1.08,
	    "icscf [role=proxy, domain=\"h.example\", hss=hss, serving=scscf,\n"
	    "inbound=true, record_route=false] icscf -- net\n"
	    "scscf [role=\"registrar location proxy\", domain=\"h.example\", "
	    "hss=hss]\n"
	    "scscf -- net hss [role=hss, domain=\"h.example\"] hss -- net\n"
	    "`a# [role=ua, aor=\"sip:u#@h.example\", outbound=icscf, "
	    "register=true,\n"
	    "sim=\"impi=u#@h.example k=465b5ce8b199b49faa5f0a2ee238a6bc "
	    "opc=cd63cb71954a9f4e48a5994e37a02baf sqn=000000000000\"] a# -- "
	    "net\n`",
	    NULL },
	{ "a program", run_topology, 50, 4900, 0,
	    "bob [role=ua, domain=\"b.example\"] bob -- net\n"
	    "`p# [role=script, program=\"echo.lua\"] p# -- net\n"
	    "a# [role=ua, outbound=p#] a# -- net\n`",
	    "script(function() for i = 0, ~ - 1 do\n"
	    "node(\"a\" .. i):options \"sip:bob@b.example\" sleep \"10ms\" end "
	    "end)" },
	{ "a mailbox", run_topology, 20, 450, 1.11,
	    "vm [role=voicemail, domain=\"v.example\", inbound=true, "
	    "answer=\"1s\",\n"
	    "record=\"2s\", mailboxes=\"`u#@v.example `\"] vm -- net\n"
	    "`a# [role=ua, hangup=\"2s\"] a# -- net\n`",
	    "script(function() for i = 0, ~ - 1 do\n"
	    "node(\"a\" .. i):invite(\"sip:u\" .. i .. \"@v.example\")\n"
	    "sleep \"10ms\" end end)" },
	{ "a circuit of a gateway", run_topology, 50, 4000, 0,
	    "gw [role=gateway, domain=\"g.example\", inbound=true,\n"
	    "trunks=\"sw:1-~\"] gw -- net\n"
	    "sw [role=switch, trunks=\"gw:1-~\", telephones=\"2125550100\",\n"
	    "pick_up=\"0s\", acm=none] gw -- sw\n"
	    "`a# [role=ua, hangup=\"60s\"] a# -- net\n`",
	    "script(function() for i = 0, ~ - 1 do\n"
	    "node(\"a\" .. i):invite \"sip:+12125550100@g.example\"\n"
	    "sleep \"10ms\" end end)" },
	{ "a context of a gateway", run_topology, 20, 300, 1.2,
	    "mgc [role=mgc, domain=\"m.example\", inbound=true, gateways=mg,\n"
	    "digit_map=\"xxxxxx\"] mgc -- net\n"
	    "mg [role=mg, controller=mgc, telephones=\"`A#=1$ B#=2$ `\"]\n"
	    "mg -- net",
	    "script(function() sleep \"1s\" for i = 0, ~ - 1 do\n"
	    "node \"mg\":off_hook(\"A\" .. i) sleep \"10ms\" end\n"
	    "for i = 0, ~ - 1 do\n"
	    "node \"mg\":press(\"A\" .. i, \"2\" .. (10000 + i)) sleep "
	    "\"10ms\" end\n"
	    "sleep \"9s\" for i = 0, ~ - 1 do node \"mg\":off_hook(\"B\" .. "
	    "i)\n"
	    "sleep \"10ms\" end end)" },
};

/* Blocks of one of N; 0: the run failed. */
static double
cost_of_one(const struct work_row *row, size_t n)
{
	return (double)row->run(row, n) / (double)n;
}

static unsigned
check(const struct work_row *row, bool say)
{
	double one = cost_of_one(row, row->small);
	double ten = cost_of_one(row, 10 * row->small);
	double most = row->growth > 0 ? row->growth : GROWTH;
	struct limit limit = limit_find(row->what, NULL);
	bool dear = one <= 0 || one > limit.most * ROOM;
	bool grows = ten <= 0 || ten > one * most;
	bool large = row->run == run_large_topology;
	double many = large || (say && row->graph != NULL && row->arg > 0)
			  ? cost_of_one(row, row->arg)
			  : 0;

	grows |= large && (many <= 0 || many > one * most);
	if (!dear && !grows && !say)
		return 0;
	printf("%s: %.0f (at most %u, to be %u), %.3f times as many with ten "
	       "times as many (%.2f)",
	    row->what, one, limit.most, limit.aim, ten / one, most);
	if (many > 0)
		printf(", %.2f with %zu", many / one, row->arg);
	printf("\n");
	return (dear ? 1u : 0) + (grows ? 1u : 0);
}

int
main(int argc, char **argv)
{
	unsigned n = 0, failed = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (argc > 2 && strstr(rows[i].what, argv[2]) == NULL)
			continue;
		failed += check(&rows[i], argc > 1);
		n += 2;
	}
	failed += limits_check(argc > 1);
	n++;
	printf("work: %u passed, %u failed\n", n - failed, failed);
	return failed != 0;
}
