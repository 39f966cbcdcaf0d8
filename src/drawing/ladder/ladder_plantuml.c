/*
 * The language of PlantUML.  Signs of its markup, of its preprocessor and of
 * its comments are written as their number, "<U+0021>", and so is what is
 * markup only where it stands twice or begins a line.
 */
#include "text/utf8.h"
#include "ladder/ladder_dialect_in.h"

#include <string.h>

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
