/* Reads plans of lessons; see lesson/plan.h. */
#include "lesson/plan.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/markdown.h"

#include <stdio.h>

/* A plan that is being read. */
struct planning {
	struct plan *p;
	struct str begin;    /* of the block, empty lines before it as well */
	struct str at;       /* the place of errors */
	struct str *section; /* whose text goes on, or NULL */
	bool done;           /* the step has its block */
	struct diag *d;
};

void
plan_say_place(const char *file, struct str text, struct str at, struct diag *d)
{
	struct str before = { text.p, (size_t)(at.p - text.p) };

	if (d->err == 0 || d->file[0] != '\0')
		return;
	snprintf(d->file, sizeof(d->file), "%s", file);
	d->line = (unsigned)str_count(before, '\n') + 1;
}

static int
plan_refuse(struct planning *g, const char *why)
{
	return diag_set(g->d, ERR_SYNTAX, NULL, 0, "%s", why);
}

/* ---- headings ---- */

/* "10–30: Title", with the signs of either language. */
static int
plan_read_minutes(struct planning *g, struct str s, struct plan_step *step)
{
	static const char *const dashes[] = { "–", "-" }, *const colons[] = {
		":", "："
	};
	unsigned *const to[] = { &step->from, &step->to };
	ptrdiff_t at = -1;
	size_t n = 0, before = g->p->n;
	uint32_t value;

	for (size_t i = 0; i < 2; i++) {
		const char *const *signs = i == 0 ? dashes : colons;

		for (n = 0, at = -1; n < 2 && at < 0; n++)
			at = str_find(s, signs[n]);
		if (at < 0 || str_u32(str_slice(s, 0, (size_t)at), &value) != 0)
			break;
		*to[i] = value;
		s = str_slice(s, (size_t)at + str_of(signs[n - 1]).n, s.n);
		at = 0;
	}
	if (at != 0 || step->to <= step->from || step->to > PLAN_MINUTES_MAX ||
	    step->from != (before > 0 ? g->p->steps[before - 1].to : 0))
		return plan_refuse(
		    g, _("a step's heading contains its minutes, which begin "
			 "where the previous step ends: ### 10–30: Title"));
	step->title = str_trim(s);
	return 0;
}

/* Sections behind the steps, by their headings in either language. */
static struct str *
plan_section(struct plan *p, struct str heading)
{
	static const char *const wrong[] = { "What goes wrong",
		"课堂上会出现的问题" };
	static const char *const homework[] = { "Homework", "作业" };

	for (size_t i = 0; i < 2; i++) {
		if (str_is(heading, wrong[i]))
			return &p->wrong;
		if (str_is(heading, homework[i]))
			return &p->homework;
	}
	return NULL;
}

static int
plan_take_heading(struct planning *g, const struct markdown_block *b)
{
	struct plan *p = g->p;
	struct plan_step step = { .from = 0 };
	int err;

	g->done = false;
	g->section = NULL;
	if (b->level == 1 && p->title.n == 0) {
		p->title = b->text;
		g->section = &p->aim;
	} else if (b->level == 2) {
		g->section = plan_section(p, b->text);
	} else if (b->level == 3 && b->text.n > 0 &&
		   chr_is_digit(b->text.p[0])) {
		if (p->n == PLAN_STEPS_MAX)
			return diag_set(g->d, ERR_LIMIT, NULL, 0,
			    _("a plan has at most %d steps"), PLAN_STEPS_MAX);
		err = plan_read_minutes(g, b->text, &step);
		if (err != 0)
			return err;
		p->steps[p->n] = step;
		g->section = &p->steps[p->n++].text;
	}
	return 0;
}

/* ---- the block of a step ---- */

static int
plan_add_line(
    struct planning *g, struct plan_line *list, size_t *n, struct str text)
{
	if (*n == PLAN_LINES_MAX)
		return diag_set(g->d, ERR_LIMIT, NULL, 0,
		    _("a plan has at most %d sheets and figures"),
		    PLAN_LINES_MAX);
	list[(*n)++] = (struct plan_line){ text, g->p->n - 1 };
	return 0;
}

