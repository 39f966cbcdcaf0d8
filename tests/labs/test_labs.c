/*
 * Every lab and every topology: the same inputs give the same bytes, however
 * the run is cut into slices, also from the trace's own header; what happens
 * does not depend on the detail; a person's act leaves what was before it
 * alone; every record has a cause; and the ladders as students see them.
 */
#include "trace/align.h"
#include "words/explain_doc.h"
#include "ladder/ladder_text.h"
#include "lesson/handout.h"
#include "lesson/lesson.h"

#include "node/node.h"

#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "roles/roles.h"

#include <inttypes.h>

/* OK, or else WHAT is said of NAME. */
static void
expect_of(bool ok, const char *name, const char *what)
{
	CU_ASSERT_TRUE(ok);
	if (!ok)
		printf("  %s %s\n", name, what);
}

static void
run_again(const char *file, const struct lab_options *o, struct str want)
{
	LOCAL_BUF again = BUF_INIT;
	struct diag d = DIAG_INIT;
	int err = lab_run(file, o, &again, &d);

	if (err != 0)
		printf("  %s: %s\n", file, d.text);
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&again), want));
}

/* ---- the same bytes ---- */

/* Of everything that there is to be recorded; tests/cli/cli_same_bytes.sh
 * repeats the other details.  The first run is one of a process of its own, at
 * once; a stop behind each event is one wherever other slices have theirs. */
static void
is_repeatable(const char *file)
{
	static const uint64_t slices[] = { 7, 1 };
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF first = BUF_INIT;
	struct diag d = DIAG_INIT;

	o.detail = TRACE_NETWORK;
	CU_ASSERT_EQUAL(lab_run_or_recorded(file, &o, &first, &d), 0);
	for (size_t i = 0; i < (lab_is_slow(file) ? 1 : 2); i++) {
		o.slice = slices[i];
		run_again(file, &o, buf_view(&first));
	}
}

static void
twice_and_in_slices(void)
{
	labs_each(is_repeatable, true);
}

/* What a file holds, read as FILE would be; here from a temporary one. */
static int
run_trace_of(const struct buf *trace, struct buf *out, struct diag *d)
{
	char path[] = "/tmp/rung-test-XXXXXX";
	int fd = mkstemp(path);
	struct inputs in;
	int err;

	CU_ASSERT_TRUE_FATAL(fd >= 0);
	close(fd);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(trace, path), 0);
	buf_clear(out);
	err = inputs_read(&in, path, d);
	if (err == 0)
		err = lab_run_inputs(&in, 0, out, d);
	inputs_free(&in);
	remove(path);
	return err;
}

static void
runs_from_its_header(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF first = BUF_INIT, again = BUF_INIT;
	struct diag d = DIAG_INIT;

	o.detail = TRACE_NETWORK;
	/* A board computes long: its run is the recorded one. */
	if (!lab_is_slow(file)) {
		o.seed = 9;
		o.setting = "graph.label=Another title";
	}
	CU_ASSERT_EQUAL(lab_run_or_recorded(file, &o, &first, &d), 0);
	CU_ASSERT_EQUAL(run_trace_of(&first, &again, &d), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&again)));
	if (d.err != 0)
		printf("  %s: %s\n", file, d.text);
}

static void
from_the_trace_alone(void)
{
	labs_each(runs_from_its_header, true);
}

/* ---- detail ---- */

/* All sends: time, ends, bytes. */
static void
list_sends(const struct trace *t, struct buf *out)
{
	LOCAL_BUF scratch = BUF_INIT, bytes = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		CU_ASSERT_EQUAL(trace_get_send(&rec, &s, &scratch), 0);
		/* Of media packets are recorded in full detail alone. */
		if (trace_class_of(s.proto) == TRACE_CLASS_MEDIA)
			continue;
		buf_printf(out, "%" PRId64 " %.*s %.*s %d\n", rec.t,
		    STR_ARG(s.src), STR_ARG(s.dst), s.retx != 0);
		buf_str(out, trace_bytes(&rec, &bytes));
	}
}

