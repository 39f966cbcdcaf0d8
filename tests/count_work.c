/*
 * What a call costs is counted, not timed, so that it cannot grow unseen and no
 * slow machine fails.  The layers that a run goes through are compiled so that
 * each basic block of theirs counts itself (make COUNT=1): any loop over what
 * there is shows.  libosip2's share is not counted, nor is msg's, base's maps
 * are.  The same compiler counts the same each time.
 *
 * Each row runs a small and a ten times larger number of calls, registrations
 * or requests, and holds
 *
 *	growth	what one costs in the large run beside the small one: 1.05
 *	cost	the blocks of one, in the small run: what the row says, and 2 %
 *		for another release of the compiler
 *
 * With an argument it says all figures.  Who raises a number says in the commit
 *what is bought with it.
 */
#include "bench_fleet.h"
#include "bench_roles.h"

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
	unsigned most; /* blocks of one */
	size_t arg;
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
		if (!bench_bind(node_role_state(reg, ROLE_location), aor,
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

static const struct work_row rows[] = {
	{ "a call, all at once, 100 a phone", run_at_once, 400, 58770, 100 },
	{ "a call, all at once, of one phone", run_at_once, 200, 58511, 0 },
	{ "a call, one after the other", run_in_turn, 200, 58511, 0 },
	{ "… through a box", run_boxed_in_turn, 200, 69850, 0 },
	{ "… through a box, all at once", run_boxed_at_once, 400, 70090, 100 },
	{ "… to a telephone", run_to_telephone, 200, 23349, 0 },
	{ "… from behind a NAT", run_behind, 200, 61434, 0 },
	{ "… by names that are known", run_named, 100, 59352, 0 },
	{ "… by names that are not", run_named, 100, 61299, 1 },
	{ "a datagram through one of many bindings", run_nat, 1000, 956, 0 },
	{ "OPTIONS", run_role, 100, 22608, 0 },
	{ "… over TCP", run_role, 100, 28491, 2 },
	{ "… over TLS", run_role, 1000, 29048, 8 },
	{ "… with digest", run_role, 100, 28295, 3 },
	{ "… by a location service", run_role, 100, 27203, 5 },
	{ "… forked to three", run_role, 100, 50519, 6 },
	{ "a keep-alive of a camera", run_cameras, 200, 13915, 0 },
	{ "a binding", run_bindings, 1000, 471, 0 },
};

static unsigned
check(const struct work_row *row, bool say)
{
	double one = (double)row->run(row, row->small) / (double)row->small;
	double ten =
	    (double)row->run(row, 10 * row->small) / (double)(10 * row->small);
	bool dear = one <= 0 || one > row->most * ROOM;
	bool grows = ten <= 0 || ten > one * GROWTH;

	if (dear || grows || say)
		printf("%s: %.0f blocks (%u are written here), %.3f times as "
		       "many with ten times as many\n",
		    row->what, one, row->most, ten / one);
	return (dear ? 1u : 0) + (grows ? 1u : 0);
}

int
main(int argc, char **argv)
{
	unsigned n = sizeof(rows) / sizeof(rows[0]), failed = 0;

	(void)argv;
	for (unsigned i = 0; i < n; i++)
		failed += check(&rows[i], argc > 1);
	printf("work: %u passed, %u failed\n", 2 * n - failed, failed);
	return failed != 0;
}
