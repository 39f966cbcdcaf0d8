/*
 * Calls through a record-routing proxy that keeps state: how many a second,
 * what a hop costs beside libosip2's bare codec, how that grows with the
 * number of calls, and memory.
 *
 * A hop is one message from one socket to the next: it is built or forwarded,
 * sent, recorded, carried over a link, received, checked, parsed, and given to
 * its transaction.  The codec is osip_message_parse and osip_message_to_str of
 * the very messages of such a call, with the C library's allocator.  Both are
 * measured in one child, the codec before and after the run.
 *
 *	bench_calls [MOST]	no more than MOST calls at once (10000), and
 *				three times as many one after the other
 */
#include "bench_world.h"

#include <sys/time.h>

#include <osipparser2/osip_parser.h>

#define PAIRS    3
#define MESSAGES 64 /* of one call, at most */

/* What more calls are held against. */
#define FEW     1000
#define TURN_MS 400

/* One phone has some 8,000 RTP ports. */
#define A_PHONE 1000
#define PORTS   8000

struct job {
	size_t calls, pairs;
	int64_t every_ns, hangup_ns, until_ns;
	enum trace_detail detail;
	const char *path;
};

struct result {
	double cpu;   /* seconds of the run */
	double codec; /* seconds of the codec for one call's messages */
	double bytes; /* of trace */
	double hops;  /* messages of one call */
};

/* ---- the codec ---- */

static struct {
	char *p[MESSAGES];
	size_t len[MESSAGES];
	size_t n;
} sample;

static void
collect(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	(void)v;
	(void)arg;
	if (sample.n == MESSAGES)
		return;
	sample.p[sample.n] = malloc(sent->bytes.n + 1);
	if (sample.p[sample.n] == NULL)
		return;
	memcpy(sample.p[sample.n], sent->bytes.p, sent->bytes.n);
	sample.p[sample.n][sent->bytes.n] = '\0';
	sample.len[sample.n++] = sent->bytes.n;
}

/* The messages of one call. */
static int
take_sample(void)
{
	struct bench_world b = {
		.calls = 1, .hangup_ns = SIM_S, .tamper = collect
	};
	int ok = bench_world_open(&b) && bench_world_run(&b, INT64_MAX);

	bench_world_close(&b);
	return ok && sample.n > 0;
}

static int
parse_and_print(const char *p, size_t len)
{
	osip_message_t *m;
	char *text;
	size_t n;

	if (osip_message_init(&m) != 0)
		return 0;
	if (osip_message_parse(m, p, len) != 0 ||
	    osip_message_to_str(m, &text, &n) != 0)
		return 0;
	osip_free(text);
	osip_message_free(m);
	return 1;
}

/* Seconds for all messages of one call. */
static double
measure_codec(void)
{
	double start = bench_now(), t;
	unsigned rounds = 0;

	/* The library's own choice; a new world puts the pool back. */
	osip_set_allocators(NULL, NULL, NULL);
	parser_init();
	do {
		for (size_t i = 0; i < sample.n; i++)
			if (!parse_and_print(sample.p[i], sample.len[i]))
				return 0;
		rounds++;
		t = bench_now() - start;
	} while (t < 0.1);
	return t / rounds;
}

/* ---- runs ---- */

static int
run_job(void *arg, void *out)
{
	const struct job *j = arg;
	struct result *r = out;
	struct bench_world b = {
		.calls = j->calls,
		.pairs = j->pairs,
		.every_ns = j->every_ns,
		.hangup_ns = j->hangup_ns,
		.detail = j->detail,
		.path = j->path,
	};
	int ok;

	r->codec = measure_codec();
	r->cpu = bench_now();
	ok = bench_world_open(&b) &&
	     bench_world_run(&b, j->until_ns != 0 ? j->until_ns : INT64_MAX);
	r->cpu = bench_now() - r->cpu;
	r->bytes = (double)b.bytes;
	r->hops = (double)sample.n;
	if (ok) {
		bench_world_close(&b);
		r->codec = (r->codec + measure_codec()) / 2;
	}
	return ok;
}

struct figures {
	double calls; /* a second */
	double ratio; /* a hop's cost beside the codec */
	double bytes; /* of trace for a call */
	double mib;   /* peak memory */
	double more;  /* cost of a call beside that of few; of few, 1 */
};

/* Runs of few calls, in turns with one of many. */
struct few {
	struct job job;
	double cpu; /* of all of them */
	size_t calls;
};

static void
run_few(void *arg)
{
	struct few *few = arg;
	struct result r;
	double kib;

	if (!bench_child(run_job, &few->job, &r, sizeof(r), &kib)) {
		fprintf(stderr, "the run of few calls failed\n");
		exit(1);
	}
	few->cpu += r.cpu;
	few->calls += few->job.calls;
}

/* PHONE: how many calls each phone makes. */
static struct job
calls_at_once(size_t calls, size_t phone, enum trace_detail detail)
{
	return (struct job){
		.calls = calls,
		.pairs = (calls + phone - 1) / phone,
		.every_ns = 5 * SIM_MS,
		.hangup_ns = (int64_t)calls * 5 * SIM_MS,
		.detail = detail,
		.path = "/dev/null",
	};
}

