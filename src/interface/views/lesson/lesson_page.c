/* Makes the page of a lesson: handout, checklist. */
#include "views/lesson/lesson_page_in.h"

#include "base/array.h"
#include "base/mem.h"
#include "views/lesson/markdown.h"

void
page_free(struct page *p)
{
	doc_free(&p->doc);
	buf_free(&p->codes);
	mem_free(p->lines);
	*p = PAGE_INIT;
}

/* ---- lines ---- */

static void
lesson_page_note_line(struct page_maker *m, const struct page_line *line)
{
	struct page *p = m->p;

	if (p->doc.err == 0 && ARRAY_ROOM(&p->lines, &p->cap, p->n + 1) != 0)
		p->doc.err = ERR_NOMEM;
	if (p->doc.err == 0)
		p->lines[p->n++] = *line;
}

/* The first NLINES, as far as they are new, do DEED. */
static void
note_until(struct page_maker *m, enum page_deed deed, size_t nlines)
{
	while (m->p->doc.err == 0 && m->p->n < nlines)
		lesson_page_note_line(m, &(struct page_line){ .deed = deed,
					     .task = m->task,
					     .which = m->p->n - m->first });
}

void
page_note(struct page_maker *m, enum page_deed deed)
{
	note_until(m, deed, m->p->doc.nlines);
}

void
page_line(struct page_maker *m, enum page_deed deed, uint64_t which)
{
	page_note(m, PAGE_READ);
	m->below = PAGE_TASK_INDENT + 3;
	doc_line(&m->p->doc, 0);
	doc_pad(&m->p->doc, PAGE_TASK_INDENT);
	lesson_page_note_line(
	    m, &(struct page_line){
		   .deed = deed, .task = m->task, .which = which });
}

void
page_say(struct page_maker *m, enum canvas_style style, const char *text)
{
	const struct page_line *last =
	    m->p->n > 0 ? &m->p->lines[m->p->n - 1] : NULL;
	struct page_line same;

	if (last == NULL || m->p->doc.err != 0)
		return;
	same = *last;
	doc_wrap(&m->p->doc, style, str_of(text), m->below, m->s->width);
	/* The lines that it goes on with do the same. */
	while (m->p->doc.err == 0 && m->p->n < m->p->doc.nlines)
		lesson_page_note_line(m, &same);
}

/* ---- the handout ---- */

static void
note_code(const struct doc *d, size_t first, struct str text, void *arg)
{
	struct page_maker *m = arg;
	struct page_line line = { .deed = PAGE_CODE, .task = m->task };

	if (!str_starts(text, "rung ") || d->nlines == 0)
		return;
	note_until(m, m->task == SIZE_MAX ? PAGE_READ : PAGE_TASK, first);
	line.code = m->p->codes.n;
	buf_str(&m->p->codes, text);
	line.code_end = m->p->codes.n;
	while (d->err == 0 && m->p->n < d->nlines) {
		line.which = m->p->n - m->first;
		lesson_page_note_line(m, &line);
	}
}

static void
put_line_apart(struct page_maker *m)
{
	struct doc *d = &m->p->doc;

	if (d->nlines > 0 && doc_used(d) > 0)
		doc_line(d, 0);
	page_note(m, PAGE_READ);
}

static void
put_handout(struct page_maker *m, struct str text)
{
	struct markdown_options o = {
		.width = m->s->width, .code = note_code, .arg = m
	};

	if (str_trim(text).n == 0)
		return;
	put_line_apart(m);
	markdown_put(&m->p->doc, text, &o);
	page_note(m, PAGE_READ);
}

/* ---- tasks ---- */

/* "2", "1.5": POINTS in hundredths. */
static void
page_put_points(struct buf *out, unsigned points)
{
	buf_u64(out, points / LESSON_POINT);
	if (points % LESSON_POINT != 0)
		buf_printf(out, ".%0*u", points % 10 != 0 ? 2 : 1,
		    points % 10 != 0 ? points % LESSON_POINT
				     : points % LESSON_POINT / 10);
}

static bool
lesson_page_is_answered(const struct page_source *s, size_t i)
{
	const struct lesson_task *t = lesson_task(s->lesson, i);

	if (lesson_kind_is_written(t->kind) || t->kind == LESSON_FIGURE)
		return s->answers->tasks[i].text.n > 0;
	return s->judged[i] && s->results[i].verdict != LESSON_MISSING;
}

