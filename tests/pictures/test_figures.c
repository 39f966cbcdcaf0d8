/* State machines and networks as figures that Graphviz lays out. */
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "fixtures/check.h"
#include "draw/graphviz.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"
#include "pictures/machines/machine_dot.h"
#include "pictures/network/network_dot.h"

static size_t
count_machines(void)
{
	size_t n = 0;

	while (machine_at(n) != NULL)
		n++;
	return n;
}

static void
paths_of(const struct trace *t, struct machine_path *paths)
{
	for (size_t i = 0; i < count_machines(); i++)
		CU_ASSERT_EQUAL_FATAL(
		    machine_path_init(&paths[i], machine_at(i)), 0);
	if (t != NULL)
		machine_paths_take(paths, count_machines(), t, NULL);
}

static void
paths_free(struct machine_path *paths)
{
	for (size_t i = 0; i < count_machines(); i++)
		machine_path_free(&paths[i]);
}

/* In every label elements that are opened are closed, in quotes or not. */
static bool
is_balanced(struct str dot)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < dot.n; i++) {
		char c = dot.p[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"' && depth <= 1)
			quoted = !quoted;
		else if (!quoted && c == '<')
			depth++;
		else if (!quoted && c == '>' && depth > 0)
			depth--;
		if (depth > 2)
			return false;
	}
	return depth == 0 && !quoted;
}

/* libgvc reads it and lays it out. */
static void
is_drawn(struct str dot)
{
	LOCAL_BUF svg = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT(is_balanced(dot));
	CU_ASSERT(utf8_valid(dot));
	CU_ASSERT_EQUAL(dot_html_write(dot, "dot", "svg", &svg, &d), 0);
	CU_ASSERT(str_find(buf_view(&svg), "<svg") >= 0);
}

/* Every step of every lab is an edge of its table, and counted once. */
/* Record SEQ is a step of a machine that has a table. */
static bool
is_of_table(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool is = false;

	if (trace_kind_of(t, seq) != TRACE_FSM)
		return false;
	trace_get(t, seq, &rec);
	is = machine_find(trace_str(&rec, "machine", &scratch)) != NULL;
	return is;
}

static void
every_lab(void)
{
	char *names[LABS_MAX];
	struct lab_options o = LAB_OPTIONS;
	size_t n = labs_list(names, false);

	for (size_t i = 0; i < n; i++) {
		struct trace *t = lab_trace(names[i], &o);
		struct machine_path paths[MACHINE_MOST];
		struct buf out = BUF_INIT;
		uint64_t fsm = 0, steps = 0;

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		paths_of(t, paths);
		for (uint64_t seq = 1; seq <= trace_count(t); seq++)
			fsm += is_of_table(t, seq);
		for (size_t k = 0; k < count_machines(); k++) {
			uint64_t sum = paths[k].other;

			for (size_t e = 0; e < paths[k].m->nedges; e++)
				sum += paths[k].taken[e] + paths[k].open[e];
			CU_ASSERT_EQUAL(sum, paths[k].steps);
			CU_ASSERT_EQUAL(paths[k].other, 0);
			if (k != 4 && k != 5)
				steps += paths[k].steps;
		}
		CU_ASSERT_EQUAL(steps, fsm);
		CU_ASSERT_EQUAL(
		    machine_dot_write(paths, count_machines(), NULL, &out), 0);
		CU_ASSERT(is_balanced(buf_view(&out)));
		buf_clear(&out);
		CU_ASSERT_EQUAL(network_dot_write(t, NULL, &out, NULL), 0);
		CU_ASSERT(is_balanced(buf_view(&out)));
		buf_free(&out);
		paths_free(paths);
		trace_destroy(t);
	}
	labs_free(names, n);
}

/* The tables alone, each drawn; the path of one lab. */
static void
machines(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/lost-messages", &o);
	struct machine_dot_options plain = { .plain = true };
	struct machine_path paths[MACHINE_MOST];
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	paths_of(NULL, paths);
	for (size_t i = 0; i < count_machines(); i++) {
		char name[60];

		buf_clear(&out);
		CU_ASSERT_EQUAL(
		    machine_dot_write(&paths[i], 1, &plain, &out), 0);
		is_drawn(buf_view(&out));
		/* A step back to its state stands within that. */
		if (strcmp(paths[i].m->name, "ICT") == 0)
			CU_ASSERT(str_find(buf_view(&out), "↻ Timer A") >= 0);
		snprintf(name, sizeof(name), "figure-%s.gv", paths[i].m->name);
		CU_ASSERT(golden_same(name, buf_view(&out)));
	}
	paths_free(paths);
	paths_of(t, paths);
	buf_clear(&out);
	CU_ASSERT_EQUAL(machine_dot_write(paths, 4, NULL, &out), 0);
	is_drawn(buf_view(&out));
	CU_ASSERT(golden_same("figure-lost-messages.gv", buf_view(&out)));
	/* Timer A fired once, and three transactions were begun. */
	CU_ASSERT(str_find(buf_view(&out), "Timer A ×1") >= 0);
	CU_ASSERT_EQUAL(paths[0].begun, 3);
	paths_free(paths);
	trace_destroy(t);
}

/* A step on one of several events, and nothing tells which: the figure claims
 * none. */