/* J in PAIRS children; FEW, where it is not NULL, in turns with each. */
static struct figures
run_times(struct job *j, size_t pairs, struct few *few)
{
	struct bench_turn turn = { run_few, few, TURN_MS };
	double calls[PAIRS], ratio[PAIRS], more[PAIRS];
	struct figures f = { 0 };

	for (size_t i = 0; i < pairs; i++) {
		struct result r;
		double kib;

		if (!bench_child_in_turns(run_job, j, &r, sizeof(r), &kib,
			few != NULL ? &turn : NULL)) {
			fprintf(stderr, "the run failed\n");
			exit(1);
		}
		calls[i] = (double)j->calls / r.cpu;
		ratio[i] = r.cpu / (double)j->calls / r.codec;
		more[i] = few != NULL && few->calls > 0
			      ? (double)few->calls / few->cpu / calls[i]
			      : 1;
		f.bytes = r.bytes / (double)j->calls;
		f.mib = kib / 1024;
	}
	f.calls = bench_median(calls, pairs);
	f.ratio = bench_median(ratio, pairs);
	f.more = bench_median(more, pairs);
	return f;
}

static void
print_figures(const char *what, const struct job *j, const struct figures *f,
    const char *aim)
{
	size_t calls = j->calls;

	printf("%zu %s\n", calls, what);
	bench_print("  calls", f->calls, "calls/s", NULL);
	bench_print(
	    "  messages", f->calls * (double)sample.n, "messages/s", NULL);
	bench_print(j->detail == TRACE_MESSAGES
			? "  a hop beside the codec, trace of messages"
			: "  a hop beside the codec",
	    f->ratio, "times", aim);
	bench_print("  trace", f->bytes / 1e3, "kB a call", NULL);
	bench_print("  peak memory", f->mib, "MiB", NULL);
	/* With few calls it is that of the program. */
	bench_print("  peak memory of a call", f->mib * 1024 / (double)calls,
	    "KiB", NULL);
}

/* The number of calls after CALLS: ten times as many, and that of one phone. */
static size_t
more_calls(size_t calls, size_t phone)
{
	return calls * 10 > phone && phone > A_PHONE && calls < phone
		   ? phone
		   : calls * 10;
}

/*
 * All calls live at once, then end; a phone makes PHONE of them.  What more of
 * them cost for each is said beside FEW, which are run in turns with them: what
 * else the machine does, and how fast it is, changes within seconds.
 */
static void
measure_growth(
    size_t most, size_t phone, enum trace_detail detail, const char *what)
{
	double mib = 0;

	for (size_t calls = FEW; calls <= most;
	     calls = more_calls(calls, phone)) {
		struct job j = calls_at_once(calls, phone, detail);
		struct few few = { calls_at_once(FEW, phone, detail), 0, 0 };
		struct figures f = run_times(
		    &j, calls < 100000 ? PAIRS : 1, calls > FEW ? &few : NULL);

		print_figures(what, &j, &f,
		    detail == TRACE_MESSAGES ? "at most 1.6" : "at most 2.0");
		if (calls == FEW) {
			mib = f.mib;
			continue;
		}
		bench_print("  cost of a call beside 1,000 calls", f.more,
		    "times", calls < 1000000 ? "at most 1.2" : "at most 1.3");
		/* What the program itself has is in both. */
		bench_print("  memory of a live call more",
		    (f.mib - mib) * 1024 / (double)(calls - FEW), "KiB",
		    "at most 10");
	}
}

/* Calls that end, with a bounded number alive: the trace streams away. */
static void
measure_length(size_t most)
{
	double first = 0;

	for (size_t calls = most / 10; calls <= most; calls *= 10) {
		struct job j = {
			.calls = calls,
			.every_ns = 20 * SIM_MS,
			.hangup_ns = SIM_S,
			.detail = TRACE_PROTOCOL,
			.path = "/dev/null",
		};
		struct figures f = run_times(&j, 1, NULL);

		print_figures("in turn", &j, &f, NULL);
		if (first == 0)
			first = f.mib;
		else
			bench_print("  memory beside a tenth of the calls",
			    f.mib / first, "times", "at most 1.05");
	}
}

int
main(int argc, char **argv)
{
	size_t most = argc > 1 ? (size_t)atol(argv[1]) : 10000;

	if (!take_sample())
		return 1;
	bench_print("messages of a call", (double)sample.n, "messages", NULL);
	bench_print("the codec", measure_codec() / (double)sample.n * 1e6,
	    "us a message", NULL);
	measure_growth(most, A_PHONE, TRACE_PROTOCOL, "at once");
	measure_growth(most < 10000 ? most : 10000, A_PHONE, TRACE_MESSAGES,
	    "at once, trace of messages");
	measure_growth(most < PORTS ? most : PORTS, PORTS, TRACE_PROTOCOL,
	    "at once, of one phone");
	measure_length(3 * most);
	return 0;
}
