/* Sets worksheets and keys. */
#include "grade/worksheet_in.h"

#include "base/err.h"
#include "grade/mark_json.h"
#include "grade/pictures.h"
#include "grade/reasons.h"
#include "text/markdown.h"
#include "words/trace_words.h"

#include <string.h>

struct sheet {
	struct paper *p;
	const struct worksheet_options *o;
	struct str title; /* of the first lab, for a sheet of one */
	unsigned points;  /* of all tasks on it */
};

/* Lines to write on, by what is asked. */
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
put_key(struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
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
	return err == 0
		   ? reasons_walk(&lab->mark, i, put_key_paragraph, &said, d)
		   : err;
}

static int
put_answer(struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
{
	enum lesson_kind kind = lesson_task(lab->mark.lesson, i)->kind;

	if (s->o->key)
		return put_key(s, lab, i, d);
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
put_task(struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
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
	return put_answer(s, lab, i, d);
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
put_lab(struct sheet_lab *lab, void *arg, struct diag *d)
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
			err = put_task(s, lab, i, d);
	return err;
}

/* The plan itself, without the block that makes the sheet. */
static void
put_plan(struct paper *p, struct str plan)
{
	bool within = false;

	while (plan.n > 0) {
		struct str line = str_cut(plan, '\n', &plan);

		if (str_starts(line, "```worksheet"))
			within = true;
		else if (within && str_starts(line, "```"))
			within = false;
		else if (!within) {
			buf_str(&p->text, line);
			buf_putc(&p->text, '\n');
		}
	}
}

/* The first heading of PLAN. */
static struct str
title_of(struct str plan)
{
	struct markdown_block b;
	struct markdown m;

	markdown_begin(&m, plan);
	while (markdown_next(&m, &b))
		if (b.kind == MARKDOWN_HEADING)
			return b.text;
	return STR_NULL;
}

/* What is known of WHAT, or room to write it. */
static void
put_blank_word(struct buf *out, const char *what, const char *known)
{
	buf_printf(out, "   %s %s", what,
	    known != NULL && known[0] != '\0' ? known : "____________");
}

/* The line on top of each page. */
static void
put_head(struct sheet *s, const char *name)
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
put_title(struct paper *p, bool of_plan)
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
	struct buf plan = BUF_INIT, body;
	int err = sheet_walk(name, o->student, &plan, put_lab, &s, d);

	/* What comes first is known last. */
	if (plan.n > 0) {
		buf_clear(&p->title);
		buf_str(&p->title, title_of(buf_view(&plan)));
	}
	body = p->text;
	p->text = BUF_INIT;
	if (o->key && plan.n > 0)
		put_plan(p, buf_view(&plan));
	else
		put_title(p, plan.n > 0);
	if (o->key)
		buf_printf(&p->text, "\n# %s\n", _("Right answers"));
	buf_str(&p->text, buf_view(&body));
	put_head(&s, name);
	buf_free(&plan);
	buf_free(&body);
	if (err == 0)
		err = p->text.err != 0 ? p->text.err : p->head.err;
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
