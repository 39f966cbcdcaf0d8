/*
 * A class's marks as a page of its own: results, hard tasks, misconceptions,
 * answers that need a look.
 */
#include "base/err.h"
#include "base/mem.h"
#include "draw/html_put.h"
#include "grade/class.h"
#include "text/xml.h"

#include <stdlib.h>
#include <string.h>

/* Mistakes that are shown of one task. */
#define MISTAKES_MOST 4

static const char style[] =
    "body{font:15px/1.5 system-ui,'Noto Sans CJK SC','WenQuanYi Zen Hei',"
    "sans-serif;margin:2em auto;max-width:72em;padding:0 1em;color:#1c2430;"
    "background:#fff}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #d9dee5;padding:.3em .5em;text-align:left;"
    "vertical-align:top}"
    "th{font-weight:600;color:#4a5361}"
    "th.p,td.p{text-align:center}td.p,td.w{white-space:nowrap}sup,sub{color:#"
    "7a828e;"
    "font-size:.7em;padding-left:.2em}"
    ".GOOD{background:#dff3e3}.PART{background:#fdf3d0}.BAD{background:#fbdedb}"
    ".ERROR{background:#e7dcf5}.MISSING{color:#8a929e}"
    ".late{color:#9a4a00}.note{color:#4a5361}"
    ".bar{display:inline-block;height:.7em;background:#4a7db8;"
    "margin-right:.5em}";

static void
class_html_put_points(struct buf *out, unsigned points, unsigned of)
{
	buf_hundredths(out, points);
	buf_putc(out, '/');
	buf_hundredths(out, of);
}

static bool
class_html_is_of(const struct class_entry *e, const char *lab)
{
	return e->counts && e->failed[0] == '\0' && strcmp(e->lab, lab) == 0;
}

/* ---- who ---- */

static void
put_task_cell(const struct class_task *t, struct buf *out)
{
	xml_print(out, "<td class=\"p %s\" title=\"%s%s%s\">",
	    lesson_verdict_name(t->verdict), t->believed,
	    t->why[0] != '\0' && t->believed[0] != '\0' ? " — " : "", t->why);
	if (t->verdict == LESSON_MISSING)
		buf_puts(out, "–");
	else
		buf_hundredths(out, t->points);
	if (t->tries > 1)
		buf_printf(out, "<sup>×%u</sup>", t->tries);
	if (t->hints > 0)
		buf_printf(out, "<sub>?%u</sub>", t->hints);
	buf_puts(out, "</td>");
}

/* The first cells of a student's row, up to the points. */
static void
put_whom(const struct class_entry *e, struct buf *out)
{
	xml_print(out,
	    "<td>%s</td><td class=\"w\">%.*s</td><td class=\"w\">%.*s</td>"
	    "<td class=\"p\">",
	    e->student, STR_ARG(e->name), STR_ARG(e->group));
}

static void
put_student(const struct class_entry *e, size_t tasks, struct buf *out)
{
	buf_puts(out, "<tr>");
	put_whom(e, out);
	class_html_put_points(out, e->points, e->of);
	buf_puts(out, "</td>");
	for (size_t t = 0; t < e->ntasks; t++)
		put_task_cell(&e->tasks[t], out);
	for (size_t t = e->ntasks; t < tasks; t++)
		buf_puts(out, "<td></td>");
	buf_puts(out, "<td class=\"note\">");
	if (e->late)
		buf_printf(out, "<span class=\"late\">%s</span> ", _("late"));
	xml_put_lines(out, buf_view(&e->remarks));
	buf_puts(out, "</td></tr>\n");
}

static void
put_students(
    const struct class *c, const char *lab, size_t tasks, struct buf *out)
{
	buf_printf(out,
	    "<table><thead><tr><th>%s</th><th>%s</th><th>%s</th>"
	    "<th class=\"p\">%s</th>",
	    _("student"), _("name"), _("class"), _("points"));
	for (size_t t = 0; t < tasks; t++)
		buf_printf(out, "<th class=\"p\">%zu</th>", t + 1);
	buf_puts(out, "<th></th></tr></thead><tbody>\n");
	for (size_t i = 0; i < c->n; i++)
		if (class_html_is_of(&c->entries[i], lab))
			put_student(&c->entries[i], tasks, out);
	buf_printf(out, "</tbody></table>\n<p class=\"note\">%s</p>\n",
	    _("×2: answered twice on the screen; ?1: one hint was shown"));
}

/* ---- what was hard ---- */

struct mistake {
	const char *text;
	size_t n;
};

struct hard {
	size_t task, answered, right;
	uint64_t points, of;
	struct mistake mistakes[32];
	size_t nmistakes;
};

