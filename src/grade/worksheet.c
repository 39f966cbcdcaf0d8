/* Sets worksheets and keys. */
#include "grade/worksheet_in.h"

#include "base/err.h"
#include "draw/markdown.h"
#include "grade/pictures.h"
#include "words/title_words.h"

#include <string.h>

struct sheet {
	struct paper *p;
	const struct worksheet_options *o;
	struct str title; /* of the first lab, for a sheet of one */
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

/* TEXT as the continuation of an item. */
static void
put_within(struct buf *out, struct str text)
{
	while (text.n > 0) {
		buf_puts(out, "   ");
		buf_str(out, str_cut(text, '\n', &text));
		buf_putc(out, '\n');
	}
}

static int
put_answer(struct sheet *s, struct sheet_lab *lab, size_t i, struct diag *d)
{
	const struct lesson_task *t = lesson_task(lab->mark.lesson, i);
	struct buf key = BUF_INIT, *out = &s->p->text;
	int err = 0;

	if (!s->o->key) {
		if (lines_for(t->kind) > 0 &&
		    (t->kind != LESSON_DRAW || lab->picture != SHEET_BLANK))
			buf_printf(
			    out, "   ![lines %u]\n\n", lines_for(t->kind));
		return 0;
	}
	err = lesson_key(lab->mark.lesson, i, lab->mark.trace, &key, NULL, d);
	buf_printf(out, "   **%s**", _("Answer"));
	if (t->kind == LESSON_DRAW) {
		buf_puts(out, "\n\n   ```\n");
		put_within(out, buf_view(&key));
		buf_puts(out, "   ```\n\n");
	} else {
		put_within(out, buf_view(&key));
		buf_putc(out, '\n');
	}
	buf_free(&key);
	return err;
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
	buf_printf(out, "%u. %.*s\n", t->number, STR_ARG(first));
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

static int
put_lab(struct sheet_lab *lab, void *arg, struct diag *d)
{
	struct sheet *s = arg;
	struct str title = title_translate(trace_head(lab->mark.trace)->title);
	int err = 0;

	if (!lab->alone)
		buf_printf(&s->p->text, "\n## %.*s (`%s`)\n\n", STR_ARG(title),
		    lab->work.name);
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
		buf_printf(&p->text, "# %s\n", buf_cstr(&p->title));
	if (o->key)
		buf_printf(&p->text, "\n# %s\n", _("Right answers"));
	buf_str(&p->text, buf_view(&body));
	if (o->key)
		buf_printf(&p->head, "%s: %s", name, _("for teachers"));
	else
		buf_printf(&p->head,
		    "%s        %s %s    %s "
		    "______________    %s ____________",
		    name, _("student"),
		    o->student != NULL ? o->student : "____________", _("name"),
		    _("class"));
	buf_free(&plan);
	buf_free(&body);
	if (err == 0)
		err = p->text.err != 0 ? p->text.err : p->head.err;
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
