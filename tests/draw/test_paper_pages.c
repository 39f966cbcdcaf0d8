/*
 * How worksheets are set on pages: nothing nearer to an edge than 15 mm, a
 * figure that is cut fills its pages, and no page is left half empty by one.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "draw/paper_press_in.h"
#include "grade/worksheet.h"
#include "fixtures/labs.h"
#include "fixtures/lessons.h"

#include <string.h>

/* ---- one figure ---- */

#define ROW 30.0

/* A figure of ROWS rows below names of 60 points, which may be cut between any
 * two. */
static void
make_figure(struct paper_figure *f, size_t rows, double cuts[])
{
	*f = (struct paper_figure){ .width = 500,
		.height = 80 + ROW * (double)rows,
		.names_top = 10,
		.names_bottom = 70,
		.least = 0.7,
		.cuts = cuts,
		.ncuts = rows - 1 };
	for (size_t i = 0; i + 1 < rows; i++)
		cuts[i] = 80 + ROW * (double)(i + 1);
}

/* What the sheets of S have is F from its top to its end, in order, with the
 * names above each part but the first, and all on the paper. */
static void
expect_whole(const struct press *s, const struct paper_figure *f)
{
	double from = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct sheet *sheet = &s->sheets[i];

		for (size_t k = 0; k < sheet->nparts; k++) {
			const struct raster_part *p = &sheet->parts[k];
			double scale = p->height / f->height;
			bool names = from > 0 && k == 0;

			CU_ASSERT(p->y + p->from >= MARGIN - 0.01);
			CU_ASSERT(p->y + p->to <= BOTTOM + 0.01);
			CU_ASSERT(p->x >= MARGIN - 0.01);
			CU_ASSERT_DOUBLE_EQUAL(
			    p->from / scale, names ? f->names_top : from, 0.01);
			if (!names)
				from = p->to / scale;
		}
	}
	CU_ASSERT_DOUBLE_EQUAL(from, f->height, 0.01);
}

/* Behind every other paragraph of a page, ladders of every length. */
static void
figures_fill_pages(void)
{
	static double cuts[100];

	for (size_t rows = 2; rows < 100; rows += 3) {
		for (double y = MARGIN; y < BOTTOM; y += 40) {
			struct paper p = PAPER_INIT;
			struct press s = { .p = &p };
			struct paper_figure f;

			make_figure(&f, rows, cuts);
			press_begin_sheet(&s);
			CU_ASSERT_EQUAL_FATAL(s.err, 0);
			s.y = y;
			press_put_figure(&s, &f);
			CU_ASSERT_EQUAL(s.err, 0);
			press_end_sheet(&s);
			expect_whole(&s, &f);
			/* A quarter of the first stays empty at most, and of
			 * those between what a row takes, or what the last
			 * part needs. */
			for (size_t i = 0; i + 1 < s.n; i++)
				CU_ASSERT(BOTTOM - s.sheets[i].low <=
					  (BOTTOM - MARGIN) * 0.26 + ROW);
			press_free(&s);
		}
	}
}

/* ---- all sheets ---- */

struct filling {
	size_t pages, inner; /* inner: another of the same sheet follows */
	double filled;       /* of the inner ones, parts of a page */
};

static void
add_sheet(
    const char *name, const struct worksheet_options *o, struct filling *f)
{
	struct paper p = PAPER_INIT;
	struct diag d = DIAG_INIT;
	struct press s;

	CU_ASSERT_EQUAL(worksheet_make(&p, name, o, &d), 0);
	CU_ASSERT_EQUAL(press_set(&s, &p, 1), 0);
	f->pages += s.n;
	for (size_t i = 0; i + 1 < s.n; i++) {
		double top = MARGIN + HEAD_LINE;
		double filled = (s.sheets[i].low - top) / (BOTTOM - top);

		f->inner++;
		f->filled += filled;
		if (filled < 0.5)
			printf("BAD  %s: page %zu is filled to %d %%\n", name,
			    i + 1, (int)(filled * 100));
		CU_ASSERT(filled >= 0.5);
	}
	press_free(&s);
	paper_free(&p);
}

static struct filling filling;

static void
add_lab(const char *lab)
{
	const struct worksheet_options o = { .key = false };

	add_sheet(strrchr(lab, '/') + 1, &o, &filling);
}

static void
sheets_are_full(void)
{
	const struct worksheet_options plain = { .key = false },
				       key = { .key = true };

	char *plans[LABS_MAX];
	size_t n = 0;

	filling = (struct filling){ .pages = 0 };
	labs_list_folder(LABS_PLANS, ".zh.md", plans, &n);
	CU_ASSERT(n > 0);
	for (size_t i = 0; i < n; i++) {
		char *name = strrchr(plans[i], '/') + 1;

		*strchr(name, '.') = '\0';
		add_sheet(name, &plain, &filling);
		add_sheet(name, &key, &filling);
	}
	labs_free(plans, n);
	if (!IS_SANITIZED)
		each_lesson_some(add_lab);
	printf("  %zu pages; those before another are filled to %d %%\n",
	    filling.pages, (int)(filling.filled / (double)filling.inner * 100));
	CU_ASSERT(filling.filled / (double)filling.inner >= 0.85);
}

static void
in_english(void)
{
	i18n_choose("en");
	sheets_are_full();
}

static void
in_chinese(void)
{
	i18n_choose("zh");
	sheets_are_full();
	i18n_choose("en");
}

CHECK_MAIN("paper_pages", { "figures fill pages", figures_fill_pages },
    { "sheets are full", in_english }, { "in Chinese", in_chinese })
