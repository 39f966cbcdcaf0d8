/*
 * Cameras of GB/T 28181 and their platform, as the topologies' programs have
 * them: they begin within two minutes, register, and keep themselves alive once
 * a minute.
 */
#ifndef BENCH_FLEET_H
#define BENCH_FLEET_H

#include "bench.h"

#include "base/err.h"
#include "base/i18n.h"
#include "runs/run.h"

/* They are all there, and have been for some minutes. */
#define FLEET_BEGUN (300 * SIM_S)
#define FLEET_EVERY (60 * SIM_S)

struct bench_fleet {
	struct inputs in;
	struct run *run;
};

static int
fleet_drop(const char *line, size_t n, void *arg)
{
	(void)line;
	(void)n;
	(void)arg;
	return 0;
}

static void
fleet_write(struct buf *b, size_t cameras)
{
	buf_puts(b,
	    "graph fleet {\n"
	    "graph [domain=\"3301060000\", start=\"2026-03-02T00:00:00Z\"]\n"
	    "edge [delay=\"10ms\"]\n"
	    "net [addr=\"10.255.255.254\"]\n"
	    "platform [role=script, addr=\"192.0.2.10\", inbound=true,\n"
	    "	aor=\"sip:33010600002000000001@3301060000\",\n"
	    "	program=\"gb28181-platform.lua\",\n"
	    "	settings=\"password=12345678\"]\n"
	    "platform -- net\n");
	for (size_t i = 1; i <= cameras; i++)
		buf_printf(b,
		    "c%zu [role=script, password=\"12345678\",\n"
		    "	aor=\"sip:3301060000132%07zu@3301060000\",\n"
		    "	program=\"gb28181-device.lua\",\n"
		    "	settings=\"spread=120\"]\n"
		    "c%zu -- net\n",
		    i, i, i);
	buf_putc(b, '}');
}

/* Until virtual time UNTIL_NS: the run goes on. */
__attribute__((unused)) static bool
fleet_run(struct bench_fleet *f, int64_t until_ns)
{
	const struct run_goal goal = { .until_ns = until_ns };
	enum run_state state = RUN_GOES_ON;
	struct diag d = DIAG_INIT;
	int err = 0;

	while (err == 0 && state == RUN_GOES_ON)
		err = run_advance_to(f->run, &goal, &state, &d);
	if (err != 0)
		fprintf(stderr, "fleet: %s\n", d.text);
	return err == 0 && state == RUN_IS_THERE;
}

/* A run of IN may be as long and large as it comes. */
__attribute__((unused)) static void
fleet_lift_limits(struct inputs *in)
{
	in->until_ns = RUN_LONGEST_NS + 1;
	in->limits.most[SIM_LIMIT_MEMORY] = (uint64_t)8 << 30;
	in->limits.most[SIM_LIMIT_BYTES] = (uint64_t)8 << 30;
	in->limits.most[SIM_LIMIT_RECORDS] = 100000000;
	in->limits.most[SIM_LIMIT_ALIVE] = 100000000;
}

__attribute__((unused)) static bool
fleet_open(struct bench_fleet *f, size_t cameras)
{
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	int err;

	*f = (struct bench_fleet){ .in.detail = TRACE_MESSAGES };
	fleet_write(&text, cameras);
	inputs_use_files(&f->in);
	err = inputs_take_text(&f->in, "topologies/fleet.gv", &text, &d);
	fleet_lift_limits(&f->in);
	if (err == 0)
		err = run_create(&f->run, &f->in, fleet_drop, NULL, &d);
	if (err != 0)
		fprintf(stderr, "fleet: %s\n", d.text);
	buf_free(&text);
	return err == 0 && fleet_run(f, FLEET_BEGUN);
}

__attribute__((unused)) static void
fleet_close(struct bench_fleet *f)
{
	run_destroy(f->run);
	inputs_free(&f->in);
}

#endif
