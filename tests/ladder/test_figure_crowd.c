/*
 * Crowded ladders: in the figures of all labs, on both axes, with everything
 * that can be asked for, no two texts lie upon each other, none leaves its
 * page, and no line but its own runs through a bracket's name, a timer's or a
 * note.  A device that only writes down what it is told hands out the places.
 */
#include "fixtures/check.h"
#include "figure_labels.h"
#include "figure_said.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"
#include "fixtures/stand_in_capture.h"

#include "draw/figure.h"
#include "ladder/ladder_figure.h"
#include "ladder/ladder_marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far it reaches from its middle, upwards and downwards. */
static double
half_height(const struct said *s)
{
	return fabs(s->sin) * s->half + fabs(s->cos) * s->high;
}

static bool
on_page(const struct said *s)
{
	double wide = fabs(s->cos) * s->half + fabs(s->sin) * s->high;
	double high = half_height(s);
	bool clips_on = s->top < s->bottom;

	return s->x - wide >= s->page_left && s->x + wide <= s->page_right &&
	       s->y - high >= (clips_on ? s->top : 0) &&
	       s->y + high <= (clips_on ? s->bottom : s->page_height);
}

struct tally {
	const char *what;
	size_t texts, overlaps, outside, pages;
	size_t struck; /* texts that a line or a bar goes through */
	size_t lives;  /* that a lifeline goes through */
	size_t cuts;   /* labels and names that have no room */
	double empty;  /* the share of a page at its right that has nothing */
	struct label_faults labels;
};

static const char *const upon[] = { "another", "a line", "a bar",
	"a lifeline" };

/* What is wrong with A, a text, and B. */
static void
compare(
    const struct said *a, const struct said *b, size_t page, struct tally *t)
{
	size_t *count = b->kind == SAID_TEXT       ? &t->overlaps
			: b->kind == SAID_LIFELINE ? &t->lives
						   : &t->struck;

	/* A remark of the run lies across all that stands on lifelines. */
	if ((b->kind >= SAID_BAR && a->italic) || apart(a, b) || apart(b, a) ||
	    (*count)++ >= 4)
		return;
	printf(
	    "  %s, page %zu: \"%s\" at %.0f, %.0f over %s %s at %.0f, %.0f\n",
	    t->what, page, a->text, a->x, a->y, upon[b->kind], b->text, b->x,
	    b->y);
}

/* Whether a box lies between text A and what is behind it: a lifeline or a bar.
 */
static bool
is_covered(const struct said *list, size_t a, const struct said *behind)
{
	const struct said *s = &list[a];

	for (size_t i = (size_t)(behind - list); i < a; i++)
		if (list[i].kind == SAID_COVER &&
		    fabs(list[i].x - behind->x) <= list[i].half &&
		    fabs(list[i].y - s->y) <= list[i].high)
			return true;
	return false;
}

/* The share of their page at the right that none of LIST reaches. */
static double
empty_share(const struct said *list, size_t n)
{
	double right = 0, page = n > 0 ? list[0].page_right : 1;

	for (size_t i = 0; i < n; i++)
		right =
		    fmax(right, list[i].x + fabs(list[i].cos) * list[i].half +
				    fabs(list[i].sin) * list[i].high);
	return n > 0 ? (page - right) / page : 0;
}

/* Faults of one page; the first few are told. */
static int
look(struct buf *page, size_t i, size_t n, void *arg)
{
	const struct said *list = (const void *)page->p;
	size_t count = page->n / sizeof(*list);
	struct tally *t = arg;

	(void)n;
	t->pages++;
	t->empty = fmax(t->empty, empty_share(list, count));
	for (size_t a = 0; a < count; a++) {
		double high;

		if (list[a].kind != SAID_TEXT)
			continue;
		t->texts++;
		high = half_height(&list[a]);
		if (list[a].message != 0 && is_first_of_label(list, a))
			look_at_label(list, count, a, &t->labels);
		if (!on_page(&list[a]) && t->outside++ < 4)
			printf(
			    "  %s, page %zu: \"%s\" at %.0f, %.0f leaves it\n",
			    t->what, i + 1, list[a].text, list[a].x, list[a].y);
		if (list[a].bold && strstr(list[a].text, "…") != NULL &&
		    t->cuts++ < 4)
			printf("  %s, page %zu: \"%s\" is cut\n", t->what,
			    i + 1, list[a].text);
		for (size_t b = 0; b < count; b++) {
			/* Most things are above it or below. */
			if (fabs(list[a].y - list[b].y) >
			    high + half_height(&list[b]))
				continue;
			if (list[b].kind == SAID_LIFELINE ||
				    list[b].kind == SAID_BAR
				? !is_covered(list, a, &list[b])
				: list[b].kind != SAID_COVER &&
				      (b > a || list[b].kind != SAID_TEXT))
				compare(&list[a], &list[b], i + 1, t);
		}
	}
	return 0;
}

