/* The pane of a node's machines, over all labs and positions. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_trace.h"
#include "pictures/machines/machines_view.h"
#include "fixtures/grid_styles.h"

/* A lab's trace and the fold at one position after the other. */
struct stage {
	struct trace *t;
	struct state_at *f;
};

static void
stage_open(struct stage *s, struct trace *t)
{
	s->t = t;
	CU_ASSERT_FATAL(t != NULL);
	CU_ASSERT_FATAL(state_at_create(&s->f) == 0);
}

static void
stage_close(struct stage *s)
{
	state_at_destroy(s->f);
	trace_destroy(s->t);
}

static struct machines_view
stage_at(struct stage *s, uint64_t seq, const char *node, size_t chosen)
{
	if (seq < state_at_position(s->f)) {
		state_at_destroy(s->f);
		CU_ASSERT_FATAL(state_at_create(&s->f) == 0);
	}
	CU_ASSERT_FATAL(state_at_advance(s->f, s->t, seq) == 0);
	return (struct machines_view){ .t = s->t,
		.f = s->f,
		.seq = seq,
		.t_ns = seq > 0 ? trace_time_of(s->t, seq) : 0,
		.node = str_of(node),
		.chosen = chosen };
}

static void
draw(const struct machines_view *v, size_t w, size_t h, bool ascii, bool styles,
    struct buf *out)
{
	struct machines_view seen = *v;
	struct grid g, whole;
	struct grid_area a, all;

	CU_ASSERT_FATAL(grid_init(&g, w, h, ascii) == 0);
	a = grid_all(&g);
	seen.room = h;
	h = machines_view_height(v, &a);
	CU_ASSERT_FATAL(
	    grid_init(&whole, w, h > seen.room ? h : seen.room, ascii) == 0);
	all = grid_all(&whole);
	machines_view_draw(&seen, &all);
	grid_copy(&a, &all);
	grid_free(&whole);
	if (out != NULL && styles)
		grid_write_styles(&g, out);
	else if (out != NULL)
		grid_write(&g, out);
	grid_free(&g);
}

/* The record of KIND, the N-th from 1, at NODE with TEXT in its line. */
static uint64_t
find_record(const struct trace *t, enum trace_kind kind, const char *node,
    const char *text, unsigned n)
{
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (rec.kind == kind && str_is(rec.node, node) &&
		    str_find(rec.object.raw, text) >= 0 && --n == 0)
			return seq;
	}
	CU_FAIL("no such record");
	return 0;
}

static bool
shows(const struct machines_view *v, size_t w, size_t h, const char *text)
{
	LOCAL_BUF out = BUF_INIT;
	bool found;

	draw(v, w, h, false, false, &out);
	found = str_find(buf_view(&out), text) >= 0;
	if (!found)
		printf("  no “%s” in\n%s", text, buf_cstr(&out));
	return found;
}

/* ---- all labs ---- */

static void
every_lab(void)
{
	static const size_t sizes[][2] = { { 56, 22 }, { 40, 18 }, { 1, 1 },
		{ 5, 3 }, { 300, 100 }, { 30, 9 }, { 90, 60 } };
	char *names[LABS_MAX];
	size_t n = labs_list_some(names, true), turn = 0;

	for (size_t i = 0; i < n; i++) {
		struct stage s;

		stage_open(&s, lab_trace(names[i], &LAB_OPTIONS));
		for (uint64_t seq = 0; seq <= trace_count(s.t); seq += 7) {
			struct machines_view v =
			    stage_at(&s, seq, "", SIZE_MAX);
			const size_t *size = sizes[turn++ % 7];
			size_t count = machines_view_count(&v);
			size_t shown = machines_view_shown(&v);

			CU_ASSERT(
			    count == 0 ? shown == SIZE_MAX : shown < count);
			CU_ASSERT(machines_view_seq(&v, count) == 0);
			CU_ASSERT(
			    count == 0 || machines_view_seq(&v, shown) > 0);
			draw(&v, size[0], size[1], turn % 2, false, NULL);
			v.chosen = seq % 3;
			draw(&v, 56, 22, false, false, NULL);
		}
		stage_close(&s);
	}
	labs_free(names, n);
}

/* ---- what it follows ---- */