static void
same_at_each_detail(const char *file)
{
	struct buf sends[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	uint64_t count[3] = { 0 };
	struct lab_options o = LAB_OPTIONS;

	for (int i = 0; i < 3; i++) {
		struct trace *t;

		o.detail = (enum trace_detail)i;
		t = lab_trace(file, &o);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		CU_ASSERT_TRUE(trace_complete(t));
		list_sends(t, &sends[i]);
		count[i] = trace_count(t);
		trace_destroy(t);
	}
	expect_of(sends[0].n > 0, file, "sends nothing");
	expect_of(str_eq(buf_view(&sends[0]), buf_view(&sends[1])) &&
		      str_eq(buf_view(&sends[1]), buf_view(&sends[2])),
	    file, "sends other messages in another detail");
	expect_of(count[0] < count[1] && count[1] < count[2], file,
	    "tells no more in a higher detail: is there a path? `rung run` of "
	    "it says where a message is lost");
	for (int i = 0; i < 3; i++)
		buf_free(&sends[i]);
}

static void
detail_changes_nothing(void)
{
	labs_each(same_at_each_detail, true);
}

/* ---- a person's acts ---- */

/* The number of the first record in which two traces differ. */
static uint64_t
first_difference(const struct trace *a, const struct trace *b)
{
	uint64_t seq = 1;
	struct trace_rec ra, rb;

	for (; seq <= trace_count(a) && seq <= trace_count(b); seq++) {
		trace_get(a, seq, &ra);
		trace_get(b, seq, &rb);
		if (!str_eq(ra.object.raw, rb.object.raw))
			break;
	}
	return seq;
}

/* The N-th send from SRC to DST that begins with START, in seq. */
static uint64_t
find_send(const struct trace *t, const char *src, const char *dst,
    const char *start, unsigned n)
{
	LOCAL_BUF scratch = BUF_INIT, bytes = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;
	uint64_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && found == 0; seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		trace_get_send(&rec, &s, &scratch);
		if (str_is(s.src, src) && str_is(s.dst, dst) &&
		    str_starts(trace_bytes(&rec, &bytes), start) && --n == 0)
			found = seq;
	}
	return found;
}

static struct trace *
run_with_act(const char *file, uint64_t after, const char *what)
{
	struct lab_options o = LAB_OPTIONS;
	char act[64];

	snprintf(act, sizeof(act), "%" PRIu64 ":%s", after, what);
	o.act = act;
	return lab_trace(file, &o);
}

static void
crash_in_between(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *plain = lab_trace("labs/two-proxies", &o);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	uint64_t after, seq;
	struct trace *t;

	CU_ASSERT_PTR_NOT_NULL_FATAL(plain);
	after = find_send(plain, "bob", "bil", "SIP/2.0 180", 1);
	CU_ASSERT_NOT_EQUAL_FATAL(after, 0);
	t = run_with_act("labs/two-proxies", after, "bob.crash");
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	seq = first_difference(plain, t);
	CU_ASSERT_TRUE_FATAL(seq > after && seq <= trace_count(t));
	/* Where they part stands the act itself, with nobody behind it. */
	trace_get(t, seq, &rec);
	CU_ASSERT_EQUAL(rec.kind, TRACE_ACT);
	CU_ASSERT_EQUAL(rec.cause, 0);
	CU_ASSERT_TRUE(str_is(trace_str(&rec, "by", &scratch), "person"));
	CU_ASSERT_TRUE(str_is(trace_str(&rec, "verb", &scratch), "crash"));
	CU_ASSERT_EQUAL(trace_int(&rec, "after", 0), (int64_t)after);
	CU_ASSERT_EQUAL(rec.t, trace_time_of(plain, after));
	/* And then it goes another way: nobody answers. */
	CU_ASSERT_NOT_EQUAL(
	    find_send(plain, "bob", "bil", "SIP/2.0 200", 1), 0);
	CU_ASSERT_EQUAL(find_send(t, "bob", "bil", "SIP/2.0 200", 1), 0);
	trace_destroy(t);
	trace_destroy(plain);
}

