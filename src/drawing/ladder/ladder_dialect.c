/* Scripts for other programs; see ladder/ladder_dialect_in.h. */
#include "ladder/ladder_dialect_in.h"

#include "base/progress.h"

struct scribe {
	const struct ladder_dialect *d;
	const struct layout *l;
	struct buf *out;
	bool numbers; /* they are on */
};

static void
put_broken_text(struct scribe *s, struct str text)
{
	ladder_script_text(s->out, text, s->d->put, s->d->line_break);
}

/* One line of script: no breaks in it. */
static void
put_script_line(struct scribe *s, const char *word, struct str text)
{
	if (word == NULL || text.n == 0)
		return;
	buf_puts(s->out, s->d->indent);
	buf_puts(s->out, word);
	ladder_script_text(s->out, text, s->d->put_line, " ");
	buf_putc(s->out, '\n');
}

static void
put_column_name(struct scribe *s, size_t i)
{
	const struct layout_column *c = &s->l->columns[i];
	struct buf id = BUF_INIT, name = BUF_INIT, label = BUF_INIT;

	ladder_script_id(s->l, i, &id);
	ladder_script_text(&name, c->name, s->d->put, s->d->line_break);
	ladder_script_text(&label, c->label, s->d->put, s->d->line_break);
	buf_puts(s->out, s->d->indent);
	s->d->put_participant(
	    s->out, buf_view(&id), buf_view(&name), buf_view(&label));
	buf_putc(s->out, '\n');
	buf_end(&id, &s->out->err);
	buf_end(&name, &s->out->err);
	buf_end(&label, &s->out->err);
}

static void
put_participants(struct scribe *s)
{
	size_t domain = LAYOUT_NONE;

	for (size_t i = 0; i <= s->l->ncolumns; i++) {
		size_t now =
		    i < s->l->ncolumns ? s->l->columns[i].frame : LAYOUT_NONE;

		if (now != domain && domain != LAYOUT_NONE)
			buf_printf(
			    s->out, "%s%s\n", s->d->indent, s->d->box_end);
		if (now != domain && now != LAYOUT_NONE) {
			buf_printf(s->out, "%s%s", s->d->indent, s->d->box);
			put_broken_text(s, s->l->frames[now].name);
			buf_printf(s->out, "%s\n", s->d->box_named);
		}
		domain = now;
		if (i < s->l->ncolumns)
			put_column_name(s, i);
	}
}

/* A remark of R over COLUMN. */
static void
put_script_note(struct scribe *s, const struct layout_row *r, size_t column,
    struct str text)
{
	struct buf lines = BUF_INIT;
	size_t first, last;

	if (text.n == 0 || !ladder_script_over(s->l, column, &first, &last))
		return;
	buf_printf(s->out, "%s%s over ", s->d->indent, s->d->frames[r->item]);
	ladder_script_id(s->l, first, s->out);
	if (last != first) {
		buf_puts(s->out, s->d->comma);
		ladder_script_id(s->l, last, s->out);
	}
	buf_puts(s->out, s->d->colon);
	ladder_script_wrap(&lines, text);
	put_broken_text(s, buf_view(&lines));
	buf_putc(s->out, '\n');
	buf_end(&lines, &s->out->err);
}

static void
put_arrow(struct scribe *s, const struct layout_row *r, struct str label)
{
	buf_puts(s->out, s->d->indent);
	ladder_script_id(s->l, r->from, s->out);
	buf_puts(s->out, ladder_arrows[r->arrow].script[s->d->script][r->lost]);
	ladder_script_id(s->l, r->to, s->out);
	buf_puts(s->out, s->d->colon);
	put_broken_text(s, label);
	buf_putc(s->out, '\n');
}

/* What has no number of its own must not get one. */
static void
put_numbering(struct scribe *s, const struct layout_row *r)
{
	bool now = r->number > 0;

	if (now && !s->numbers)
		buf_printf(s->out, "%sautonumber %u%s\n", s->d->indent,
		    r->number, s->d->number);
	else if (!now && s->numbers)
		buf_printf(s->out, "%sautonumber %s\n", s->d->indent,
		    s->d->number_none);
	s->numbers = now;
}

static void
put_rows(struct scribe *s)
{
	struct buf label = BUF_INIT;

	for (size_t i = 0; i < s->l->nrows && buf_pass(s->out) == 0; i++) {
		const struct layout_row *r = &s->l->rows[i];

		progress_count(N_("drawing the ladder"), i, s->l->nrows);
		buf_clear(&label);
		ladder_script_label(r, &label);
		if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA) {
			put_numbering(s, r);
			put_arrow(s, r, buf_view(&label));
			put_script_note(s, r, r->note_at, r->note);
		} else {
			put_script_note(s, r, r->from, buf_view(&label));
		}
	}
	buf_end(&label, &s->out->err);
}

int
ladder_dialect_write(const struct ladder_dialect *d, const struct layout *l,
    const struct ladder_dialect_options *o, struct buf *out)
{
	struct scribe s = { .d = d, .l = l, .out = out };
	struct str title = o->title != NULL ? str_of(o->title) : l->title;

	buf_puts(out, d->head);
	put_script_line(&s, d->title, title);
	put_script_line(&s, d->about, title.n > 0 ? title : l->title);
	put_participants(&s);
	put_rows(&s);
	put_script_line(&s, d->footer, str_of(o->footer));
	put_script_line(&s, d->source, str_of(o->source));
	buf_puts(out, d->tail);
	return out->err;
}
