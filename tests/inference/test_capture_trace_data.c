/*
 * Captures of real networks as traces: every message, as many Call-IDs as
 * tshark counts, and every inferred step is one of its machine's table.
 */
#include "fixtures/stand_in_capture.h"

#include "base/map.h"
#include "trace/state_at.h"
#include "machine/machine.h"

#include <dirent.h>

/* A line of stats.tsv: file bytes packets sip call_ids …; COLUMN of FILE, or
 * -1. */
static long
stat_of(struct str stats, const char *file, int column)
{
	while (stats.n > 0) {
		struct str line = str_cut(stats, '\n', &stats);
		struct str value = str_cut(line, '\t', &line);
		uint64_t n;

		if (!str_is(value, file))
			continue;
		for (int i = 0; i < column; i++)
			value = str_cut(line, '\t', &line);
		return str_u64(value, &n) == 0 ? (long)n : -1;
	}
	return -1;
}

static void
check_steps(const struct trace *t)
{
	LOCAL_BUF m = BUF_INIT, from = BUF_INIT, to = BUF_INIT, ev = BUF_INIT;
	struct state_at *f = NULL;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		const struct machine *machine;
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		if (rec.kind != TRACE_FSM)
			continue;
		machine = machine_find(trace_str(&rec, "machine", &m));
		CU_ASSERT_PTR_NOT_NULL_FATAL(machine);
		CU_ASSERT_PTR_NOT_NULL(machine_step(machine,
		    trace_str(&rec, "from", &from),
		    trace_str(&rec, "event", &ev), trace_str(&rec, "to", &to)));
	}
	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	CU_ASSERT_EQUAL(state_at_advance(f, t, trace_count(t)), 0);
	state_at_destroy(f);
}

/* Different Call-IDs of what was sent of SIP. */
static long
count_calls(const struct trace *t, long *messages)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct map *calls = NULL;
	long n;

	*messages = 0;
	CU_ASSERT_EQUAL_FATAL(map_create(&calls), 0);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_send send;
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		if (rec.kind != TRACE_SEND ||
		    trace_get_send(&rec, &send, &scratch) != 0 ||
		    !str_is(send.proto, "sip"))
			continue;
		++*messages;
		if (send.call_id.n > 0)
			map_put(calls, send.call_id, calls);
	}
	n = (long)map_count(calls);
	map_destroy(calls);
	return n;
}

static void
check_file(const char *dir, const char *file, struct str stats)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct capture_reader reader;
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	char path[512];
	struct trace *t;
	long calls, messages;
	int err;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	CU_ASSERT_EQUAL_FATAL(capture_open(&c, path, NULL, &d), 0);
	reader = capture_reader_of(c);
	t = stand_in_trace_of(&reader, &o, &err);
	CU_ASSERT_EQUAL_FATAL(err, 0);
	calls = count_calls(t, &messages);
	CU_ASSERT_EQUAL(calls, stat_of(stats, file, 4));
	/* What was seen more than once is one message. */
	CU_ASSERT(messages <= (long)capture_count(c));
	CU_ASSERT(messages == (long)capture_count(c) ||
		  strcmp(file, "t38-fax.pcap") == 0);
	check_steps(t);
	trace_destroy(t);
	capture_close(c);
}

static void
all(void)
{
	struct buf stats = BUF_INIT, path = BUF_INIT;
	unsigned n = 0;
	struct dirent *e;
	DIR *dir;

	buf_printf(&path, "%s/pcap", check_data());
	dir = opendir(buf_cstr(&path));
	if (dir == NULL) {
		check_skip("no captures");
		buf_free(&path);
		return;
	}
	buf_puts(&path, "/stats.tsv");
	CU_ASSERT_EQUAL(buf_read_file(&stats, buf_cstr(&path), 1 << 20), 0);
	buf_truncate(&path, path.n - strlen("/stats.tsv"));
	while ((e = readdir(dir)) != NULL) {
		if (stat_of(buf_view(&stats), e->d_name, 4) < 0)
			continue;
		check_file(buf_cstr(&path), e->d_name, buf_view(&stats));
		n++;
	}
	closedir(dir);
	CU_ASSERT(n > 20);
	printf("  %u captures\n", n);
	buf_free(&stats);
	buf_free(&path);
}

CHECK_MAIN("capture_trace_data", { "all", all })