static void
drop_of_a_past_message(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *plain = lab_trace("labs/two-proxies", &o), *t;
	struct trace_rec rec;
	uint64_t after, seq;

	CU_ASSERT_PTR_NOT_NULL_FATAL(plain);
	after = find_send(plain, "atl", "bil", "INVITE", 1);
	CU_ASSERT_NOT_EQUAL_FATAL(after, 0);
	CU_ASSERT_EQUAL(find_send(plain, "atl", "bil", "INVITE", 2), 0);
	t = run_with_act("labs/two-proxies", after, "message.drop");
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	seq = first_difference(plain, t);
	CU_ASSERT_TRUE_FATAL(seq > after && seq <= trace_count(t));
	trace_get(t, seq, &rec);
	CU_ASSERT_EQUAL(rec.kind, TRACE_FAULT);
	CU_ASSERT_EQUAL(rec.cause, after);
	/* Timer A mends it. */
	CU_ASSERT_NOT_EQUAL(find_send(t, "atl", "bil", "INVITE", 2), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "atl", "alice", "SIP/2.0 200", 1), 0);
	trace_destroy(t);
	trace_destroy(plain);
}

/* The script, whose phone was crashed behind its back, is not to blame. */
static void
script_survives_a_person(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *plain = lab_trace("labs/registration", &o), *t;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool noted = false;
	uint64_t after;

	CU_ASSERT_PTR_NOT_NULL_FATAL(plain);
	after = find_send(plain, "bob", "reg", "REGISTER", 2);
	t = run_with_act("labs/registration", after, "bob.crash");
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_TRUE(trace_complete(t));
	for (uint64_t seq = after; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_NOTE &&
		    str_find(trace_str(&rec, "text", &scratch),
			"ended with an error") >= 0)
			noted = true;
	}
	CU_ASSERT_TRUE(noted);
	trace_destroy(t);
	trace_destroy(plain);
}

/* ---- without a script ---- */

