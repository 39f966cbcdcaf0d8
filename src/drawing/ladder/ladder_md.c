/* A page of Markdown; see ladder/ladder_md.h. */
#include "ladder/ladder_md.h"

#include "base/progress.h"
#include "text/markdown_put.h"
#include "ladder/ladder_dialect_in.h"
#include "ladder/ladder_messages.h"
#include "ladder/ladder_text.h"
#include "words/time_words.h"

/* What a figure is made from. */
struct md_figure {
	const struct layout *l;
	const struct ladder_md_options *o;
};

static int
write_mermaid(struct buf *out, void *arg)
{
	const struct md_figure *f = arg;

	return ladder_dialect_write(&ladder_mermaid, f->l,
	    &(struct ladder_dialect_options){ .title = "" }, out);
}

static int
write_figure_text(struct buf *out, void *arg)
{
	const struct md_figure *f = arg;

	return ladder_text_write(f->l,
	    &(struct ladder_text_options){ .width = f->o->width,
		.ascii = f->o->ascii,
		.marks = f->o->marks },
	    out);
}

static int
put_figures(
    const struct layout *l, const struct ladder_md_options *o, struct buf *out)
{
	struct md_figure f = { l, o };
	int err = markdown_put_block(out, "mermaid", write_mermaid, &f);

	buf_putc(out, '\n');
	return err != 0
		   ? err
		   : markdown_put_block(out, "text", write_figure_text, &f);
}

static void
put_md_name(const struct layout *l, size_t column, struct buf *out)
{
	if (column < l->ncolumns)
		markdown_put_text(out, l->columns[column].name);
}

/* F1, F2 … with their times. */
static void
put_numbers(const struct layout *l, struct buf *out)
{
	struct buf label = BUF_INIT;
	bool any = false;

	for (size_t i = 0; i < l->nrows && buf_pass(out) == 0; i++) {
		const struct layout_row *r = &l->rows[i];

		progress_count(N_("drawing the ladder"), i, l->nrows);
		if (r->number == 0)
			continue;
		if (!any)
			buf_printf(out,
			    "\n|   | %s | %s | %s | %s |\n"
			    "|--:|--:|---|---|---|\n",
			    _("time"), _("message"), _("from"), _("to"));
		any = true;
		buf_printf(out, "| F%u | ", r->number);
		time_put(out, r->t);
		buf_puts(out, " | ");
		buf_clear(&label);
		ladder_script_label(r, &label);
		markdown_put_text(out, buf_view(&label));
		buf_puts(out, " | ");
		put_md_name(l, r->from, out);
		buf_puts(out, " | ");
		put_md_name(l, r->to, out);
		buf_puts(out, " |\n");
	}
	buf_end(&label, &out->err);
}

static void
put_legend(const struct layout *l, struct buf *out)
{
	static const struct {
		unsigned mark;
		const char *sign, *text;
	} legend[] = {
		{ LAYOUT_HAS_REQUEST, "──▶", N_("request") },
		{ LAYOUT_HAS_PROVISIONAL, "┄┄>", N_("provisional response") },
		{ LAYOUT_HAS_FINAL, "──>", N_("final response") },
		{ LAYOUT_HAS_SIGNALLING, "══▶", N_("telephone network") },
		{ LAYOUT_HAS_OTHER | LAYOUT_HAS_MEDIA | LAYOUT_HAS_EARLY |
			LAYOUT_HAS_VIDEO,
		    "┄┄▶", N_("not SIP") },
		{ LAYOUT_HAS_LOST, "──╳", N_("lost") },
		{ LAYOUT_HAS_AGAIN, "↻1", N_("first repetition") },
		{ LAYOUT_HAS_FOLDED, "↻+1", N_("repeated once") },
		{ LAYOUT_HAS_GONE, "╳1", N_("one of them was lost") },
		{ LAYOUT_HAS_COPIES, "×2", N_("arrived twice") },
		{ LAYOUT_HAS_UNDER_WAY, "…", N_("still under way") },
	};
	unsigned marks = layout_marks(l);
	bool any = false;

	for (size_t i = 0; i < sizeof(legend) / sizeof(*legend); i++) {
		if ((marks & legend[i].mark) == 0)
			continue;
		buf_puts(out, any ? " · " : "\n");
		buf_printf(
		    out, "`%s` %s", legend[i].sign, i18n_text(legend[i].text));
		any = true;
	}
	if (any)
		buf_putc(out, '\n');
}

static void
put_counts(const struct layout *l, struct buf *out)
{
	const char *warning = layout_warning(l);

	buf_putc(out, '\n');
	layout_put_counts(l, out);
	if (warning != NULL)
		buf_printf(out, " **%s**", warning);
	buf_putc(out, '\n');
}

static void
put_paragraph(const char *text, struct buf *out)
{
	if (text == NULL)
		return;
	buf_putc(out, '\n');
	markdown_put_text(out, str_of(text));
	buf_putc(out, '\n');
}

int
ladder_md_write(const struct trace *t, const struct layout *l,
    const struct ladder_md_options *o, struct buf *out)
{
	static const struct ladder_md_options none;
	struct str title = l->title;
	int err;

	o = o != NULL ? o : &none;
	if (o->title != NULL)
		title = str_of(o->title);
	buf_puts(out, "# ");
	markdown_put_text(out, title.n > 0 ? title : str_of(_("Ladder")));
	buf_puts(out, "\n\n");
	err = put_figures(l, o, out);
	put_legend(l, out);
	put_counts(l, out);
	put_numbers(l, out);
	if (err == 0 && o->messages && l->nmessages > 0) {
		buf_printf(out, "\n## %s\n", _("Messages"));
		err = ladder_messages_write(t, l,
		    &(struct ladder_messages_options){
			.markdown = true, .ascii = o->ascii },
		    out);
	}
	put_paragraph(o->footer, out);
	put_paragraph(o->source, out);
	return err != 0 ? err : out->err;
}