static void
add_mistake(struct hard *h, const char *text)
{
	size_t i = 0;

	while (i < h->nmistakes && strcmp(h->mistakes[i].text, text) != 0)
		i++;
	if (i == COUNT_OF(h->mistakes))
		return;
	if (i == h->nmistakes)
		h->mistakes[h->nmistakes++] = (struct mistake){ text, 0 };
	h->mistakes[i].n++;
}

static void
add_up(const struct class *c, const char *lab, struct hard *h)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];
		const struct class_task *t;

		if (!class_html_is_of(e, lab) || h->task >= e->ntasks)
			continue;
		t = &e->tasks[h->task];
		h->of += t->of;
		h->points += t->points;
		h->answered += t->verdict != LESSON_MISSING;
		h->right += t->verdict == LESSON_GOOD;
		if ((t->verdict == LESSON_BAD || t->verdict == LESSON_PART) &&
		    t->believed[0] != '\0')
			add_mistake(h, t->believed);
	}
}

static int
by_share(const void *a, const void *b)
{
	const struct hard *x = a, *y = b;
	uint64_t p = x->points * y->of, q = y->points * x->of;

	/* A task without answers tells no difficulty. */
	if ((x->answered == 0) != (y->answered == 0))
		return x->answered == 0 ? 1 : -1;
	if (p != q)
		return p < q ? -1 : 1;
	return x->task < y->task ? -1 : 1;
}

static int
by_count(const void *a, const void *b)
{
	const struct mistake *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->text, y->text);
}

static void
put_hard(struct hard *h, struct buf *out)
{
	unsigned share = h->of > 0 ? (unsigned)(h->points * 100 / h->of) : 0;

	qsort(h->mistakes, h->nmistakes, sizeof(h->mistakes[0]), by_count);
	buf_printf(out,
	    "<tr><td class=\"p\">%zu</td><td><span class=\"bar\" "
	    "style=\"width:%upx\"></span>%u %%</td><td class=\"p\">%zu</td>"
	    "<td class=\"p\">%zu</td><td>",
	    h->task + 1, share, share, h->answered, h->right);
	for (size_t i = 0; i < h->nmistakes && i < MISTAKES_MOST; i++) {
		if (i > 0)
			buf_puts(out, "<br/>");
		xml_print(
		    out, "%zu × %s", h->mistakes[i].n, h->mistakes[i].text);
	}
	buf_puts(out, "</td></tr>\n");
}

static int
class_html_put_tasks(
    const struct class *c, const char *lab, size_t tasks, struct buf *out)
{
	LOCAL_MEM struct hard *list = mem_zalloc(tasks + 1, sizeof(*list));

	if (list == NULL)
		return ERR_NOMEM;
	for (size_t t = 0; t < tasks; t++) {
		list[t].task = t;
		add_up(c, lab, &list[t]);
	}
	qsort(list, tasks, sizeof(*list), by_share);
	buf_printf(out,
	    "<h3>%s</h3><table><thead><tr><th class=\"p\">%s</th><th>%s</th>"
	    "<th class=\"p\">%s</th><th class=\"p\">%s</th><th>%s</th></tr>"
	    "</thead><tbody>\n",
	    _("The hardest tasks first"), _("task"), _("points reached"),
	    _("answered"), _("right"), _("answered instead"));
	for (size_t t = 0; t < tasks; t++)
		put_hard(&list[t], out);
	buf_puts(out, "</tbody></table>\n");
	return 0;
}

/* ---- the page ---- */

static int
put_lab_tables(const struct class *c, const char *lab, struct buf *out)
{
	size_t tasks = 0;

	for (size_t i = 0; i < c->n; i++)
		if (class_html_is_of(&c->entries[i], lab) &&
		    c->entries[i].ntasks > tasks)
			tasks = c->entries[i].ntasks;
	xml_print(out, "<h2>%s</h2>\n", lab);
	put_students(c, lab, tasks, out);
	return class_html_put_tasks(c, lab, tasks, out);
}

static int
class_html_put_labs(const struct class *c, struct buf *out)
{
	const char *lab = NULL;
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (e->failed[0] != '\0' ||
		    (lab != NULL && strcmp(lab, e->lab) == 0))
			continue;
		lab = e->lab;
		err = put_lab_tables(c, lab, out);
	}
	return err;
}

static void
put_person(const struct class_entry *e, struct buf *out)
{
	xml_print(out, "%s%s%.*s", e->student, e->name.n > 0 ? " " : "",
	    STR_ARG(e->name));
}

/* ---- all labs ---- */

static void
put_sum_head(const struct class_sums *s, struct buf *out)
{
	buf_printf(out,
	    "<h2>%s</h2>\n<table><thead><tr><th>%s</th><th>%s</th>"
	    "<th>%s</th><th class=\"p\">%s</th>",
	    _("All labs"), _("student"), _("name"), _("class"), _("points"));
	for (size_t i = 0; i < s->nlabs; i++)
		xml_print(out, "<th class=\"p\">%s</th>", s->labs[i]);
	buf_puts(out, "</tr></thead><tbody>\n");
}

