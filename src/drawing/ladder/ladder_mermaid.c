/*
 * The language of mermaid.  It has traps: "#" and ";" end a text, "%%" begins a
 * comment or a directive wherever it stands, the first word of a box may be
 * taken for a colour and "wrap:" for a wish; so every character that is not
 * harmless is written as its number, "#35;".
 */
#include "text/utf8.h"
#include "ladder/ladder_dialect_in.h"

#include <string.h>

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