static void
lesson_page_put_mark(struct page_maker *m, size_t i)
{
	static const struct {
		const char *mark;
		enum canvas_style style;
	} marks[LESSON_VERDICT_COUNT] = {
		[LESSON_MISSING] = { " ", STYLE_PLAIN },
		[LESSON_BAD] = { "✗", STYLE_FAILURE },
		[LESSON_PART] = { "~", STYLE_WARNING },
		[LESSON_GOOD] = { "✓", STYLE_SUCCESS },
		[LESSON_RECEIVED] = { "•", STYLE_BOLD },
		[LESSON_ERROR] = { "!", STYLE_WARNING },
	};
	const struct page_source *s = m->s;
	enum lesson_kind kind = lesson_task(s->lesson, i)->kind;
	enum lesson_verdict v =
	    s->judged[i] ? s->results[i].verdict : LESSON_MISSING;
	bool goal =
	    kind == LESSON_GOAL || kind == LESSON_BUILD || kind == LESSON_AGENT;

	/* A student who has not got there yet has done nothing wrong. */
	if (goal && v == LESSON_BAD)
		v = LESSON_MISSING;
	doc_puts(&m->p->doc, STYLE_PLAIN, "[");
	if (s->untold)
		doc_puts(&m->p->doc, STYLE_BOLD,
		    lesson_page_is_answered(s, i) ? "•" : " ");
	else
		doc_puts(&m->p->doc, marks[v].style, marks[v].mark);
	doc_puts(&m->p->doc, STYLE_PLAIN, "] ");
}

/* "2/3 points · " once something is known, before that "3 points · ". */
static void
put_task_points(struct page_maker *m, size_t i)
{
	const struct lesson_task *t = lesson_task(m->s->lesson, i);
	LOCAL_BUF b = BUF_INIT, all = BUF_INIT;

	page_put_points(&all, t->points);
	if (!m->s->untold && m->s->judged[i] &&
	    m->s->results[i].verdict != LESSON_MISSING) {
		page_put_points(&b, m->s->results[i].points);
		buf_putc(&b, '/');
	}
	buf_str(&b, buf_view(&all));
	doc_printf(&m->p->doc, STYLE_DIM,
	    t->points == LESSON_POINT ? _("%s point · ") : _("%s points · "),
	    buf_cstr(&b));
	if (t->ahead)
		doc_puts(&m->p->doc, STYLE_BOLD, _("before you look · "));
	if (m->s->later[i])
		doc_printf(&m->p->doc, STYLE_BOLD,
		    _("task %u asks about this first · "), m->s->held);
}

static void
lesson_page_put_task(struct page_maker *m, size_t i)
{
	const struct lesson_task *t = lesson_task(m->s->lesson, i);
	struct buf text = BUF_INIT;
	struct markdown_options o = { .indent = PAGE_TASK_INDENT,
		.width = m->s->width,
		.goes_on = true,
		.code = note_code,
		.arg = m };

	put_line_apart(m);
	m->task = i;
	m->first = m->p->n;
	doc_line(&m->p->doc, 0);
	lesson_page_put_mark(m, i);
	doc_printf(&m->p->doc, STYLE_BOLD, "%u. ", t->number);
	put_task_points(m, i);
	handout_put_text(t->text, &text);
	if (text.n == 0)
		buf_puts(&text, lesson_kind_text(t->kind));
	markdown_put(&m->p->doc, buf_view(&text), &o);
	page_note(m, PAGE_TASK);
	if (m->s->open == i)
		page_put_question(m);
	page_note(m, PAGE_READ);
	buf_end(&text, &m->p->doc.err);
	m->task = SIZE_MAX;
	m->first = 0;
}

/* ---- the whole ---- */

static void
lesson_page_put_sum(struct page_maker *m)
{
	const struct page_source *s = m->s;
	LOCAL_BUF points = BUF_INIT, all = BUF_INIT;
	unsigned sum = 0;
	size_t answered = 0, n = lesson_count(s->lesson);

	for (size_t i = 0; i < n; i++) {
		sum += s->judged[i] ? s->results[i].points : 0;
		answered += lesson_page_is_answered(s, i);
	}
	doc_line(&m->p->doc, 0);
	page_put_points(&points, sum);
	page_put_points(&all, lesson_points(s->lesson));
	if (s->untold)
		doc_printf(&m->p->doc, STYLE_BOLD, _("%zu of %zu answered"),
		    answered, n);
	else
		doc_printf(&m->p->doc, STYLE_BOLD, _("%s of %s points"),
		    buf_cstr(&points), buf_cstr(&all));
	if (lesson_set(s->lesson)[0] != '\0')
		doc_printf(&m->p->doc, STYLE_DIM, " · %s",
		    _("your teacher will judge them"));
	if (lesson_minutes(s->lesson) > 0)
		doc_printf(&m->p->doc, STYLE_DIM, _(" · %u minutes"),
		    lesson_minutes(s->lesson));
	if (s->answers->student != NULL && s->answers->student[0] != '\0')
		doc_printf(&m->p->doc, STYLE_DIM, " · %s", s->answers->student);
	page_note(m, PAGE_READ);
}