static void
event_unknown(void)
{
	static const char lines[] =
	    "{\"kind\":\"trace\",\"version\":1,"
	    "\"nodes\":[{\"name\":\"a\"}]}\n"
	    "{\"seq\":1,\"t\":0,\"node\":\"a\",\"kind\":\"dialog\","
	    "\"rule\":\"dialog-uac\",\"why\":\"rfc3261-12.1.2\","
	    "\"id\":\"x\",\"from\":\"none\",\"to\":\"early\"}\n"
	    "{\"seq\":2,\"t\":9,\"node\":\"a\",\"kind\":\"dialog\","
	    "\"rule\":\"dialog-end\",\"why\":\"rfc3261-12.3\","
	    "\"id\":\"x\",\"from\":\"early\",\"to\":\"terminated\"}\n";
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct machine_path paths[MACHINE_MOST];
	struct diag d = DIAG_INIT;
	struct trace *t;

	buf_puts(&text, lines);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &text, "lines", &d), 0);
	paths_of(t, paths);
	CU_ASSERT_EQUAL(paths[4].steps, 2);
	CU_ASSERT_EQUAL(paths[4].other, 0);
	CU_ASSERT_EQUAL(machine_dot_write(&paths[4], 1, NULL, &out), 0);
	is_drawn(buf_view(&out));
	CU_ASSERT(str_find(buf_view(&out), "300-699 ×") < 0);
	CU_ASSERT(str_find(buf_view(&out), "event unknown ×1") >= 0);
	paths_free(paths);
	trace_destroy(t);
}

static void
networks(void)
{
	static const char *const labs[] = { "topologies/two-proxies.gv",
		"topologies/twenty.gv", "labs/rfc3665-3.6" };
	struct lab_options o = { .detail = TRACE_MESSAGES };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < 3; i++) {
		struct trace *t = lab_trace(labs[i], &o);
		char name[40];

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		buf_clear(&out);
		CU_ASSERT_EQUAL(network_dot_write(t, NULL, &out, NULL), 0);
		is_drawn(buf_view(&out));
		/* Words have room of their own, and cover nothing. */
		CU_ASSERT(str_find(buf_view(&out), "xlabel") < 0);
		CU_ASSERT(str_find(buf_view(&out),
			      "<table border=\"0\" "
			      "cellborder=\"0\" cellspacing=\"0\" "
			      "cellpadding=\"1\" bgcolor") < 0);
		snprintf(name, sizeof(name), "figure-network-%zu.gv", i + 1);
		CU_ASSERT(golden_same(name, buf_view(&out)));
		trace_destroy(t);
	}
}

/* Heads that nobody would write: links to nowhere, to oneself, twice; names
 * that are markup; no links at all. */
static void
hostile(void)
{
	static const char head[] =
	    "{\"kind\":\"trace\",\"version\":1,\"title\":\"<b>&\\\"\\\\N\","
	    "\"nodes\":[{\"name\":\"a\\\"<\",\"role\":\"ua <i>\","
	    "\"domain\":\"</table>\",\"addr\":\"&#65;\",\"aor\":\"sip:\","
	    "\"label\":\"\\u001b]]>\"},{\"name\":\"r\"},{\"name\":\"s\"},"
	    "{\"name\":\"q\",\"label\":\"\"}],\"links\":["
	    "{\"a\":\"r\",\"b\":\"nobody\"},{\"a\":\"r\",\"b\":\"r\"},"
	    "{\"a\":\"r\",\"b\":\"s\",\"loss\":\"<100%>\",\"delay\":-5},"
	    "{\"a\":\"s\",\"b\":\"r\",\"delay\":9223372036854775807},"
	    "{\"a\":\"s\",\"b\":\"q\"},{\"a\":\"q\",\"b\":\"r\"},"
	    "{\"a\":\"a\\\"<\",\"b\":\"q\"}]}\n";
	struct trace *traces[] = { NULL, sample_hostile(), sample_empty(),
		sample_chinese(), sample_many(30) };
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct network_dot_options no = { .title = "<x>\"\\", .footer = "&" };
	struct machine_dot_options mo = { .title = "<x>\"\\", .footer = "&" };
	struct machine_path paths[MACHINE_MOST];
	struct diag d = DIAG_INIT;

	buf_puts(&text, head);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&traces[0], &text, "head", &d), 0);
	for (size_t i = 0; i < 5; i++) {
		buf_clear(&out);
		CU_ASSERT_EQUAL(network_dot_write(traces[i], &no, &out, &d), 0);
		is_drawn(buf_view(&out));
		paths_of(traces[i], paths);
		buf_clear(&out);
		CU_ASSERT_EQUAL(
		    machine_dot_write(paths, count_machines(), &mo, &out), 0);
		is_drawn(buf_view(&out));
		paths_free(paths);
		trace_destroy(traces[i]);
	}
}

static void
limits(void)
{
	struct trace *t = sample_many(NETWORK_DOT_MOST + 1);
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(network_dot_write(t, NULL, &out, &d), ERR_LIMIT);
	CU_ASSERT(d.text[0] != '\0');
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(dot_html_write(STR("graph {}"), "dot", "txt", &out, &d),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(out.n, 0);
	trace_destroy(t);
}

static void
memory(void)
{
	struct trace *t = sample_lost_invite();
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err != 0 && n < 3000; n++) {
		struct machine_path path = { 0 };
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = network_dot_write(t, NULL, &out, NULL);
		if (err == 0)
			err = machine_path_init(&path, machine_at(0));
		if (err == 0) {
			machine_paths_take(&path, 1, t, NULL);
			err = machine_dot_write(&path, 1, NULL, &out);
		}
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		machine_path_free(&path);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

CHECK_MAIN("figures", { "every_lab", every_lab }, { "machines", machines },
    { "event unknown", event_unknown }, { "networks", networks },
    { "hostile", hostile }, { "limits", limits }, { "memory", memory })