/* A phone registers where there is somebody to register with. */
static void
registers_with_a_registrar(void)
{
	static const struct {
		const char *file, *phone, *server;
		bool registers;
	} rows[] = {
		{ "topologies/stateless.gv", "alice", "edge1", false },
		{ "topologies/auth.gv", "alice", "proxy1", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lab_options o = LAB_OPTIONS;
		struct trace *t = lab_trace(rows[i].file, &o);

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		CU_ASSERT_EQUAL(find_send(t, rows[i].phone, rows[i].server,
				    "REGISTER", 1) != 0,
		    rows[i].registers);
		CU_ASSERT_NOT_EQUAL(
		    find_send(t, rows[i].phone, rows[i].server, "INVITE", 1),
		    0);
		trace_destroy(t);
	}
}

/* ---- chance ---- */

static void
seed_changes_tokens(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *a, *b;
	LOCAL_BUF sa = BUF_INIT, sb = BUF_INIT;
	struct align_options how = ALIGN_OPTIONS;
	struct align *al;

	o.seed = 11;
	a = lab_trace("labs/two-proxies", &o);
	o.seed = 12;
	b = lab_trace("labs/two-proxies", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(a);
	CU_ASSERT_PTR_NOT_NULL_FATAL(b);
	list_sends(a, &sa);
	list_sends(b, &sb);
	CU_ASSERT_FALSE(str_eq(buf_view(&sa), buf_view(&sb)));
	/* Nothing is lost here: the ladder stays. */
	how.fields = false;
	CU_ASSERT_EQUAL_FATAL(align_create(&al, a, b, &how, NULL), 0);
	CU_ASSERT_TRUE(al->same);
	align_destroy(al);
	trace_destroy(a);
	trace_destroy(b);
}

/* ---- causes ---- */

static uint64_t
root_of(const struct trace *t, uint64_t seq)
{
	while (trace_cause_of(t, seq) != 0)
		seq = trace_cause_of(t, seq);
	return seq;
}

static void
explains(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF out = BUF_INIT;
	struct doc d = DOC_INIT;
	char act[32];

	/* The last step of the explanation is the act. */
	snprintf(act, sizeof(act), "#%" PRIu64 " ", root_of(t, seq));
	explain_doc(t, seq, NULL, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	doc_free(&d);
	CU_ASSERT_TRUE(str_find(buf_view(&out), "RFC ") > 0);
	CU_ASSERT_TRUE(str_find(buf_view(&out), act) > 0);
}

static void
has_causes(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		CU_ASSERT_TRUE(rec.cause < seq);
		if (rec.kind != TRACE_ACT)
			CU_ASSERT_NOT_EQUAL(rec.cause, 0);
		CU_ASSERT_EQUAL(trace_kind_of(t, root_of(t, seq)), TRACE_ACT);
		if (rec.kind != TRACE_SEND)
			continue;
		/* A SIP message has its rule, but for what a fault answers;
		 * what a location service is asked follows from something that
		 * has one. */
		trace_get_send(&rec, &s, &scratch);
		CU_ASSERT_TRUE(trace_class_of(s.proto) != TRACE_CLASS_SIP ||
			       trace_kind_of(t, rec.cause) == TRACE_FAULT ||
			       trace_why(&rec).n > 0);
		explains(t, seq);
	}
	trace_destroy(t);
}

static void
everything_has_a_cause(void)
{
	labs_each(has_causes, true);
}

/* ---- what a student is to see in the labs ---- */

/* A drop, and the repetition that mends it. */
static void
losses_are_mended(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/lost-messages", &o);
	uint64_t first, again, timer;
	struct trace_rec rec;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send s;
	bool lost_ack = false;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	first = find_send(t, "atl", "bil", "INVITE", 1);
	again = find_send(t, "atl", "bil", "INVITE", 2);
	CU_ASSERT_TRUE_FATAL(first != 0 && again > first);
	trace_get(t, again, &rec);
	trace_get_send(&rec, &s, &scratch);
	CU_ASSERT_EQUAL(s.retx, first);
	/* T1 later, because Timer A fired. */
	CU_ASSERT_EQUAL(rec.t - trace_time_of(t, first), 500 * SIM_MS);
	timer = trace_cause_of(t, again);
	while (timer != 0 && trace_kind_of(t, timer) != TRACE_TIMER)
		timer = trace_cause_of(t, timer);
	CU_ASSERT_NOT_EQUAL_FATAL(timer, 0);
	trace_get(t, timer, &rec);
	CU_ASSERT_TRUE(str_is(trace_str(&rec, "name", &scratch), "A"));
	for (uint64_t seq = again; seq <= trace_count(t); seq++) {
		uint64_t of;

		trace_get(t, seq, &rec);
		if (rec.kind != TRACE_DROP)
			continue;
		of = (uint64_t)trace_int(&rec, "of", 0);
		trace_get(t, of, &rec);
		lost_ack |= str_is(trace_str(&rec, "start", &scratch), "ACK");
	}
	CU_ASSERT_TRUE(lost_ack);
	CU_ASSERT_NOT_EQUAL(find_send(t, "bob", "bil", "SIP/2.0 200", 2), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "alice", "atl", "ACK", 2), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "bil", "bob", "ACK", 1), 0);
	/* The call comes to its end all the same. */
	CU_ASSERT_NOT_EQUAL(find_send(t, "alice", "atl", "SIP/2.0 200", 1), 0);
	trace_destroy(t);
}