static const struct variant {
	const char *name;
	bool all; /* timers, states, numbers */
	bool notes;
	unsigned marks;  /* bits */
	double paper[2]; /* points */
	double width;    /* points; 0: its own */
	bool states;     /* and numbers alone */
	bool number;     /* alone */
} variants[] = {
	{ "plain", false, false, 0, { 0, 0 }, 0, false, false },
	{ "timers", true, false, 0, { 0, 0 }, 0, false, false },
	{ "all", true, true, 0, { 0, 0 }, 0, false, false },
	{ "transaction", false, false, 1u << LADDER_MARK_TRANSACTION, { 0, 0 },
	    0, false, false },
	{ "dialog", false, false, 1u << LADDER_MARK_DIALOG, { 0, 0 }, 0, false,
	    false },
	{ "phase", false, false, 1u << LADDER_MARK_PHASE, { 0, 0 }, 0, false,
	    false },
	{ "marks", true, false, 7u, { 0, 0 }, 0, false, false },
	{ "paper", true, true, 7u, { 510, 758 }, 0, false, false },
	{ "beside", true, true, 7u, { 420, 595 }, 0, false, false },
	/* A column of a report, a page's text, an A4 page; 85 mm and 160 mm. */
	{ "column", false, false, 0, { 0, 0 }, 241, false, false },
	{ "column, all", true, true, 7u, { 0, 0 }, 241, false, false },
	{ "text", false, false, 0, { 0, 0 }, 454, false, false },
	{ "column, states", false, false, 0, { 0, 0 }, 241, true, false },
	{ "text, all", true, true, 0, { 0, 0 }, 454, false, false },
	{ "a4", false, false, 0, { 595, 842 }, 0, false, false },
	{ "text, numbers", false, false, 0, { 0, 0 }, 454, false, true },
	{ "a4, numbers", false, false, 0, { 595, 842 }, 0, false, true },
};
#define VARIANTS (sizeof(variants) / sizeof(variants[0]))

#define NOTES 12

/* Of a figure that has its own size. */
#define EMPTY_MOST 0.3

/*
 * Figures, in true time or in order, that have no room for all labels yet: so
 * many texts stand upon a line, and so many labels are hard to tell whose they
 * are.  No other figure may.
 */
static const struct {
	const char *lab, *variant;
	bool true_time;
	unsigned struck, labels, stubs;
} crowded[] = {
	{ "labs/handset-transfer", "beside", true, 3, 1, 0 },
	{ "labs/hops-anew", "plain", true, 0, 1, 0 },
	{ "labs/hops-anew", "text", true, 0, 1, 0 },
	{ "labs/overload-control", "a4, numbers", true, 0, 3, 0 },
	{ "labs/overload-control", "beside", true, 10, 4, 0 },
	{ "labs/overload-control", "column", true, 0, 2, 0 },
	{ "labs/overload-control", "column, states", true, 2, 0, 0 },
	{ "labs/overload-control", "paper", true, 5, 11, 0 },
	{ "labs/overload-control", "text, numbers", true, 0, 1, 0 },
	{ "labs/volte-telephone", "paper", true, 0, 2, 0 },
};

#define CROWDED (sizeof(crowded) / sizeof(crowded[0]))

/* The index of the figure among them, CROWDED where it is none. */
static size_t
find_crowded(const char *lab, const struct variant *v, bool true_time)
{
	size_t i = 0;

	while (i < CROWDED && (crowded[i].true_time != true_time ||
				  strcmp(crowded[i].lab, lab) != 0 ||
				  strcmp(crowded[i].variant, v->name) != 0))
		i++;
	return i;
}

/* Whose label it is can be seen.  Only what a column of a report has no room
 * for may have leaders that cross: numbers and states of five lifelines, twenty
 * messages within 40 ms. */
