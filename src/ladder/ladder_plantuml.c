/*
 * The ladder for PlantUML.  Signs of its markup, of its preprocessor and of its
 * comments are written as their number, "<U+0021>", and so is what is markup
 * only where it stands twice or begins a line.
 */
#include "ladder/ladder_plantuml.h"

#include "base/utf8.h"
#include "ladder/ladder_script.h"
#include "words/title_words.h"

/* A message that arrives, and one that does not: as for mermaid. */
static const struct {
	const char *usual, *lost;
} arrows[] = {
	[LAYOUT_KIND_REQUEST] = { "->", "->x" },
	[LAYOUT_KIND_PROVISIONAL] = { "-->>", "-->x" },
	[LAYOUT_KIND_SUCCESS] = { "->>", "->x" },
	[LAYOUT_KIND_REDIRECTION] = { "->>", "->x" },
	[LAYOUT_KIND_FAILURE] = { "->>", "->x" },
	[LAYOUT_KIND_OTHER] = { "-->", "-->x" },
};

/* How a remark is framed. */
static const char *const frames[] = {
	[LAYOUT_MESSAGE] = "note",
	[LAYOUT_MEDIA] = "note",
	[LAYOUT_TIMER] = "hnote",
	[LAYOUT_REFUSED] = "rnote",
	[LAYOUT_NOTE] = "note",
};

static void
put_char(struct buf *out, uint32_t c, uint32_t last)
{
	bool harmless = c >= 0x80 || chr_is_alnum((char)c) || c == ' ' ||
			strchr(",:;()?+", (int)c) != NULL;

	/* Harmless once, inside a line. */
	if (c < 0x80 && c != 0 && strchr("./_-=@|", (int)c) != NULL)
		harmless = last != c && last != 0;
	if (c != 0 && harmless)
		utf8_encode(out, c);
	else
		buf_printf(out, "<U+%04X>", (unsigned)c);
}

static void
put_text(struct buf *out, struct str text)
{
	ladder_script_text(out, text, put_char, "\\n");
}

static void
put_line(struct buf *out, const char *word, struct str text)
{
	if (text.n == 0)
		return;
	buf_puts(out, word);
	ladder_script_text(out, text, put_char, " ");
	buf_putc(out, '\n');
}

static void
put_participant(const struct layout *l, size_t i, struct buf *out)
{
	const struct layout_column *c = &l->columns[i];

	buf_puts(out, "participant \"");
	put_text(out, c->name.n > 0 ? c->name : STR("?"));
	if (c->label.n > 0) {
		buf_puts(out, "\\n");
		put_text(out, c->label);
	}
	buf_puts(out, "\" as ");
	ladder_script_id(l, i, out);
	buf_putc(out, '\n');
}

static void
put_participants(const struct layout *l, struct buf *out)
{
	size_t domain = LAYOUT_NONE;

	for (size_t i = 0; i < l->ncolumns; i++) {
		size_t now = l->columns[i].frame;

		if (now != domain && domain != LAYOUT_NONE)
			buf_puts(out, "end box\n");
		if (now != domain && now != LAYOUT_NONE) {
			buf_puts(out, "box \"");
			put_text(out, l->frames[now].name);
			buf_puts(out, "\" #white\n");
		}
		domain = now;
		put_participant(l, i, out);
	}
	if (domain != LAYOUT_NONE)
		buf_puts(out, "end box\n");
}

static void
put_note(const struct layout *l, const char *frame, size_t column,
    struct str text, struct buf *out)
{
	struct buf lines = BUF_INIT;
	size_t first, last;

	if (text.n == 0 || !ladder_script_over(l, column, &first, &last))
		return;
	buf_printf(out, "%s over ", frame);
	ladder_script_id(l, first, out);
	if (last != first) {
		buf_puts(out, ", ");
		ladder_script_id(l, last, out);
	}
	buf_puts(out, " : ");
	ladder_script_wrap(&lines, text);
	put_text(out, buf_view(&lines));
	buf_putc(out, '\n');
	if (lines.err != 0)
		out->err = lines.err;
	buf_free(&lines);
}

static void
put_arrow(const struct layout *l, const struct layout_row *r, struct str label,
    struct buf *out)
{
	ladder_script_id(l, r->from, out);
	buf_printf(out, " %s ",
	    r->lost ? arrows[r->kind].lost : arrows[r->kind].usual);
	ladder_script_id(l, r->to, out);
	buf_puts(out, " : ");
	put_text(out, label);
	buf_putc(out, '\n');
}

/* What has no number of its own must not get one. */
static void
put_numbering(const struct layout_row *r, bool *on, struct buf *out)
{
	bool now = r->number > 0;

	if (now && !*on)
		buf_printf(out, "autonumber %u \"<b>F0\"\n", r->number);
	else if (!now && *on)
		buf_puts(out, "autonumber stop\n");
	*on = now;
}

static void
put_rows(const struct layout *l, struct buf *out)
{
	struct buf label = BUF_INIT;
	bool numbers = false;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		buf_clear(&label);
		ladder_script_label(r, &label);
		if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA) {
			put_numbering(r, &numbers, out);
			put_arrow(l, r, buf_view(&label), out);
			put_note(l, frames[r->item], r->note_at, r->note, out);
		} else {
			put_note(
			    l, frames[r->item], r->from, buf_view(&label), out);
		}
	}
	if (label.err != 0)
		out->err = label.err;
	buf_free(&label);
}

int
ladder_plantuml_write(const struct layout *l,
    const struct ladder_plantuml_options *o, struct buf *out)
{
	struct str title = title_translate(l->title);

	if (o != NULL && o->title != NULL)
		title = str_of(o->title);
	buf_puts(out, "@startuml\nskinparam monochrome true\n"
		      "skinparam shadowing false\n");
	put_line(out, "title ", title);
	put_participants(l, out);
	put_rows(l, out);
	if (o != NULL && o->footer != NULL)
		put_line(out, "footer ", str_of(o->footer));
	if (o != NULL && o->source != NULL)
		put_line(out, "' ", str_of(o->source));
	buf_puts(out, "@enduml\n");
	return out->err;
}