static void
draw(const char *file, bool ascii, struct buf *out)
{
	struct ladder_text_options text = { .title = true, .ascii = ascii };
	struct layout_options lo = LAYOUT_OPTIONS;
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct diag d = DIAG_INIT;
	struct layout *l = NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &lo, &d), 0);
	CU_ASSERT_EQUAL(ladder_text_write(l, &text, out), 0);
	layout_destroy(l);
	trace_destroy(t);
}

static void
looks_as_drawn(const char *file)
{
	LOCAL_BUF out = BUF_INIT, name = BUF_INIT;

	buf_printf(&name, "%s.txt", file);
	draw(file, false, &out);
	CU_ASSERT_TRUE(golden_same(buf_cstr(&name), buf_view(&out)));
}

static void
ladders(void)
{
	LOCAL_BUF out = BUF_INIT;

	labs_each(looks_as_drawn, false);
	draw("labs/two-proxies", true, &out);
	CU_ASSERT_TRUE(
	    golden_same("labs/two-proxies-ascii.txt", buf_view(&out)));
	for (size_t i = 0; i < out.n; i++)
		CU_ASSERT_TRUE((unsigned char)out.p[i] < 0x80);
}

/* A lab has a handout: a title, something to do, and questions or tasks. */
static void
has_handout(const char *file)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	struct str s;

	buf_printf(&path, "%s/README.md", file);
	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&text, buf_cstr(&path), 1 << 20), 0);
	s = buf_view(&text);
	CU_ASSERT_TRUE(str_starts(s, "# "));
	CU_ASSERT_TRUE(str_find(s, " rung run ") > 0);
	CU_ASSERT_TRUE(str_find(s, "\n## Questions\n") > 0 ||
		       str_find(s, "\n## Tasks\n") > 0);
	CU_ASSERT_TRUE(str_find(s, "\n3. ") > 0);
	CU_ASSERT_TRUE(str_find(s, "\n## Try\n") > 0);
	CU_ASSERT_TRUE(s.n < 5000);
}

/* Every lab and every network has its row in the page of either language. */
static void
stands_in_the_page(const char *file)
{
	static const char *const pages[] = { "docs/LABS.md",
		"docs/zh/LABS.md" };
	struct buf text = BUF_INIT, row = BUF_INIT;

	buf_printf(&row, "has no row `%s`", strchr(file, '/') + 1);
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		buf_clear(&text);
		CU_ASSERT_EQUAL_FATAL(
		    buf_read_file(&text, pages[i], 1 << 20), 0);
		expect_of(
		    str_find(buf_view(&text), strchr(buf_cstr(&row), '`')) > 0,
		    pages[i], buf_cstr(&row));
	}
	buf_free(&text);
	buf_free(&row);
}

static void
the_page(void)
{
	labs_each(stands_in_the_page, true);
}

/* The commands of a task that is asked first stand below their line, in the
 * handout of LANG too; those of the first task have the command that runs the
 * lab, FILE. */
static void
asks_first(const struct lesson *l, const char *file, const char *lang)
{
	LOCAL(handout_free) struct handout h = HANDOUT_INIT;
	struct diag d = DIAG_INIT;
	LOCAL_BUF run = BUF_INIT;
	struct str text;
	size_t n;

	CU_ASSERT_EQUAL_FATAL(handout_read(&h, file, lang, &d), 0);
	n = h.text.n;
	for (size_t i = 0; i < h.ntasks; i++)
		if (lesson_task(l, i)->ahead)
			CU_ASSERT_EQUAL(handout_ask_first(&h, i), 0);
	expect_of(h.text.n == n, file, "a command stands before the answer");
	if (h.ntasks == 0 || !lesson_task(l, 0)->ahead)
		return;
	buf_printf(&run, "\n    rung run %s\n", strrchr(file, '/') + 1);
	text = buf_view(&h.text);
	text.n = (size_t)(h.tasks[0].p - text.p);
	expect_of(str_find(text, buf_cstr(&run)) < 0, file,
	    "the run stands before task 1, which asks first");
}