static void
check_labels(const char *name, const struct variant *v, bool true_time,
    const struct label_faults *labels)
{
	bool crammed = v->width == 241 && (v->all || v->states);
	size_t i = find_crowded(name, v, true_time);
	bool narrow = v->width == 241 && strcmp(name, "labs/handset-slow") == 0;
	size_t unclear = crammed ? 0 : labels->unclear;
	size_t astray = crammed || narrow ? 0 : labels->astray;
	size_t all = labels->untied + unclear + astray;

	if (all > (i < CROWDED ? crowded[i].labels : 0))
		printf("  %s: %zu untied, %zu unclear, %zu astray\n",
		    labels->what, (size_t)labels->untied, unclear, astray);
	CU_ASSERT(all <= (i < CROWDED ? crowded[i].labels : 0));
	CU_ASSERT(labels->stubs <= (i < CROWDED ? crowded[i].stubs : 0));
}

static void
draw(const struct trace *t, const char *name, const struct variant *v,
    bool true_time, struct tally *sum)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct ladder_figure_options how = { .footer = "rung · seed 1" };
	struct ladder_marks *marks = NULL;
	struct layout *l = NULL;
	uint64_t notes[NOTES];
	char what[160];
	struct tally one = { .what = what, .labels = { .what = what } };
	size_t i;

	o.true_time = true_time;
	o.timers = v->all;
	o.states = v->all || v->states;
	o.number = o.states || v->number;
	/* Notes here and there. */
	for (i = 0; i < NOTES; i++)
		notes[i] = (i + 1) * trace_count(t) / (NOTES + 1) + 1;
	o.remarks = notes;
	o.nremarks = v->notes && trace_count(t) > NOTES ? NOTES : 0;
	/* In order of time a timer's section may stand upon a bar there. */
	if (v->states && !true_time)
		return;
	snprintf(what, sizeof(what), "%s, %s, %s", name,
	    true_time ? "true" : "order", v->name);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	if (v->marks != 0)
		CU_ASSERT_EQUAL_FATAL(
		    ladder_marks_create(&marks, l, t, v->marks), 0);
	how.marks = marks;
	how.paper_width = v->paper[0];
	how.paper_height = v->paper[1];
	how.width = v->width;
	CU_ASSERT_EQUAL(ladder_figure_pages(l, &how, &recorder, look, &one), 0);
	if (v->paper[0] == 0 && v->width == 0 && one.empty > EMPTY_MOST) {
		printf("  %s: %.2f empty\n", what, one.empty);
		CU_FAIL("much of a figure is empty");
	}
	CU_ASSERT_EQUAL(one.overlaps, 0);
	CU_ASSERT_EQUAL(one.outside, 0);
	i = find_crowded(name, v, true_time);
	if (one.struck > (i < CROWDED ? crowded[i].struck : 0))
		printf("  %s: %u struck\n", what, (unsigned)one.struck);
	CU_ASSERT(one.struck <= (i < CROWDED ? crowded[i].struck : 0));
	if (one.lives > (i < CROWDED ? crowded[i].struck : 0))
		printf("  %s: a lifeline goes through %u\n", what,
		    (unsigned)one.lives);
	CU_ASSERT(one.lives <= (i < CROWDED ? crowded[i].struck : 0));
	/* 160 mm have room for every label of a lab's. */
	CU_ASSERT(
	    v->width != 454 || one.cuts == 0 || strncmp(name, "labs/", 5) != 0);
	CU_ASSERT(one.texts > l->ncolumns);
	sum->texts += one.texts;
	sum->overlaps += one.overlaps;
	sum->outside += one.outside;
	sum->struck += one.struck;
	sum->pages += one.pages;
	sum->cuts += one.cuts;
	check_labels(name, v, true_time, &one.labels);
	ladder_marks_destroy(marks);
	layout_destroy(l);
}

/* Each lab and capture has one in so many of the variants, from one on that its
 * name says, so that each variant has some fifteen labs, and a new lab changes
 * nothing for the others; FIGURES=all has all. */
static size_t
some_of(void)
{
	return getenv("FIGURES") != NULL ? 1 : 11;
}

static size_t
first_of(const char *name)
{
	return str_hash(str_of(name)) % some_of();
}

static void
labs_have_room(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list_some(names, false);
	struct tally sum = { .what = "all" };

	CU_ASSERT(n > 20);
	for (size_t i = 0; i < n; i++) {
		struct trace *t = lab_trace(names[i], &LAB_OPTIONS);

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		for (size_t k = first_of(names[i]); k < 2 * VARIANTS;
		     k += some_of())
			draw(t, names[i], &variants[k / 2], k % 2 == 1, &sum);
		trace_destroy(t);
	}
	labs_free(names, n);
	printf("  %zu pages, %zu texts: %zu over each other, %zu outside, %zu "
	       "struck through, %zu cut\n",
	    sum.pages, sum.texts, sum.overlaps, sum.outside, sum.struck,
	    sum.cuts);
}