static bool
is_within(struct str part, struct str all)
{
	return part.n > 0 && part.p >= all.p && part.p < all.p + all.n;
}

/* The handout with its tasks in their places; tasks without a place below. */
static void
lesson_page_put_all(struct page_maker *m)
{
	struct str handout = lesson_handout(m->s->lesson), t;
	size_t at = 0, from, i, n = lesson_count(m->s->lesson);

	for (i = 0; i < n; i++) {
		t = lesson_task(m->s->lesson, i)->text;
		if (!is_within(t, handout))
			break;
		from = (size_t)(t.p - handout.p);
		while (from > at && handout.p[from - 1] != '\n')
			from--;
		put_handout(m, str_slice(handout, at, from));
		lesson_page_put_task(m, i);
		at = (size_t)(t.p - handout.p) + t.n;
	}
	put_handout(m, str_slice(handout, at, handout.n));
	if (i < n) {
		put_line_apart(m);
		doc_line(&m->p->doc, 0);
		doc_puts(&m->p->doc, STYLE_TITLE, _("Tasks"));
	}
	for (; i < n; i++)
		lesson_page_put_task(m, i);
}

/* A tab of it is four cells. */
static void
put_script(struct page_maker *m)
{
	struct str script = m->s->script, line;
	LOCAL_BUF text = BUF_INIT;

	buf_printf(&text, "## %s\n\n", _("Script"));
	while (script.n > 0) {
		line = str_cut(script, '\n', &script);
		buf_puts(&text, "    ");
		for (; str_starts(line, "\t");
		     line = str_slice(line, 1, line.n))
			buf_puts(&text, "    ");
		buf_str(&text, line);
		buf_putc(&text, '\n');
	}
	put_handout(m, buf_view(&text));
}

void
page_make(struct page *p, const struct page_source *s)
{
	struct page_maker m = { .p = p, .s = s, .task = SIZE_MAX };

	doc_clear(&p->doc);
	buf_clear(&p->codes);
	p->n = 0;
	p->chosen = SIZE_MAX;
	lesson_page_put_sum(&m);
	lesson_page_put_all(&m);
	if (s->script.n > 0)
		put_script(&m);
	page_note(&m, PAGE_READ);
	if (p->codes.err != 0)
		p->doc.err = ERR_NOMEM;
}

/* ---- finding ---- */

struct str
page_code(const struct page *p, size_t line)
{
	return str_slice(
	    buf_view(&p->codes), p->lines[line].code, p->lines[line].code_end);
}

size_t
page_task(const struct page *p, size_t task)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->lines[i].task == task)
			return i;
	return 0;
}

size_t
page_question(const struct page *p, size_t task)
{
	for (size_t i = page_task(p, task);
	     i < p->n && p->lines[i].task == task; i++)
		if (p->lines[i].deed != PAGE_TASK &&
		    p->lines[i].deed != PAGE_READ &&
		    p->lines[i].deed != PAGE_CODE)
			return i;
	return page_task(p, task);
}

static bool
are_one(const struct page_line *a, const struct page_line *b)
{
	return a->task == b->task && a->deed == b->deed &&
	       a->which == b->which && a->deed != PAGE_READ;
}

size_t
page_start_of(const struct page *p, size_t line)
{
	while (line > 0 && line < p->n &&
	       are_one(&p->lines[line], &p->lines[line - 1]))
		line--;
	return line;
}

size_t
page_end_of(const struct page *p, size_t line)
{
	size_t end = line + 1;

	while (end < p->n && are_one(&p->lines[line], &p->lines[end]))
		end++;
	return end;
}

size_t
page_find(const struct page *p, const struct page_line *line)
{
	size_t like = SIZE_MAX;

	for (size_t i = 0; i < p->n; i++) {
		const struct page_line *l = &p->lines[i];

		if (l->task != line->task || l->deed != line->deed)
			continue;
		if (l->which == line->which)
			return i;
		if (l->which < line->which)
			like = i;
	}
	return like != SIZE_MAX ? like : page_task(p, line->task);
}

size_t
page_next_task(const struct page *p, size_t line, int by)
{
	size_t now = line < p->n ? p->lines[line].task : SIZE_MAX, i = line;

	/* A page has tasks or not: without any the cursor stays. */
	if (line >= p->n)
		return line;
	/* From within a task up: to its first line. */
	if (by < 0 && now != SIZE_MAX && page_task(p, now) < line)
		return page_task(p, now);
	while (by > 0 ? i + 1 < p->n : i > 0) {
		i = by > 0 ? i + 1 : i - 1;
		if (p->lines[i].task != SIZE_MAX && p->lines[i].task != now)
			return page_task(p, p->lines[i].task);
	}
	return line;
}