static void
asks_first_twice(const char *file)
{
	struct lesson *l = NULL;
	struct diag d = DIAG_INIT;

	if (lesson_load(&l, file, "", &d) != 0)
		return;
	asks_first(l, file, "");
	asks_first(l, file, "zh_CN");
	lesson_destroy(l);
}

static void
handouts(void)
{
	labs_each(has_handout, false);
	labs_each(asks_first_twice, false);
}

/* ---- roles ---- */

/* Whether a file of FOLDER that ends so holds WORD as a role. */
static bool
is_shown(const char *word)
{
	char *names[LABS_MAX], role[40], first[40];
	LOCAL_BUF b = BUF_INIT;
	bool shown = false;
	size_t n = labs_list(names, true);

	snprintf(role, sizeof(role), "role=%s", word);
	snprintf(first, sizeof(first), "role=\"%s", word);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&b);
		if (!str_ends(str_of(names[i]), ".gv") ||
		    buf_read_file(&b, names[i], 1 << 20) != 0)
			continue;
		shown = shown || str_find(buf_view(&b), role) >= 0 ||
			str_find(buf_view(&b), first) >= 0;
	}
	labs_free(names, n);
	return shown;
}

/* Each role that there is has a page and stands in a topology. */
static void
roles_have_pages(void)
{
	for (size_t i = 0; node_roles[i] != NULL; i++) {
		const char *word = node_roles[i]->word;
		struct buf b = BUF_INIT;
		char path[80];

		snprintf(path, sizeof(path), "docs/roles/%s.md", word);
		buf_read_file(&b, path, 1 << 20);
		expect_of(b.n > 1000, path, "has not 1,000 bytes");
		expect_of(is_shown(word), word, "is a role of no topology");
		buf_free(&b);
	}
}

/* ---- explained ---- */

/* The chain of causes of SEQ, up to where NODE received what it forwards: a
 * decision where it goes, with its rule. */
static bool
is_routed(const struct trace *t, uint64_t seq, uint64_t fwd)
{
	struct trace_rec rec;

	for (uint64_t at = seq; at > fwd; at = trace_cause_of(t, at)) {
		trace_get(t, at, &rec);
		if (rec.kind == TRACE_ROUTE && trace_rule(&rec).n > 0)
			return true;
	}
	return false;
}

/* Of every request that is forwarded the causes tell the rule that chose its
 * target; of every response, why it goes on. */
static void
forwarding_is_told(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	LOCAL_BUF b = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		bool told;

		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (trace_get_send(&rec, &s, &b) != 0 || s.fwd == 0 ||
		    s.retx != 0)
			continue;
		told = s.method.n > 0 ? is_routed(t, seq, s.fwd)
				      : trace_rule(&rec).n > 0;
		if (!told)
			printf("  record %llu\n", (unsigned long long)seq);
		CU_ASSERT_TRUE(told);
	}
	trace_destroy(t);
}

static void
all_forwarding_is_told(void)
{
	labs_each(forwarding_is_told, true);
}

CHECK_MAIN("labs", { "twice_and_in_slices", twice_and_in_slices },
    { "from_the_trace_alone", from_the_trace_alone },
    { "detail_changes_nothing", detail_changes_nothing },
    { "crash_in_between", crash_in_between },
    { "drop_of_a_past_message", drop_of_a_past_message },
    { "script_survives_a_person", script_survives_a_person },
    { "registers_with_a_registrar", registers_with_a_registrar },
    { "seed_changes_tokens", seed_changes_tokens },
    { "everything_has_a_cause", everything_has_a_cause },
    { "losses_are_mended", losses_are_mended }, { "ladders", ladders },
    { "handouts", handouts }, { "the_page", the_page },
    { "all_forwarding_is_told", all_forwarding_is_told },
    { "roles_have_pages", roles_have_pages })