/* What STUDENT has in LAB. */
static void
put_lab_cell(const struct class *c, const char *student, const char *lab,
    struct buf *out)
{
	buf_puts(out, "<td class=\"p\">");
	for (size_t i = 0; i < c->n; i++)
		if (class_html_is_of(&c->entries[i], lab) &&
		    strcmp(c->entries[i].student, student) == 0)
			class_html_put_points(
			    out, c->entries[i].points, c->entries[i].of);
	buf_puts(out, "</td>");
}

/* Where there is more than one lab. */
static int
put_sums(const struct class *c, struct buf *out)
{
	struct class_sums s;
	int err = class_sum_up(c, &s);

	if (err == 0 && s.nlabs > 1) {
		put_sum_head(&s, out);
		for (size_t i = 0; i < s.n; i++) {
			const struct class_entry *e = s.list[i].who;

			buf_puts(out, "<tr>");
			put_whom(e, out);
			class_html_put_points(
			    out, (unsigned)s.list[i].points, (unsigned)s.of);
			buf_puts(out, "</td>");
			for (size_t l = 0; l < s.nlabs; l++)
				put_lab_cell(c, e->student, s.labs[l], out);
			buf_puts(out, "</tr>\n");
		}
		buf_puts(out, "</tbody></table>\n");
	}
	class_sums_free(&s);
	return err;
}

static void
class_html_put_failures(const struct class *c, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (e->failed[0] == '\0')
			continue;
		if (!any)
			buf_printf(out, "<h2>%s</h2><ul>\n",
			    _("Work that could not be judged"));
		any = true;
		buf_puts(out, "<li>");
		put_person(e, out);
		xml_print(out, "%s%s: %s</li>\n",
		    e->student[0] != '\0' ? ", " : "", e->file, e->failed);
	}
	if (any)
		buf_puts(out, "</ul>\n");
}

static void
put_copies(const struct class *c, const struct class_pair *p, struct buf *out)
{
	const struct class_copy *copy;
	size_t at = 0;

	while ((copy = class_next_copy(c, p, &at)) != NULL)
		xml_print(out, "<br/>%.*s", STR_ARG(buf_view(&copy->text)));
}

static void
put_pairs(const struct class *c, struct buf *out)
{
	if (c->npairs == 0)
		return;
	buf_printf(out, "<h2>%s</h2><p class=\"note\">%s</p><ul>\n",
	    _("Evidence of copies"),
	    _("Evidence is a reason to look, not a verdict. The lines below a "
	      "pair show what one student has of the other's work. An arrow "
	      "points to the student who has it."));
	for (size_t i = 0; i < c->npairs; i++) {
		const struct class_pair *p = &c->pairs[i];

		buf_puts(out, "<li>");
		put_person(&c->entries[p->a], out);
		buf_puts(out, p->taken ? " ← " : " – ");
		if (p->b != CLASS_SEVERAL)
			put_person(&c->entries[p->b], out);
		else
			xml_print(out, "%s", _("one of several"));
		put_copies(c, p, out);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n");
}

static void
class_html_put_comments(const struct class *c, struct buf *out)
{
	if (c->ncomments == 0)
		return;
	buf_printf(out, "<h2>%s</h2><ul>\n", _("Questions and notes"));
	for (size_t i = 0; i < c->ncomments; i++) {
		const struct class_comment *m = &c->comments[i];
		LOCAL_BUF said = BUF_INIT;

		class_say_comment(c, m, &said);
		xml_print(out,
		    "<li>%s %s, %s: %s <span class=\"note\">[%s]</span>"
		    "</li>\n",
		    m->student, m->row != NULL ? m->row->name : "", m->lab,
		    buf_cstr(&said), m->file);
	}
	buf_puts(out, "</ul>\n");
}

static void
class_html_put_remarks(const struct class *c, struct buf *out)
{
	struct str rest = buf_view(&c->remarks);

	if (rest.n == 0)
		return;
	buf_printf(out, "<h2>%s</h2><ul>\n", _("Remarks"));
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		xml_print(out, "<li>%.*s</li>\n", STR_ARG(line));
	}
	buf_puts(out, "</ul>\n");
}

int
class_put_html(const struct class *c, struct buf *out)
{
	int err;

	html_put_head(
	    out, str_of(_("Marks of a class")), NULL, STR_NULL, str_of(style));
	xml_print(out, "<h1>%s</h1>\n", _("Marks of a class"));
	err = class_html_put_labs(c, out);
	if (err == 0)
		err = put_sums(c, out);
	class_html_put_failures(c, out);
	put_pairs(c, out);
	class_html_put_comments(c, out);
	class_html_put_remarks(c, out);
	buf_puts(out, "</body></html>\n");
	return err != 0 ? err : out->err;
}
