/*
 * Scripts for other drawing programs: one line for each row, the same in the
 * language of mermaid and of PlantUML, with other signs.
 */
#include "ladder/ladder_script.h"

#include <string.h>

#include "base/progress.h"
#include "text/utf8.h"
#include "words/record_text.h"

/*
 * The language of mermaid has traps: "#" and ";" end a text, "%%" begins a
 * comment or a directive wherever it stands, the first word of a box may be
 * taken for a colour and "wrap:" for a wish. So every character that is not
 * harmless is written as its number, "#35;".
 */
static bool
is_harmless(uint32_t c)
{
	/* The last four are what mermaid itself writes for "#" and ";". */
	return c < 0x80 ? chr_is_alnum((char)c) ||
			      strchr(" .,()/_-=@+?!'|~^", (int)c) != NULL
			: c != 0xb6 && c != 0xdf && c != 0xb0 && c != 0xfb02;
}

static void
put_mermaid_char(struct buf *out, uint32_t c, uint32_t last)
{
	(void)last;
	if (c != 0 && is_harmless(c))
		utf8_encode(out, c);
	else
		buf_printf(out, "#%u;", (unsigned)c);
}

/* A colon is harmless but behind "wrap". */
static void
put_mermaid_message_char(struct buf *out, uint32_t c, uint32_t last)
{
	if (c == ':' && last != 'p' && last != 'P' && last != 0)
		buf_putc(out, ':');
	else
		put_mermaid_char(out, c, last);
}

static void
put_mermaid_participant(
    struct buf *out, struct str id, struct str name, struct str label)
{
	buf_puts(out, "participant ");
	buf_str(out, id);
	buf_puts(out, " as ");
	buf_str(out, name.n > 0 ? name : id);
	if (label.n > 0)
		buf_puts(out, "<br/>");
	buf_str(out, label);
}

#define NOTE "Note"

const struct ladder_dialect ladder_mermaid = {
	.head = "sequenceDiagram\n",
	.tail = "",
	.indent = "    ",
	.title = "title ",
	.about = "accTitle: ",
	.script = LADDER_MERMAID,
	.frames = { NOTE, NOTE, NOTE, NOTE, NOTE },
	/* The first word is the colour. */
	.box = "box transparent ",
	.box_named = "",
	.box_end = "end",
	.number = "",
	.number_none = "off",
	.comma = ",",
	.colon = ": ",
	.line_break = "<br/>",
	.put = put_mermaid_message_char,
	.put_line = put_mermaid_char,
	.put_participant = put_mermaid_participant,
};

/*
 * The language of PlantUML.  Signs of its markup, of its preprocessor and of
 * its comments are written as their number, "<U+0021>", and so are signs that
 * are markup only where they stand twice or begin a line.
 */
static void
put_plantuml_char(struct buf *out, uint32_t c, uint32_t last)
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
put_plantuml_participant(
    struct buf *out, struct str id, struct str name, struct str label)
{
	buf_puts(out, "participant \"");
	buf_str(out, name.n > 0 ? name : STR("?"));
	if (label.n > 0)
		buf_puts(out, "\\n");
	buf_str(out, label);
	buf_puts(out, "\" as ");
	buf_str(out, id);
}

const struct ladder_dialect ladder_plantuml = {
	.head = "@startuml\nskinparam monochrome true\n"
		"skinparam shadowing false\n",
	.tail = "@enduml\n",
	.indent = "",
	.title = "title ",
	.footer = "footer ",
	.source = "' ",
	.script = LADDER_PLANTUML,
	.frames = { [LAYOUT_MESSAGE] = "note",
	    [LAYOUT_MEDIA] = "note",
	    [LAYOUT_TIMER] = "hnote",
	    [LAYOUT_REFUSED] = "rnote",
	    [LAYOUT_NOTE] = "note" },
	.box = "box \"",
	.box_named = "\" #white",
	.box_end = "end box",
	.number = " \"<b>F0\"",
	.number_none = "stop",
	.comma = ", ",
	.colon = " : ",
	.line_break = "\\n",
	.put = put_plantuml_char,
	.put_line = put_plantuml_char,
	.put_participant = put_plantuml_participant,
};

/* ---- names and texts for other drawing programs ---- */

#define NOTE_CELLS 48

/* Words that begin a statement, or end a block, in either language; x and o
 * are heads of arrows in PlantUML, even behind a space. */
