/* Reads plans. */
#include "base/err.h"
#include "text/markdown.h"
#include "grade/worksheet_in.h"
#include "inputs/share.h"

#include <stdio.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PLAN_SIZE_MAX (256u << 10)
#define ALL_TASKS     ((1u << LESSON_TASKS_MAX) - 1)

/* The plan's text in the language in force, else in English; ERR_NOTFOUND. */
static int
read_plan(const char *name, struct buf *text)
{
	struct buf file = BUF_INIT, path = BUF_INIT;
	const char *lang = i18n_language();
	int err = ERR_NOTFOUND;

	/* One's own. */
	if (str_ends(str_of(name), ".md") &&
	    buf_read_file(text, name, PLAN_SIZE_MAX) == 0)
		return 0;
	buf_clear(text);
	if (strchr(name, '/') != NULL || name[0] == '.')
		return ERR_NOTFOUND;
	for (int pass = 0; pass < 2 && err == ERR_NOTFOUND; pass++) {
		buf_clear(&file);
		buf_printf(&file, "labs/plans/%s", name);
		if (pass == 0)
			buf_printf(
			    &file, ".%.*s", (int)strcspn(lang, "_"), lang);
		buf_puts(&file, ".md");
		err = file.err != 0 ? ERR_NOMEM
				    : share_find(buf_cstr(&file), &path);
	}
	if (err == 0)
		err = buf_read_file(text, buf_cstr(&path), PLAN_SIZE_MAX);
	buf_free(&file);
	buf_free(&path);
	return err;
}

/* "1-4,6" as bits; 0: it is no such list. */
static unsigned
read_tasks(struct str text)
{
	unsigned bits = 0;

	while (text.n > 0) {
		struct str last, part = str_cut(text, ',', &text),
				 first = str_cut(part, '-', &last);
		uint32_t from, to;

		if (str_u32(first, &from) != 0)
			return 0;
		to = from;
		if (last.n > 0 && str_u32(last, &to) != 0)
			return 0;
		for (; from >= 1 && from <= to && from <= LESSON_TASKS_MAX;
		     from++)
			bits |= 1u << (from - 1);
	}
	return bits;
}

/* LAB has the tasks that were named. */
static int
check_tasks(const struct sheet_lab *lab, struct diag *d)
{
	size_t n = lesson_count(lab->mark.lesson);

	for (size_t i = n; i < LESSON_TASKS_MAX; i++)
		if ((lab->tasks & 1u << i) != 0)
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%s has no task %zu; they are numbered 1 to %zu"),
			    lab->name, i + 1, n);
	return 0;
}

static int
do_lab(struct sheet_lab *lab, const char *student, sheet_fn *fn, void *arg,
    struct diag *d)
{
	int err;

	lab->work = WORK_INIT;
	lab->mark = MARK_INIT;
	err = work_find_lab(&lab->work, NULL, lab->name, d);
	if (err == 0)
		err = mark_work(&lab->mark, &lab->work, student, d);
	/* A ladder is not shown to whoever is to draw it. */
	for (size_t i = 0;
	     err == 0 && lab->alone && i < lesson_count(lab->mark.lesson); i++)
		if (lesson_task(lab->mark.lesson, i)->kind == LESSON_DRAW)
			lab->picture = SHEET_BLANK;
	if (err == 0 && lab->tasks != ALL_TASKS)
		err = check_tasks(lab, d);
	if (err == 0)
		err = fn(lab, arg, d);
	mark_free(&lab->mark);
	work_free(&lab->work);
	return err;
}

/* "direct-call 1-4 blank" */
static int
do_line(struct str line, const char *student, sheet_fn *fn, void *arg,
    struct diag *d)
{
	struct sheet_lab lab = { .tasks = ALL_TASKS };
	struct buf name = BUF_INIT;
	struct str rest, word;
	int err;

	buf_str(&name, str_cut(str_trim(line), ' ', &rest));
	while (rest.n > 0) {
		word = str_cut(rest, ' ', &rest);
		if (str_is(word, "ladder"))
			lab.picture = SHEET_LADDER;
		else if (str_is(word, "blank"))
			lab.picture = SHEET_BLANK;
		else if (word.n > 0)
			lab.tasks = read_tasks(word);
	}
	lab.name = buf_cstr(&name);
	err = name.err != 0 ? name.err
	      : lab.tasks == 0
		  ? diag_set(d, ERR_SYNTAX, NULL, 0,
			_("“%.*s” is no line of a worksheet: LAB 1-4 ladder"),
			STR_ARG(line))
		  : do_lab(&lab, student, fn, arg, d);
	buf_free(&name);
	return err;
}

/* What D says of LINE of TEXT is said of FILE and that line. */
static void
say_place(const char *file, struct str text, struct str line, struct diag *d)
{
	struct str before = { text.p, (size_t)(line.p - text.p) };

	if (d->err == 0 || d->file[0] != '\0')
		return;
	snprintf(d->file, sizeof(d->file), "%s", file);
	d->line = (unsigned)str_count(before, '\n') + 1;
}

static int
do_plan(const char *file, struct str text, const char *student, sheet_fn *fn,
    void *arg, struct diag *d)
{
	struct markdown_block b;
	struct markdown m;
	int err = 0;

	markdown_begin(&m, text);
	while (err == 0 && markdown_next(&m, &b)) {
		struct str rest = b.text, line;

		if (b.kind != MARKDOWN_CODE || !str_is(b.info, "worksheet"))
			continue;
		while (err == 0 && markdown_code_line(&b, &rest, &line))
			if (str_trim(line).n > 0 &&
			    (err = do_line(line, student, fn, arg, d)) != 0)
				say_place(file, text, line, d);
	}
	return err;
}

static bool
is_lab(const char *name)
{
	struct buf file = BUF_INIT, path = BUF_INIT;
	bool is;

	buf_printf(&file, "labs/%s", name);
	is = access(name, F_OK) == 0 || share_find(buf_cstr(&file), &path) == 0;
	buf_free(&file);
	buf_free(&path);
	return is;
}

/* NAME is neither a plan nor a lab: a plan that it may be goes before labs. */
static int
no_plan(const char *name, struct diag *d)
{
	struct buf near = BUF_INIT;

	*d = DIAG_INIT; /* what was said of it as a lab */
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no plan and no lab “%s”"), name);
	if (share_nearest_plan(name, &near) == 0 && near.n > 0)
		diag_meant(d, ERR_NOTFOUND, buf_cstr(&near));
	else
		share_meant(d, ERR_NOTFOUND, name);
	buf_free(&near);
	return ERR_NOTFOUND;
}

int
sheet_walk(const char *name, const char *student, struct buf *plan,
    sheet_fn *fn, void *arg, struct diag *d)
{
	struct sheet_lab lab = { .name = name,
		.tasks = ALL_TASKS,
		.picture = SHEET_LADDER,
		.alone = true };
	int err = read_plan(name, plan);

	if (student == NULL)
		student = "";
	if (err == 0) {
		err = do_plan(name, buf_view(plan), student, fn, arg, d);
	} else if (err == ERR_NOTFOUND) {
		err = do_lab(&lab, student, fn, arg, d);
		/* A lab that is there may lack something else. */
		if (err == ERR_NOTFOUND && !is_lab(name))
			err = no_plan(name, d);
	}
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