static void
follows_the_record(void)
{
	struct stage s;
	struct machines_view v;
	uint64_t seq;

	stage_open(&s, lab_trace("labs/two-proxies", &LAB_OPTIONS));
	/* A step itself. */
	seq = find_record(s.t, TRACE_FSM, "atl", "\"ICT\"", 1);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(machines_view_seq(&v, machines_view_shown(&v)) == seq);
	CU_ASSERT(shows(&v, 56, 22, "INVITE client transaction (ICT)"));
	/* A send: the step that made it. */
	v = stage_at(&s,
	    find_record(s.t, TRACE_SEND, "atl", "\"start\":\"INVITE\"", 1), "",
	    SIZE_MAX);
	CU_ASSERT(machines_view_seq(&v, machines_view_shown(&v)) == seq);
	/* Something of a timer, whose owner is told by machine and id. */
	v = stage_at(&s,
	    find_record(s.t, TRACE_TIMER, "atl", "\"name\":\"C\"", 1), "",
	    SIZE_MAX);
	CU_ASSERT(machines_view_seq(&v, machines_view_shown(&v)) == seq);
	CU_ASSERT(shows(&v, 56, 22, "Timer C         181.000 s"));
	/* An arrival: the step that it leads to, though it comes after. */
	v = stage_at(
	    &s, find_record(s.t, TRACE_RECV, "atl", "", 4), "", SIZE_MAX);
	CU_ASSERT(shows(&v, 56, 22, "INVITE client transaction (ICT)"));
	/* A call and a dialog. */
	v = stage_at(
	    &s, find_record(s.t, TRACE_CALL, "bob", "", 2), "", SIZE_MAX);
	CU_ASSERT(shows(&v, 70, 44, "proceeding → early, by 1xx"));
	v = stage_at(&s,
	    find_record(s.t, TRACE_DIALOG, "alice", "\"moratorium\"", 1), "",
	    SIZE_MAX);
	CU_ASSERT(shows(&v, 56, 22, "early → moratorium, by 2xx"));
	stage_close(&s);
}

static void
the_chosen_stays(void)
{
	struct stage s;
	struct machines_view v;

	stage_open(&s, lab_trace("labs/two-proxies", &LAB_OPTIONS));
	v = stage_at(&s, 101, "atl", 1);
	CU_ASSERT(machines_view_count(&v) == 3);
	CU_ASSERT(machines_view_shown(&v) == 1);
	CU_ASSERT(shows(&v, 56, 22, "INVITE server transaction (IST)"));
	v.chosen = 3; /* there is none */
	CU_ASSERT(shows(&v, 56, 22, "INVITE client transaction (ICT)"));
	stage_close(&s);
}

static void
what_ends_is_shown_once(void)
{
	struct stage s;
	struct machines_view v;
	uint64_t seq;
	size_t count;

	stage_open(&s, lab_trace("labs/two-proxies", &LAB_OPTIONS));
	seq = find_record(s.t, TRACE_FSM, "alice", "\"terminated\"", 1);
	v = stage_at(&s, seq, "alice", SIZE_MAX);
	count = machines_view_count(&v);
	CU_ASSERT(machines_view_seq(&v, count - 1) == seq);
	CU_ASSERT(machines_view_shown(&v) == count - 1);
	CU_ASSERT(shows(&v, 56, 24, "completed → terminated, by Timer K"));
	CU_ASSERT(shows(&v, 56, 24, "REGISTER client transaction (NICT)"));
	v = stage_at(&s, seq + 1, "alice", SIZE_MAX);
	CU_ASSERT(machines_view_count(&v) == count - 1);
	stage_close(&s);
}

static void
timers_count_down(void)
{
	struct stage s;
	struct machines_view v;
	uint64_t seq;

	stage_open(&s, lab_trace("labs/lost-messages", &LAB_OPTIONS));
	/* Timer A has fired and is set again. */
	seq = find_record(
	    s.t, TRACE_TIMER, "atl", "\"op\":\"set\",\"name\":\"A\"", 2);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(shows(&v, 56, 22, "set anew"));
	CU_ASSERT(shows(&v, 56, 22, "Timer A           1.000 s"));
	v.t_ns += 250 * MS;
	CU_ASSERT(shows(&v, 56, 22, "Timer A           0.750 s"));
	v.t_ns += INT64_C(1000000) * MS; /* long over */
	CU_ASSERT(shows(&v, 56, 22, "Timer A        due at 2.530 s"));
	stage_close(&s);
}

/* ---- hostile traces, no memory ---- */

