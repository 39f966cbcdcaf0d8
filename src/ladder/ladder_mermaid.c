/*
 * The ladder for mermaid.  Its language has traps: "#" and ";" end a text, "%%"
 * begins a comment or a directive wherever it stands, the first word of a box
 * may be taken for a colour and "wrap:" for a wish; so every character that is
 * not harmless is written as its number, "#35;".
 */
#include "ladder/ladder_mermaid.h"

#include "base/utf8.h"
#include "ladder/ladder_script.h"
#include "words/title_words.h"

/* A message that arrives, and one that does not.  Requests have full heads,
 * responses open ones; what is provisional, or no SIP, is dashed. */
static const struct {
	const char *usual, *lost;
} arrows[] = {
	[LAYOUT_KIND_REQUEST] = { "->>", "-x" },
	[LAYOUT_KIND_PROVISIONAL] = { "--)", "--x" },
	[LAYOUT_KIND_SUCCESS] = { "-)", "-x" },
	[LAYOUT_KIND_REDIRECTION] = { "-)", "-x" },
	[LAYOUT_KIND_FAILURE] = { "-)", "-x" },
	[LAYOUT_KIND_OTHER] = { "-->>", "--x" },
};

static bool
is_harmless(uint32_t c)
{
	return c < 0x80 ? chr_is_alnum((char)c) ||
			      strchr(" .,()/_-=@+?!'|~^", (int)c) != NULL
			: c != 0xb6 && c != 0xdf && c != 0xb0 && c != 0xfb02;
}

static void
put_char(struct buf *out, uint32_t c, uint32_t last)
{
	/* The last four above are what mermaid itself writes for "#" and ";".
	 */
	(void)last;
	if (c != 0 && is_harmless(c))
		utf8_encode(out, c);
	else
		buf_printf(out, "#%u;", (unsigned)c);
}

/* A colon is harmless but behind "wrap". */
static void
put_char_message(struct buf *out, uint32_t c, uint32_t last)
{
	if (c == ':' && last != 'p' && last != 'P' && last != 0)
		buf_putc(out, ':');
	else
		put_char(out, c, last);
}

static void
put_text(struct buf *out, struct str text)
{
	ladder_script_text(out, text, put_char_message, "<br/>");
}

/* One line of script: no breaks in it. */
static void
put_line(struct buf *out, const char *word, struct str text)
{
	if (text.n == 0)
		return;
	buf_printf(out, "    %s", word);
	ladder_script_text(out, text, put_char, " ");
	buf_putc(out, '\n');
}

static void
put_participant(const struct layout *l, size_t i, struct buf *out)
{
	const struct layout_column *c = &l->columns[i];

	buf_puts(out, "    participant ");
	ladder_script_id(l, i, out);
	buf_puts(out, " as ");
	if (c->name.n > 0)
		put_text(out, c->name);
	else
		ladder_script_id(l, i, out);
	if (c->label.n > 0) {
		buf_puts(out, "<br/>");
		put_text(out, c->label);
	}
	buf_putc(out, '\n');
}

static void
put_participants(const struct layout *l, struct buf *out)
{
	size_t domain = LAYOUT_NONE;

	for (size_t i = 0; i < l->ncolumns; i++) {
		size_t now = l->columns[i].frame;

		if (now != domain && domain != LAYOUT_NONE)
			buf_puts(out, "    end\n");
		if (now != domain && now != LAYOUT_NONE) {
			/* The first word is the colour. */
			buf_puts(out, "    box transparent ");
			put_text(out, l->frames[now].name);
			buf_putc(out, '\n');
		}
		domain = now;
		put_participant(l, i, out);
	}
	if (domain != LAYOUT_NONE)
		buf_puts(out, "    end\n");
}

static void
put_note(
    const struct layout *l, size_t column, struct str text, struct buf *out)
{
	struct buf lines = BUF_INIT;
	size_t first, last;

	if (text.n == 0 || !ladder_script_over(l, column, &first, &last))
		return;
	buf_puts(out, "    Note over ");
	ladder_script_id(l, first, out);
	if (last != first) {
		buf_putc(out, ',');
		ladder_script_id(l, last, out);
	}
	buf_puts(out, ": ");
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
	buf_puts(out, "    ");
	ladder_script_id(l, r->from, out);
	buf_puts(out, r->lost ? arrows[r->kind].lost : arrows[r->kind].usual);
	ladder_script_id(l, r->to, out);
	buf_puts(out, ": ");
	put_text(out, label);
	buf_putc(out, '\n');
}

/* What has no number of its own must not get one. */
static void
put_numbering(const struct layout_row *r, bool *on, struct buf *out)
{
	bool now = r->number > 0;

	if (now && !*on)
		buf_printf(out, "    autonumber %u\n", r->number);
	else if (!now && *on)
		buf_puts(out, "    autonumber off\n");
	*on = now;
}

int
ladder_mermaid_write(const struct layout *l,
    const struct ladder_mermaid_options *o, struct buf *out)
{
	struct str title = title_translate(l->title);
	struct buf label = BUF_INIT;
	bool numbers = false;

	if (o != NULL && o->title != NULL)
		title = str_of(o->title);
	buf_puts(out, "sequenceDiagram\n");
	put_line(out, "title ", title);
	put_line(
	    out, "accTitle: ", title.n > 0 ? title : title_translate(l->title));
	put_participants(l, out);
	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		buf_clear(&label);
		ladder_script_label(r, &label);
		if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA) {
			put_numbering(r, &numbers, out);
			put_arrow(l, r, buf_view(&label), out);
			put_note(l, r->note_at, r->note, out);
		} else {
			put_note(l, r->from, buf_view(&label), out);
		}
	}
	if (label.err != 0)
		out->err = label.err;
	buf_free(&label);
	return out->err;
}