static int
plan_add_option(struct planning *g, struct plan_step *step, struct str line)
{
	if (step->vote.n == 0 || str_is(step->vote, "rung"))
		return plan_refuse(
		    g, _("write an option below the question of a vote"));
	if (step->noptions == PLAN_OPTIONS_MAX)
		return diag_set(g->d, ERR_LIMIT, NULL, 0,
		    _("a vote has at most %d options"), PLAN_OPTIONS_MAX);
	if (line.p[0] == '+' && step->right > 0)
		return plan_refuse(g, _("a vote has one right option"));
	step->options[step->noptions++] = str_trim(str_slice(line, 1, line.n));
	if (line.p[0] == '+')
		step->right = step->noptions;
	return 0;
}

static int
plan_take_line(struct planning *g, struct plan_step *step, struct str line)
{
	struct {
		const char *key;
		struct str *value;
	} const words[] = { { "lab", &step->lab }, { "moment", &step->moment },
		{ "ask", &step->ask }, { "vote", &step->vote } };
	struct str value, key = str_trim(str_cut(line, ':', &value));

	value = str_trim(value);
	if (line.p[0] == '-' || line.p[0] == '+')
		return plan_add_option(g, step, line);
	if (str_is(key, "sheet") && value.n > 0)
		return plan_add_line(g, g->p->sheets, &g->p->nsheets, value);
	if (str_is(key, "figure") && value.n > 0)
		return plan_add_line(g, g->p->figures, &g->p->nfigures, value);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_is(key, words[i].key) && value.n > 0 &&
		    words[i].value->n == 0) {
			*words[i].value = value;
			return 0;
		}
	return diag_set(g->d, ERR_SYNTAX, NULL, 0,
	    _("“%.*s” is not a line of a step, such as lab: direct-call; a "
	      "step has lab, moment, ask and vote once, and any number of "
	      "sheet and figure"),
	    STR_ARG(line));
}

/* Lines of a step that need another line. */
static int
plan_check_step(struct planning *g, const struct plan_step *step)
{
	bool own = str_is(step->vote, "rung");

	if (step->lab.n == 0 && (step->moment.n > 0 || own))
		return plan_refuse(g, _("a step with a moment or with rung's "
					"question needs a lab"));
	if (step->vote.n > 0 && !own && step->noptions < 2)
		return plan_refuse(g, _("a vote has at least two options"));
	return 0;
}

static int
plan_take_block(struct planning *g, const struct markdown_block *b)
{
	struct plan_step *step = &g->p->steps[g->p->n - (g->p->n > 0)];
	struct str rest = b->text, line;
	int err = 0;

	if (g->p->n == 0 || g->section != &step->text || g->done)
		return plan_refuse(g, _("a step has one block, at its end"));
	g->done = true;
	while (err == 0 && markdown_code_line(b, &rest, &line)) {
		g->at = line;
		line = str_trim(line);
		if (line.n > 0)
			err = plan_take_line(g, step, line);
	}
	return err != 0 ? err : plan_check_step(g, step);
}

/* B, whose last byte is before END, belongs to the section that is open. */
static int
plan_take_text(struct planning *g, const char *end)
{
	struct str *s = g->section;

	if (s == NULL)
		return 0;
	if (g->done)
		return plan_refuse(g, _("a step has one block, at its end"));
	if (s->p == NULL)
		s->p = g->begin.p;
	s->n = (size_t)(end - s->p);
	return 0;
}

int
plan_read(struct plan *p, struct str text, const char *file, struct diag *d)
{
	struct planning g = { .p = p, .at = text, .d = d };
	struct markdown_block b;
	struct markdown m;
	int err = 0;

	*p = (struct plan){ .n = 0 };
	markdown_begin(&m, text);
	for (;;) {
		g.begin = m.rest;
		if (err != 0 || !markdown_next(&m, &b))
			break;
		g.at = b.text.p != NULL ? b.text : g.begin;
		if (b.kind == MARKDOWN_HEADING)
			err = plan_take_heading(&g, &b);
		else if (b.kind == MARKDOWN_CODE && b.fenced &&
			 str_is(b.info, "step"))
			err = plan_take_block(&g, &b);
		else
			err = plan_take_text(
			    &g, m.rest.n > 0 ? m.rest.p : text.p + text.n);
		if (err != 0)
			plan_say_place(file, text, g.at, d);
	}
	p->aim = str_trim(p->aim);
	return err;
}
