/*
 * Media of calls: how much faster than real time 1,000 calls are that talk all
 * the time, folded; what a packet with records of its own costs beside a hop of
 * SIP with as many; whether memory grows with the length of a call.
 */
#include "bench_world.h"

#define CALLS 1000
#define ROUND 3

/* The calls are there after this, and have the same phase in no two pairs. */
#define BEGUN (2 * SIM_S)

static void
fail(const char *what)
{
	fprintf(stderr, "bench_media: %s\n", what);
	exit(1);
}

/* Processor seconds of NS of virtual time with calls that talk. */
static double
talk(int64_t ns, double *memory_before, double *memory_after)
{
	struct bench_world b = { .calls = CALLS,
		.pairs = CALLS,
		.direct = true,
		.media = true,
		.every_ns = 1013 * SIM_MS / CALLS,
		.hangup_ns = -1,
		.detail = TRACE_PROTOCOL };
	double t;

	if (!bench_world_open(&b) || !bench_world_run(&b, BEGUN))
		fail("the calls do not begin");
	*memory_before = (double)sim_memory(b.world->sim);
	t = bench_now();
	if (!bench_world_run(&b, BEGUN + ns))
		fail("the calls do not go on");
	t = bench_now() - t;
	*memory_after = (double)sim_memory(b.world->sim);
	bench_world_close(&b);
	return t;
}

/* Processor seconds of a packet with records of its own, or of one message of
 * SIP: of calls with media, or of as many calls that begin and end. */
static double
record(bool media)
{
	struct bench_world b = { .calls = media ? 20 : 2000,
		.pairs = 20,
		.direct = true,
		.media = media,
		.every_ns = 10 * SIM_MS,
		.hangup_ns = media ? -1 : SIM_S,
		.detail = TRACE_NETWORK };
	double n = media ? 20 * 20 * 2 * 50 : 2000 * 6, t;

	if (!bench_world_open(&b) || !bench_world_run(&b, media ? BEGUN : 0))
		fail("the calls do not begin");
	t = bench_now();
	if (!bench_world_run(&b, media ? BEGUN + 20 * SIM_S : INT64_MAX))
		fail("the calls do not go on");
	t = bench_now() - t;
	bench_world_close(&b);
	return t / n;
}

int
main(void)
{
	double faster[ROUND], share[ROUND], before, after, later;

	for (unsigned i = 0; i < ROUND; i++) {
		faster[i] = 5 / talk(5 * SIM_S, &before, &after);
		share[i] = record(true) / record(false);
	}
	talk(20 * SIM_S, &before, &later);
	bench_print("1,000 calls that talk, folded, beside real time",
	    bench_median(faster, ROUND), "times", "at least 10");
	bench_print("a recorded packet of RTP beside a hop of SIP",
	    bench_median(share, ROUND), "times", "at most 0.3");
	bench_print("memory of the calls after 20 s beside after 5 s",
	    later / after, "times", "at most 1.01");
	return 0;
}