static const char *const reserved[] = { "accdescr", "acctitle", "across",
	"activate", "actor", "alt", "and", "as", "autoactivate", "autonumber",
	"boundary", "box", "break", "caption", "collections", "control",
	"create", "critical", "database", "deactivate", "delay", "destroy",
	"details", "divider", "else", "end", "endbox", "endlegend", "endnote",
	"endref", "endtitle", "entity", "footer", "group", "header", "hide",
	"hnote", "left", "legend", "link", "links", "loop", "mainframe",
	"newpage", "note", "nowrap", "o", "of", "off", "opt", "option", "order",
	"over", "par", "par2", "par_over", "participant", "partition",
	"properties", "queue", "rect", "ref", "return", "right", "rnote",
	"scale", "sequencediagram", "show", "skinparam", "title", "wrap", "x" };

static bool
is_reserved(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(reserved); i++)
		if (str_iis(name, reserved[i]))
			return true;
	return false;
}

/* "n3" is what others are called. */
static bool
script_form_is_given(struct str name)
{
	size_t i = 1;

	while (i < name.n && chr_is_digit(name.p[i]))
		i++;
	return name.n > 1 && name.p[0] == 'n' && i == name.n;
}

static bool
is_identifier(struct str name)
{
	if (name.n == 0 || name.n > 63 || !chr_is_alpha(name.p[0]))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!chr_is_alnum(name.p[i]) && name.p[i] != '_')
			return false;
	/* Two underscores underline in PlantUML. */
	return str_find(name, "__") < 0;
}

/* Appends what column I is called in the script: the node's own name where it
 * is a plain word and none of the languages', else "n3".  No two are alike. */
static void
ladder_script_id(const struct layout *l, size_t i, struct buf *out)
{
	struct str name = l->columns[i].name;

	if (is_identifier(name) && !script_form_is_given(name) &&
	    !is_reserved(name))
		buf_str(out, name);
	else
		buf_printf(out, "n%zu", i + 1);
}

void
ladder_script_label(const struct layout_row *r, struct buf *out)
{
	buf_str(out, r->label);
	if (r->item != LAYOUT_MESSAGE && r->item != LAYOUT_MEDIA)
		return;
	buf_str(out, r->detail);
	layout_put_marks(r, LAYOUT_AGAIN, out);
	if (r->lost)
		buf_printf(out, "%s%.*s", r->loss.text.n > 0 ? " ╳ " : " ╳",
		    STR_ARG(r->loss.text));
	if (r->under_way)
		buf_puts(out, " …");
}

/* Appends TEXT on one line, made safe (text/utf8.h) and each character through
 * PUT; a line's end becomes BREAK. */
static void
ladder_script_text(struct buf *out, struct str text, ladder_script_char *put,
    const char *line_break)
{
	struct buf safe = BUF_INIT;
	struct str rest;
	uint32_t last = 0;

	utf8_add_safe_lines(&safe, str_trim(text));
	rest = buf_view(&safe);
	while (rest.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(rest, &used);

		if (c == '\n') {
			buf_puts(out, line_break);
			last = 0;
		} else {
			put(out, c, last);
			last = c;
		}
		rest = str_slice(rest, used, rest.n);
	}
	buf_end(&safe, &out->err);
}

/* Appends the text of a box over lifelines, in lines that are not too long:
 * line ends stand where they break. */
static void
ladder_script_wrap(struct buf *out, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	record_wrap(out, buf_view(&safe), 0, 0, NOTE_CELLS);
	buf_end(&safe, &out->err);
}

/* The columns over which a remark stands: its own, or all.  False where there
 * is none to stand over. */
static bool
ladder_script_over(
    const struct layout *l, size_t column, size_t *first, size_t *last)
{
	if (l->ncolumns == 0)
		return false;
	*first = column == LAYOUT_NONE ? 0 : column;
	*last = column == LAYOUT_NONE ? l->ncolumns - 1 : column;
	return true;
}

/* ---- scripts for other programs ---- */

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
script_form_put_rows(struct scribe *s)
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
			put_script_note(s, r, r->note.at, r->note.text);
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
	script_form_put_rows(&s);
	put_script_line(&s, d->footer, str_of(o->footer));
	put_script_line(&s, d->source, str_of(o->source));
	buf_puts(out, d->tail);
	return out->err;
}
