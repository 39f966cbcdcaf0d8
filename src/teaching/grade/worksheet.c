/* Reads plans of lessons, and sets worksheets and keys. */
#include "grade/worksheet.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "grade/reasons.h"
#include "grade/report.h"
#include "grade/worksheet_in.h"
#include "inputs/share.h"
#include "lesson/plan.h"
#include "text/markdown.h"
#include "words/trace_words.h"

#define ALL_TASKS ((1u << LESSON_TASKS_MAX) - 1)

/* The plan's text in the language in force, else in English; ERR_NOTFOUND. */
static int
read_plan(const char *name, struct buf *text)
{
	LOCAL_BUF file = BUF_INIT, path = BUF_INIT;
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
	/* A ladder is not shown to students who are to draw it. */
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
worksheet_do_line(struct str line, const char *student, sheet_fn *fn, void *arg,
    struct diag *d)
{
	struct sheet_lab lab = { .tasks = ALL_TASKS };
	LOCAL_BUF name = BUF_INIT;
	struct str rest, word;

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
	return name.err != 0 ? name.err
	       : lab.tasks == 0
		   ? diag_set(d, ERR_SYNTAX, NULL, 0,
			 _("“%.*s” is not a line of a worksheet; use LAB 1-4 "
			   "ladder, for example"),
			 STR_ARG(line))
		   : do_lab(&lab, student, fn, arg, d);
}

static int
do_plan(const char *file, struct str text, const char *student, sheet_fn *fn,
    void *arg, struct diag *d)
{
	struct plan p;
	int err = plan_read(&p, text, file, d);

	for (size_t i = 0; err == 0 && i < p.nsheets; i++) {
		struct str line = p.sheets[i].text;

		err = worksheet_do_line(line, student, fn, arg, d);
		if (err != 0)
			plan_say_place(file, text, line, d);
	}
	return err;
}

static bool
is_lab(const char *name)
{
	LOCAL_BUF file = BUF_INIT, path = BUF_INIT;

	buf_printf(&file, "labs/%s", name);
	return access(name, F_OK) == 0 ||
	       share_find(buf_cstr(&file), &path) == 0;
}

/* NAME is neither a plan nor a lab: a plan that it may be goes before labs. */
static int
no_plan(const char *name, struct diag *d)
{
	LOCAL_BUF near = BUF_INIT;

	*d = DIAG_INIT; /* what was said of it as a lab */
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is neither a plan nor a lab “%s”"), name);
	if (share_nearest_plan(name, &near) == 0 && near.n > 0)
		diag_meant(d, ERR_NOTFOUND, buf_cstr(&near));
	else
		share_meant(d, ERR_NOTFOUND, name);
	return ERR_NOTFOUND;
}

int
worksheet_each_lab(const char *name, const char *student, struct buf *plan,
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
	return diag_fail(d, err);
}

/* ---- sets worksheets and keys ---- */

struct sheet {
	struct paper *p;
	const struct worksheet_options *o;
	struct str title; /* of the first lab, for a sheet of one */
	unsigned points;  /* of all tasks on it */
};

/* Lines to write on, by the kind of task. */
static unsigned
lines_for(enum lesson_kind kind)
{
	switch (kind) {
	case LESSON_NUMBER:
	case LESSON_TIME:
	case LESSON_TEXT:
	case LESSON_FIND:
		return 1;
	case LESSON_CHOICE: /* a letter is marked */
		return 0;
	default:
		return 3;
	}
}

#define INDENT "   "

/* TEXT as the continuation of an item; FIRST stands before its first line. */
static void
put_within(struct buf *out, struct str text, const char *first)
{
	for (const char *indent = first; text.n > 0; indent = INDENT) {
		buf_puts(out, indent);
		buf_str(out, str_cut(text, '\n', &text));
		buf_putc(out, '\n');
	}
}

/* A paragraph of the key. */
static int
put_key_paragraph(const struct reason *r, void *arg)
{
	struct reason_rules *said = arg;
	struct buf text = BUF_INIT, *out = said->out;

	reason_put(r, said, &text);
	if (text.n > 0 && r->of == REASON_RIGHT) {
		buf_printf(out, INDENT "%s\n\n", buf_cstr(&text));
	} else if (text.n > 0) {
		buf_puts(out, INDENT "**");
		reason_put_answer(r, out);
		buf_printf(out, "** %s\n\n", buf_cstr(&text));
	}
	buf_end(&text, &out->err);
	return out->err;
}

static int
worksheet_put_key(
    struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
{
	const struct lesson_task *t = lesson_task(lab->mark.lesson, i);
	struct buf key = BUF_INIT, *out = &s->p->text;
	struct reason_rules said = { .out = out };
	int err;

	err = lesson_key(lab->mark.lesson, i, lab->mark.trace, &key, NULL, d);
	buf_printf(out, "   **%s**", _("Answer"));
	if (t->kind == LESSON_DRAW) {
		buf_puts(out, "\n\n   ```\n");
		put_within(out, buf_view(&key), INDENT);
		buf_puts(out, "   ```\n\n");
	} else {
		buf_putc(out, ' ');
		put_within(out, buf_view(&key), "");
		buf_putc(out, '\n');
	}
	buf_free(&key);
	return err == 0 ? mark_each_reason(
			      &lab->mark, i, put_key_paragraph, &said, d)
			: err;
}

static int
worksheet_put_answer(
    struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
{
	enum lesson_kind kind = lesson_task(lab->mark.lesson, i)->kind;

	if (s->o->key)
		return worksheet_put_key(s, lab, i, d);
	if (lines_for(kind) > 0 &&
	    (kind != LESSON_DRAW || lab->picture != SHEET_BLANK))
		buf_printf(&s->p->text, "   ![lines %u]\n\n", lines_for(kind));
	return 0;
}

void
worksheet_put_points(struct buf *out, unsigned points)
{
	struct buf worth = BUF_INIT;

	buf_hundredths(&worth, points);
	buf_printf(out, points == LESSON_POINT ? _("%s point") : _("%s points"),
	    buf_cstr(&worth));
	buf_end(&worth, &out->err);
}

/* "(two-proxies, 2 points) ", in front of a task. */
static void
put_worth(struct buf *out, const char *lab, unsigned points)
{
	struct buf worth = BUF_INIT, name = BUF_INIT;

	worksheet_put_points(&worth, points);
	markdown_put_code(&name, str_of(lab));
	/* TRANSLATORS: "(`two-proxies`, 2 points) " in front of a task */
	buf_printf(out, _("(%s, %s) "), buf_cstr(&name), buf_cstr(&worth));
	buf_end(&name, &out->err);
	buf_end(&worth, &out->err);
}

static int
worksheet_put_task(
    struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
{
	const struct lesson_task *t = lesson_task(lab->mark.lesson, i);
	struct buf *out = &s->p->text;
	struct str rest, first;

	/* The task's own paragraphs belong to its item. */
	rest = t->text;
	first = str_cut(rest, '\n', &rest);
	buf_printf(out, "%u. ", t->number);
	put_worth(out, lab->work.name, t->points);
	buf_printf(out, "%.*s\n", STR_ARG(first));
	s->points += t->points;
	buf_str(out, rest);
	buf_puts(out, "\n\n");
	for (size_t k = 0; k < t->noptions; k++) {
		if (t->kind == LESSON_CHOICE)
			buf_printf(out, "   %c) %s\n\n", (char)('a' + (int)k),
			    t->options[k].text);
		/* Conditions of a run that refutes would say why. */
		else if (t->kind != LESSON_RUN || s->o->key)
			buf_printf(out, "   ☐ %s\n\n", t->options[k].text);
	}
	return worksheet_put_answer(s, lab, i, d);
}

static void
put_lab_heading(struct buf *out, struct str title, const char *lab)
{
	buf_puts(out, "\n## ");
	markdown_put_text(out, title);
	buf_puts(out, " (");
	markdown_put_code(out, str_of(lab));
	buf_puts(out, ")\n\n");
}

static int
worksheet_put_lab(struct sheet_lab *lab, void *arg, struct diag *d)
{
	struct sheet *s = arg;
	struct str title = title_translate(trace_head(lab->mark.trace)->title);
	int err = 0;

	if (!lab->alone)
		put_lab_heading(&s->p->text, title, lab->work.name);
	if (s->p->title.n == 0)
		buf_str(&s->p->title, title);
	if (lab->picture == SHEET_LADDER ||
	    (lab->picture == SHEET_BLANK && s->o->key))
		err = paper_put_ladder(s->p, lab->mark.trace, false, d);
	else if (lab->picture == SHEET_BLANK)
		err = paper_put_ladder(s->p, lab->mark.trace, true, d);
	for (size_t i = 0; err == 0 && i < lesson_count(lab->mark.lesson); i++)
		if ((lab->tasks & (1u << i)) != 0)
			err = worksheet_put_task(s, lab, i, d);
	return err;
}

/* LINE of a step's block for a teacher who has paper alone: the question that
 * the class answers first, and the vote.  LAST is the line before it. */
static void
worksheet_put_step_line(struct buf *out, struct str line, struct str last)
{
	struct str value, key = str_trim(str_cut(line, ':', &value));
	bool option = str_starts(line, "- ") || str_starts(line, "+ ");

	value = option ? str_slice(line, 2, line.n) : str_trim(value);
	if (option) {
		buf_puts(out, str_starts(last, "vote:") ? "\n- " : "- ");
	} else if (str_is(key, "ask")) {
		buf_printf(out, "\n**%s**: ", _("The class says first"));
	} else if (str_is(key, "vote")) {
		buf_printf(out, "\n**%s**: ", _("Vote"));
		if (str_is(value, "rung"))
			value = str_of(_("rung's own question at this record"));
	} else {
		return;
	}
	markdown_put_text(out, value);
	if (line.p[0] == '+')
		buf_printf(out, " **(%s)**", _("right"));
	buf_putc(out, '\n');
}

/* The block of the step that PLAN goes on with, before the next heading. */
static void
worksheet_put_block(struct buf *out, struct str plan)
{
	struct str line, last = STR_NULL;
	bool within = false;

	for (; plan.n > 0 && !str_starts(plan, "#"); last = line) {
		line = str_cut(plan, '\n', &plan);
		if (str_starts(line, "```"))
			within = !within && str_starts(line, "```step");
		else if (within && line.n > 0)
			worksheet_put_step_line(out, line, last);
	}
}

/* The plan itself; questions and votes of a step stand below its heading. */
static void
put_plan(struct paper *p, struct str plan)
{
	bool within = false;

	while (plan.n > 0) {
		struct str line = str_cut(plan, '\n', &plan);

		if (str_starts(line, "```step")) {
			within = true;
		} else if (within && str_starts(line, "```")) {
			within = false;
		} else if (!within) {
			buf_str(&p->text, line);
			buf_putc(&p->text, '\n');
			if (str_starts(line, "### "))
				worksheet_put_block(&p->text, plan);
		}
	}
}

/* The first heading of PLAN. */
static struct str
worksheet_title_of(struct str plan)
{
	struct markdown_block b;
	struct markdown m;

	markdown_begin(&m, plan);
	while (markdown_next(&m, &b))
		if (b.kind == MARKDOWN_HEADING)
			return b.text;
	return STR_NULL;
}

/* The KNOWN value of WHAT, or room to write it. */
static void
put_blank_word(struct buf *out, const char *what, const char *known)
{
	buf_printf(out, "   %s %s", what,
	    known != NULL && known[0] != '\0' ? known : "____________");
}

/* The line on top of each page. */
static void
worksheet_put_head(struct sheet *s, const char *name)
{
	const struct worksheet_options *o = s->o;
	struct buf *out = &s->p->head;
	struct buf sum = BUF_INIT;

	buf_puts(out, name);
	if (o->key)
		buf_printf(out, ": %s", _("for teachers"));
	if (!o->key || o->student != NULL)
		put_blank_word(out, _("student"), o->student);
	if (!o->key || (o->name != NULL && o->name[0] != '\0'))
		put_blank_word(out, _("name"), o->name);
	if (!o->key || (o->group != NULL && o->group[0] != '\0'))
		put_blank_word(out, _("class"), o->group);
	buf_hundredths(&sum, s->points);
	if (o->key)
		buf_printf(out, _("   %s points in all"), buf_cstr(&sum));
	else
		buf_printf(
		    out, "   %s _____ / %s", _("points"), buf_cstr(&sum));
	buf_end(&sum, &out->err);
}

/* The title of a plan is Markdown, that of a lab is a text. */
static void
worksheet_put_title(struct paper *p, bool of_plan)
{
	buf_puts(&p->text, "# ");
	if (of_plan)
		buf_str(&p->text, buf_view(&p->title));
	else
		markdown_put_text(&p->text, buf_view(&p->title));
	buf_putc(&p->text, '\n');
}

int
worksheet_make(struct paper *p, const char *name,
    const struct worksheet_options *o, struct diag *d)
{
	struct sheet s = { .p = p, .o = o };
	LOCAL_BUF plan = BUF_INIT, body = BUF_INIT;
	int err = worksheet_each_lab(
	    name, o->student, &plan, worksheet_put_lab, &s, d);

	/* The beginning is known last. */
	if (plan.n > 0) {
		buf_clear(&p->title);
		buf_str(&p->title, worksheet_title_of(buf_view(&plan)));
	}
	buf_move(&body, &p->text);
	if (o->key && plan.n > 0)
		put_plan(p, buf_view(&plan));
	else
		worksheet_put_title(p, plan.n > 0);
	if (o->key)
		buf_printf(&p->text, "\n# %s\n", _("Right answers"));
	buf_str(&p->text, buf_view(&body));
	worksheet_put_head(&s, name);
	if (err == 0)
		err = p->text.err != 0 ? p->text.err : p->head.err;
	return diag_fail(d, err);
}
