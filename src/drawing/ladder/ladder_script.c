/* Names and texts for other drawing programs; see ladder/ladder_script_in.h. */
#include "ladder/ladder_script_in.h"

#include "text/utf8.h"
#include "ladder/ladder_text_in.h"
#include "words/record_text.h"

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
	for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++)
		if (str_iis(name, reserved[i]))
			return true;
	return false;
}

/* "n3" is what others are called. */
static bool
is_given(struct str name)
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

void
ladder_script_id(const struct layout *l, size_t i, struct buf *out)
{
	struct str name = l->columns[i].name;

	if (is_identifier(name) && !is_given(name) && !is_reserved(name))
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
	if (r->lost) {
		buf_puts(out, " ╳ ");
		buf_str(out, r->lost_text);
	}
	if (r->under_way)
		buf_puts(out, " …");
}

void
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

void
ladder_script_wrap(struct buf *out, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	record_wrap(out, buf_view(&safe), 0, 0, NOTE_CELLS);
	buf_end(&safe, &out->err);
}

bool
ladder_script_over(
    const struct layout *l, size_t column, size_t *first, size_t *last)
{
	if (l->ncolumns == 0)
		return false;
	*first = column == LAYOUT_NONE ? 0 : column;
	*last = column == LAYOUT_NONE ? l->ncolumns - 1 : column;
	return true;
}
