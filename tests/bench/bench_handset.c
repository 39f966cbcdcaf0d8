/*
 * The handset: how fast its processor is emulated while the firmware works on
 * messages that come faster than it can, what an hour of sleep costs, and a
 * hundred of them in one run.
 *
 * Busy: bob sends it an ACK of no dialog every 0.3 ms, which the firmware
 * parses and drops in about 0.4 ms; so it never sleeps.  The figures hold all
 * that rung does meanwhile, for bob as well.
 *
 *	bench_handset [MOST]	no more than MOST handsets in one run
 */
#include "bench.h"

#include "base/err.h"
#include "base/mem.h"
#include "runs/run.h"

#include <inttypes.h>

struct job {
	size_t handsets;
	const char *script;
	int64_t until_ns;
};

struct result {
	double cpu;       /* seconds */
	double virtual_s; /* when the run ended */
	double lost;      /* messages that found no room */
};

#define BUSY                                                               \
	"script(function()\n"                                              \
	"  phone1:wait_screen('Registered', '5s')\n"                       \
	"  for i = 1, 8000 do\n"                                           \
	"    bob:send{to='phone1', raw='ACK sip:a@192.0.2.9 SIP/2.0\\r\\n" \
	"Via: SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bK' .. i .. '\\r\\n"  \
	"Max-Forwards: 70\\r\\nRoute: <sip:192.0.2.7;lr>\\r\\n"            \
	"From: \"Bob\" <sip:bob@example.com>;tag=1928301774\\r\\n"         \
	"To: <sip:a@example.com>;tag=a6c85cf\\r\\n"                        \
	"Call-ID: a84b4c76e66710@pc33.example.com\\r\\n"                   \
	"CSeq: 314159 ACK\\r\\nContact: <sip:bob@192.0.2.8>\\r\\n"         \
	"Content-Length: 0\\r\\n\\r\\n'}\n"                                \
	"    sleep '300us'\n"                                              \
	"  end\n"                                                          \
	"end)\n"

/* What a handset has unless the topology says otherwise. */
#define CLOCK_HZ 203e6
#define CPI      1.5

#define SLEEP "script(function() sleep '1h' end)\n"
#define CROWD "script(function() sleep '10s' end)\n"

static void
write_topology(size_t n, struct buf *b)
{
	buf_puts(b, "graph g { domain=\"example.com\"; lan;\n"
		    "px [role=\"proxy registrar location\"]; px -- lan;\n"
		    "bob [role=ua]; bob -- lan;\n");
	for (size_t i = 1; i <= n; i++)
		buf_printf(b,
		    "phone%zu [role=handset, register=true, outbound=px]; "
		    "phone%zu -- lan;\n",
		    i, i);
	buf_puts(b, "}\n");
}

static void
write_script(const struct job *j, struct buf *b)
{
	buf_puts(b, "lab { title = 'bench', topology = 'g.gv' }\n"
		    "local phone1, bob = node 'phone1', node 'bob'\n");
	buf_puts(b, j->script);
}

static double
number_after(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	return at != NULL ? strtod(at + strlen(key), NULL) : 0;
}

static int
count_line(const char *line, size_t n, void *arg)
{
	struct result *r = arg;
	char *copy = strndup(line, n);

	if (copy == NULL)
		return ERR_NOMEM;
	r->virtual_s = number_after(copy, "\"t\":") / 1e9;
	if (strstr(copy, "\"reason\":\"overrun\"") != NULL)
		r->lost++;
	free(copy);
	return 0;
}

static int
run_job(void *arg, void *out)
{
	const struct job *j = arg;
	struct result *res = out;
	struct buf topology = BUF_INIT, script = BUF_INIT;
	struct inputs in;
	struct run *r = NULL;
	struct diag d = DIAG_INIT;
	bool done = false;
	int err;

	memset(&in, 0, sizeof(in));
	memset(res, 0, sizeof(*res));
	in.detail = TRACE_PROTOCOL;
	in.until_ns = j->until_ns;
	write_topology(j->handsets, &topology);
	write_script(j, &script);
	in.topology_file = mem_strdup("g.gv");
	in.topology = buf_take(&topology);
	in.script_file = mem_strdup("lab.lua");
	in.script = buf_take(&script);
	res->cpu = bench_now();
	err = run_create(&r, &in, count_line, res, &d);
	if (err == 0)
		err = run_advance(r, 0, &done, &d);
	res->cpu = bench_now() - res->cpu;
	if (err != 0)
		fprintf(stderr, "%s\n", d.text);
	run_destroy(r);
	inputs_free(&in);
	return err == 0;
}

/* Between two moments in which it never sleeps. */
static int
busy(void)
{
	struct job begin = { 1, BUSY, 1500 * SIM_MS };
	struct job end = { 1, BUSY, 3000 * SIM_MS };
	struct result a, b;
	double peak, real, instructions;

	if (!bench_child(run_job, &begin, &a, sizeof(a), &peak) ||
	    !bench_child(run_job, &end, &b, sizeof(b), &peak))
		return 0;
	real = b.cpu - a.cpu;
	instructions = (b.virtual_s - a.virtual_s) * CLOCK_HZ / CPI;
	bench_print("busy: emulated instructions", instructions / real / 1e6,
	    "M/s", NULL);
	bench_print("busy: virtual beside real time",
	    (b.virtual_s - a.virtual_s) / real, "times", "at least 0.3");
	bench_print("busy: datagrams that found no room", b.lost - a.lost, "",
	    "at least 1");
	return 1;
}

static int
asleep(void)
{
	struct job j = { 1, SLEEP, 0 };
	struct result r;
	double peak;

	if (!bench_child(run_job, &j, &r, sizeof(r), &peak))
		return 0;
	bench_print("an hour of sleep", r.cpu * 1000, "ms", NULL);
	bench_print("asleep: virtual beside real time", r.virtual_s / r.cpu,
	    "times", NULL);
	return 1;
}

static int
crowd(size_t n)
{
	struct job one = { 1, CROWD, 0 }, many = { n, CROWD, 0 };
	struct result a, b;
	double peak_one, peak_many;

	if (!bench_child(run_job, &one, &a, sizeof(a), &peak_one) ||
	    !bench_child(run_job, &many, &b, sizeof(b), &peak_many))
		return 0;
	printf("%zu handsets register and sleep 10 s\n", n);
	bench_print("  time of one more",
	    (b.cpu - a.cpu) * 1000 / (double)(n - 1), "ms", NULL);
	bench_print("  memory of one more",
	    (peak_many - peak_one) / 1024 / (double)(n - 1), "MiB", NULL);
	return 1;
}

int
main(int argc, char **argv)
{
	long most = argc > 1 ? strtol(argv[1], NULL, 10) : 100;

	if (most < 2)
		most = 2;
	return busy() && asleep() && crowd(10 < most ? 10 : (size_t)most) &&
		       (most <= 10 || crowd((size_t)most))
		   ? 0
		   : 1;
}
