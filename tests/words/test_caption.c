/* Captions: every message of every lab has one, and it is short enough. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "words/caption.h"
#include "views/menu/tour.h"
#include "text/utf8.h"

/* Distinct captions of FILE, in order, into ARG. */
static void
collect(const char *file, size_t cells, struct buf *out)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	LOCAL_BUF b = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	buf_printf(out, "%s\n", file);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		buf_clear(&b);
		caption_write(t, seq, cells, &b);
		CU_ASSERT_FATAL(b.n > 0);
		CU_ASSERT(cells == 0 || utf8_width(buf_view(&b)) <= cells);
		CU_ASSERT(str_chr(buf_view(&b), '\n') < 0);
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		CU_ASSERT(utf8_width(buf_view(&b)) <= 100);
		/* No send goes without a reason. */
		if (cells == 0 && str_find(buf_view(&b), ": ") < 0)
			printf("  %s: %s\n", file, buf_cstr(&b));
		CU_ASSERT(cells != 0 || str_find(buf_view(&b), ": ") > 0);
		buf_printf(
		    out, "%5llu  %s\n", (unsigned long long)seq, buf_cstr(&b));
	}
	trace_destroy(t);
}

static void
all_labs(void)
{
	LOCAL_BUF out = BUF_INIT;
	char *names[LABS_MAX];
	size_t n = labs_list(names, true);

	for (size_t i = 0; i < n; i++)
		collect(names[i], 0, &out);
	for (size_t i = 0; i < n; i++)
		collect(names[i], 60, &out);
	labs_free(names, n);
	CU_ASSERT(out.n > 0);
	if (getenv("SHOW") != NULL)
		printf("%s", buf_cstr(&out));
}

static void
told(void)
{
	static const char *const labs[] = { "labs/lost-messages", "labs/cancel",
		"labs/rfc3665-3.3", "labs/redirection" };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < sizeof(labs) / sizeof(labs[0]); i++)
		collect(labs[i], 0, &out);
	collect(labs[0], 60, &out);
	collect(labs[0], 24, &out);
	CU_ASSERT(golden_same("captions.txt", buf_view(&out)));
}

/* Nothing in a trace breaks a caption. */
static void
hostile(void)
{
	struct sample s;
	struct trace *t;
	struct buf b = BUF_INIT;

	sample_begin(&s, "hostile");
	sample_rec(&s, "send", NULL, 0, NULL, "%s", "");
	sample_rec(&s, "send", "a", 1, "nonsense",
	    ",'src':'\\u001b[31m\\u202eevil','dst':'%0200d','start':'%0200d',"
	    "'retx':2,'fwd':99",
	    1, 2);
	sample_rec(
	    &s, "timer", "a", 2, "ict-timer-a", ",'op':'set','length':-5");
	sample_rec(&s, "send", "a", 3, "ict-timer-a",
	    ",'src':'a','start':'INVITE','retx':1,'text':'INVITE'");
	sample_rec(&s, "send", "a", 4, "invite-send",
	    ",'src':'a','dst':'b','start':'INVITE',"
	    "'text':'INVITE \\r\\nsip:x y z'");
	sample_rec(&s, "send", "a", 4, NULL,
	    ",'src':'a','dst':'b','start':999,'proto':'sip'");
	sample_rec(
	    &s, "send", "a", 4, NULL, ",'src':'a','dst':'b','proto':'rtp'");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t seq = 0; seq <= trace_count(t) + 1; seq++)
		for (size_t cells = 1; cells < 120; cells += 7) {
			buf_clear(&b);
			caption_write(t, seq, cells, &b);
			CU_ASSERT(utf8_width(buf_view(&b)) <= cells);
			CU_ASSERT(b.n == 0 || strchr(b.p, '\033') == NULL);
			if (seq > 0 && seq <= trace_count(t))
				CU_ASSERT(b.n > 0);
		}
	CU_ASSERT_PTR_NULL(caption_rule(t, 0));
	CU_ASSERT_PTR_NULL(caption_rule(t, 99));
	buf_free(&b);
	trace_destroy(t);
}

static void
out_of_memory(void)
{
	struct trace *t = sample_lost_invite();
	struct buf b = BUF_INIT;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		int err = ERR_NOMEM;

		for (unsigned long n = 1; err != 0 && n < 200; n++) {
			buf_free(&b);
			mem_fail_from(n);
			caption_write(t, seq, 100, &b);
			mem_fail_from(0);
			err = b.err;
		}
		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT(b.n > 0);
	}
	buf_free(&b);
	trace_destroy(t);
}

/* ---- the tour ---- */

static void
draw_tour(size_t w, size_t h, bool ascii, struct buf *out)
{
	static const struct tour_keys names[] = {
		{ "→", "←", "↑↓", "Tab", "Enter", "?", "q" },
		{ "Right", "Left", "Up Down", "Tab", "Enter", "?", "q" },
	};
	struct grid g;
	struct grid_area a;

	CU_ASSERT_EQUAL_FATAL(grid_init(&g, w, h, ascii), 0);
	a = grid_all(&g);
	tour_draw(&names[ascii], &a);
	buf_printf(out, "==== %zux%zu\n", w, h);
	CU_ASSERT_EQUAL(grid_write(&g, out), 0);
	grid_free(&g);
}

static void
tour(void)
{
	LOCAL_BUF out = BUF_INIT;

	draw_tour(60, 18, false, &out);
	draw_tour(60, 18, true, &out);
	draw_tour(80, 22, false, &out);
	draw_tour(50, 14, false, &out);
	draw_tour(30, 8, false, &out);
	CU_ASSERT(golden_same("tour.txt", buf_view(&out)));
	for (size_t w = 1; w < 70; w += 3)
		for (size_t h = 1; h < 24; h++)
			draw_tour(w, h, false, &out);
}

CHECK_MAIN("caption", { "all_labs", all_labs }, { "told", told },
    { "hostile", hostile }, { "out_of_memory", out_of_memory },
    { "tour", tour })