static struct trace *
strange_trace(void)
{
	static const char text[] =
	    "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":\"a\"}]}\n"
	    "{\"seq\":1,\"t\":0,\"node\":\"a\",\"kind\":\"fsm\"}\n"
	    "{\"seq\":2,\"t\":0,\"node\":\"a\",\"kind\":\"fsm\",\"machine\":"
	    "\"XYZ\\u001b[2J\",\"id\":\"\\u0007\",\"to\":\"sleepy\"}\n"
	    "{\"seq\":3,\"t\":0,\"node\":\"a\",\"kind\":\"fsm\",\"machine\":"
	    "\"ICT\",\"id\":7,\"to\":\"nowhere\",\"event\":\"?\"}\n"
	    "{\"seq\":4,\"t\":0,\"node\":\"a\",\"kind\":\"timer\",\"op\":"
	    "\"set\",\"name\":\"A\",\"machine\":\"ICT\",\"id\":\"\",\"due\":"
	    "-5,\"length\":-7}\n"
	    "{\"seq\":5,\"t\":0,\"node\":\"a\",\"kind\":\"timer\",\"op\":"
	    "\"set\",\"name\":\"B\",\"machine\":\"ICT\",\"due\":"
	    "9223372036854775807,\"length\":1}\n"
	    "{\"seq\":6,\"t\":0,\"node\":\"a\",\"kind\":\"call\",\"id\":\"c\","
	    "\"state\":\"early\",\"status\":-1,\"cause\":5}\n"
	    "{\"seq\":7,\"t\":1,\"node\":\"z\",\"kind\":\"dialog\",\"id\":"
	    "\"\\u00e9\",\"to\":\"terminated\",\"cause\":6}\n"
	    "{\"seq\":8,\"t\":1,\"node\":\"a\",\"kind\":\"binding\",\"op\":"
	    "\"add\",\"aor\":\"\\u202e\",\"contact\":\"\",\"expires\":"
	    "9223372036854775807}\n"
	    "{\"seq\":9,\"t\":1,\"node\":\"\\u4e2d\\u6587\",\"kind\":\"fsm\","
	    "\"machine\":\"NIST\",\"id\":\"\\u4e2d\",\"to\":\"trying\"}\n"
	    "{\"seq\":10,\"t\":1,\"node\":\"\\u4e2d\\u6587\",\"kind\":"
	    "\"fsm\",\"machine\":\"NIST\",\"id\":\"\\u4e2d\",\"to\":"
	    "\"terminated\"}\n";
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	buf_puts(&b, text);
	if (trace_load_buf(&t, &b, "strange", &d) != 0)
		printf("  %s\n", d.text);
	return t;
}

static void
strange_records(void)
{
	struct stage s;

	stage_open(&s, strange_trace());
	for (uint64_t seq = 0; seq <= trace_count(s.t); seq++)
		for (size_t chosen = 0; chosen < 6; chosen++) {
			struct machines_view v =
			    stage_at(&s, seq, seq % 2 ? "" : "a", chosen);
			struct buf out = BUF_INIT;

			draw(&v, 70, 50, true, false, &out);
			draw(&v, 20, 4, false, false, &out);
			CU_ASSERT(str_chr(buf_view(&out), 0x1b) < 0);
			buf_free(&out);
			v.node = STR("nobody");
			CU_ASSERT(machines_view_count(&v) == 0);
			draw(&v, 56, 22, false, false, NULL);
		}
	stage_close(&s);
}

static void
without_memory(void)
{
	struct stage s;
	struct machines_view v;
	struct grid g;
	struct grid_area a;

	stage_open(&s, strange_trace());
	CU_ASSERT_FATAL(grid_init(&g, 56, 22, false) == 0);
	a = grid_all(&g);
	for (uint64_t seq = 1; seq <= trace_count(s.t); seq++) {
		v = stage_at(&s, seq, "", SIZE_MAX);
		for (unsigned long n = 1; n < 40; n++) {
			mem_fail_from(n);
			machines_view_draw(&v, &a);
			mem_fail_from(0);
		}
	}
	grid_free(&g);
	stage_close(&s);
}

/* 80 by 24: the pane below the ladder has nine lines. */
static void
a_low_pane_has_timers_and_state(void)
{
	struct stage s;
	struct machines_view v;
	uint64_t seq;

	stage_open(&s, lab_trace("labs/lost-messages", &LAB_OPTIONS));
	seq = find_record(
	    s.t, TRACE_TIMER, "atl", "\"op\":\"set\",\"name\":\"A\"", 2);
	v = stage_at(&s, seq, "", SIZE_MAX);
	for (size_t h = 7; h < 12; h++) {
		CU_ASSERT(shows(&v, 78, h, "Timer A           1.000 s"));
		CU_ASSERT(shows(&v, 78, h, "Timer B"));
		CU_ASSERT(shows(&v, 78, h, " calling "));
	}
	stage_close(&s);
}

/* What the called side does goes by its own rules; its call has to say that it
 * is answered. */
static void
the_called_side_is_told_right(void)
{
	struct stage s;
	struct machines_view v;
	uint64_t seq;

	stage_open(&s, lab_trace("labs/two-proxies", &LAB_OPTIONS));
	seq = find_record(s.t, TRACE_DIALOG, "bob", "\"early\"", 1);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(shows(&v, 78, 9, ", by 1xx sent"));
	CU_ASSERT(shows(&v, 78, 9, "RFC 3261 12.1.1"));
	seq = find_record(s.t, TRACE_DIALOG, "bob", "\"moratorium\"", 1);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(shows(&v, 78, 9, "early → moratorium, by 2xx sent"));
	CU_ASSERT(!shows(&v, 78, 9, "13.2.2.4"));
	seq = find_record(
	    s.t, TRACE_TIMER, "bob", "\"op\":\"set\",\"name\":\"2xx\"", 1);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(shows(&v, 78, 60, "2xx sent, no ACK yet"));
	seq = find_record(s.t, TRACE_CALL, "bob", "\"confirmed\"", 1);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(!shows(&v, 78, 60, "2xx sent, no ACK yet"));
	CU_ASSERT(shows(&v, 78, 9, "moratorium → confirmed, by ACK"));
	stage_close(&s);
}