/* Two timers that fire at once, with a note on the upper one: the name of the
 * lower one shut its way out, and the note came to stand upon their lines. */
static void
notes_of_timers_have_room(void)
{
	static const struct {
		const char *lab, *variant;
		bool true_time;
	} rows[] = {
		{ "labs/crash", "column, all", true },
		{ "labs/two-proxies", "text, all", false },
	};
	struct tally sum = { .what = "timers" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trace *t = lab_trace(rows[i].lab, &LAB_OPTIONS);

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		for (size_t k = 0; k < VARIANTS; k++)
			if (strcmp(variants[k].name, rows[i].variant) == 0)
				draw(t, rows[i].lab, &variants[k],
				    rows[i].true_time, &sum);
		trace_destroy(t);
	}
	CU_ASSERT(sum.texts > 0);
	CU_ASSERT_EQUAL(sum.struck, 0);
}

/* Forty at once: more than there are lanes for. */
static void
the_crowded_have_room(void)
{
	struct tally sum = { .what = "crowded" };
	struct trace *t = sample_together(40);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (size_t k = 0; k < 2 * VARIANTS; k++)
		draw(t, "forty at once", &variants[k / 2], k % 2 == 1, &sum);
	CU_ASSERT(sum.texts > 0);
	trace_destroy(t);
}

/* Captures of real networks crowd more, where they are there. */
static void
captures_have_room(void)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct tally sum = { .what = "captures" };
	char dir[512], *names[LABS_MAX];
	size_t n = 0;

	snprintf(dir, sizeof(dir), "%s/pcap", check_data());
	labs_list_folder(dir, ".pcap", names, &n);
	labs_list_folder(dir, ".pcapng", names, &n);
	if (n == 0)
		check_skip("no captures");
	for (size_t i = 0; i < n; i++) {
		struct capture_reader reader;
		struct capture *c = NULL;
		struct diag d = DIAG_INIT;
		struct trace *t;
		int err;

		CU_ASSERT_EQUAL_FATAL(capture_open(&c, names[i], NULL, &d), 0);
		reader = capture_reader_of(c);
		t = stand_in_trace_of(&reader, &o, &err);
		CU_ASSERT_EQUAL_FATAL(err, 0);
		for (size_t k = first_of(strrchr(names[i], '/'));
		     k < 2 * VARIANTS; k += some_of())
			draw(t, names[i], &variants[k / 2], k % 2 == 1, &sum);
		trace_destroy(t);
		capture_close(c);
	}
	labs_free(names, n);
	printf("  %zu pages, %zu texts: %zu over each other, %zu outside, %zu "
	       "struck through\n",
	    sum.pages, sum.texts, sum.overlaps, sum.outside, sum.struck);
}

/* The check itself: what it must see and what it must not. */
static void
the_check_can_fail(void)
{
	static const struct figure_font font = { 10, "#000000", false, false };
	static const struct figure_info info;
	static const struct {
		double x, y, angle;
		size_t overlaps, outside;
	} cases[] = {
		{ 50, 50, 0, 1, 0 },   /* upon it */
		{ 50, 57, 0, 1, 0 },   /* half a line below */
		{ 50, 60, 0, 0, 0 },   /* the next line */
		{ 86, 50, 0, 0, 0 },   /* beside it */
		{ 50, 68, 90, 1, 0 },  /* turned, its end within */
		{ 100, 68, 90, 0, 0 }, /* the same further on */
		{ 10, 20, 0, 0, 1 },   /* over the edge */
		{ 100, 97, 0, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tally t = { .what = "made to fail" };
		struct buf out = BUF_INIT;
		struct figure f;

		figure_begin(&f, &recorder, &out, 200, 100, &info);
		figure_text(&f, 50, 50, STR("aaaaa"), FIGURE_CENTRE, &font);
		figure_turned(&f, cases[i].x, cases[i].y, STR("bbbbb"),
		    FIGURE_CENTRE, &font, cases[i].angle);
		figure_end(&f);
		look(&out, 0, 1, &t);
		CU_ASSERT_EQUAL(t.overlaps, cases[i].overlaps);
		CU_ASSERT_EQUAL(t.outside, cases[i].outside);
		buf_free(&out);
	}
}

CHECK_MAIN("figure_crowd", { "the_check_can_fail", the_check_can_fail },
    { "labs_have_room", labs_have_room },
    { "notes_of_timers_have_room", notes_of_timers_have_room },
    { "the_crowded_have_room", the_crowded_have_room },
    { "captures_have_room", captures_have_room })