/* Where one edge has several causes the record tells the rule: a redirected
 * INVITE was not challenged. */
static void
the_record_names_the_rule(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct stage s;
	struct machines_view v;
	uint64_t seq;

	stage_open(&s, lab_trace("topologies/redirect.gv", &o));
	seq = find_record(s.t, TRACE_CALL, "alice",
	    "\"from\":\"calling\",\"state\":\"calling\"", 1);
	CU_ASSERT_FATAL(seq > 0);
	v = stage_at(&s, seq, "", SIZE_MAX);
	CU_ASSERT(shows(&v, 78, 9, "RFC 3261 8.1.3.4"));
	CU_ASSERT(!shows(&v, 78, 48, "was challenged"));
	stage_close(&s);
}

/* ---- goldens ---- */

static void
two_proxies_look_so(void)
{
	struct stage s;
	struct machines_view v;
	LOCAL_BUF out = BUF_INIT;

	stage_open(&s, lab_trace("labs/two-proxies", &LAB_OPTIONS));
	buf_puts(&out, "56 x 22: a registration at its server\n\n");
	v = stage_at(&s, 22, "", SIZE_MAX);
	draw(&v, 56, 22, false, false, &out);
	buf_puts(&out, "\n56 x 22: a proxy's client transaction\n\n");
	v = stage_at(&s, 101, "", SIZE_MAX);
	draw(&v, 56, 22, false, false, &out);
	buf_puts(&out, "\nits server transaction, chosen, with styles\n\n");
	v.chosen = 1;
	draw(&v, 56, 22, false, true, &out);
	buf_puts(&out, "\n56 x 24: what has ended\n\n");
	v = stage_at(&s, 149, "", SIZE_MAX);
	draw(&v, 56, 24, false, false, &out);
	buf_puts(&out, "\n40 x 18: a phone's call\n\n");
	v = stage_at(&s, 107, "", SIZE_MAX);
	draw(&v, 40, 18, false, false, &out);
	buf_puts(&out, "\n80 x 48: the same\n\n");
	draw(&v, 80, 48, false, false, &out);
	buf_puts(&out, "\n78 x 9: a low pane\n\n");
	v = stage_at(&s, 120, "", SIZE_MAX);
	draw(&v, 78, 9, false, false, &out);
	buf_puts(&out, "\nthe called side's dialog\n\n");
	v = stage_at(&s, 115, "", SIZE_MAX);
	draw(&v, 78, 9, false, false, &out);
	buf_puts(&out, "\nASCII\n\n");
	v = stage_at(&s, 135, "", SIZE_MAX);
	draw(&v, 56, 22, true, false, &out);
	CU_ASSERT(golden_same("machines_view.txt", buf_view(&out)));
	stage_close(&s);
}

static void
lost_messages_look_so(void)
{
	struct stage s;
	struct machines_view v;
	LOCAL_BUF out = BUF_INIT;
	uint64_t seq;

	stage_open(&s, lab_trace("labs/lost-messages", &LAB_OPTIONS));
	buf_puts(&out, "56 x 22: Timer A has fired\n\n");
	seq = find_record(
	    s.t, TRACE_TIMER, "atl", "\"op\":\"set\",\"name\":\"A\"", 2);
	v = stage_at(&s, seq, "", SIZE_MAX);
	draw(&v, 56, 22, false, false, &out);
	buf_puts(&out, "\n0.7 s later\n\n");
	v.t_ns += 700 * MS;
	draw(&v, 56, 22, false, false, &out);
	CU_ASSERT(golden_same("machines_view_timer.txt", buf_view(&out)));
	stage_close(&s);
}

CHECK_MAIN("machines_view", { "every lab", every_lab },
    { "follows the record", follows_the_record },
    { "a low pane has timers and state", a_low_pane_has_timers_and_state },
    { "the called side is told right", the_called_side_is_told_right },
    { "the record names the rule", the_record_names_the_rule },
    { "the chosen stays", the_chosen_stays },
    { "what ends is shown once", what_ends_is_shown_once },
    { "timers count down", timers_count_down },
    { "strange records", strange_records },
    { "without memory", without_memory },
    { "two-proxies", two_proxies_look_so },
    { "lost-messages", lost_messages_look_so })
