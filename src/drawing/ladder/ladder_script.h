/*
 * The ladder as a script that another program draws: mermaid, in a page of
 * Markdown or HTML, and PlantUML. One line for each row, and no time axis. Both
 * languages say the same, with other signs; names are valid in both.
 */
#ifndef LADDER_LADDER_SCRIPT_H
#define LADDER_LADDER_SCRIPT_H

#include "ladder/ladder_arrow.h"
#include "ladder/layout.h"

/* Appends the text on an arrow or beside a lifeline, without its number: "180
 * Ringing ↻1", "INVITE ╳ lost on the link", "Timer A 500 ms". */
void ladder_script_label(const struct layout_row *r, struct buf *out);

/* Appends the character C, escaped for the language.
 * LAST is the one before it, 0 at the beginning of a line. */
typedef void ladder_script_char(struct buf *out, uint32_t c, uint32_t last);

/* Words and signs of a language, each with the spaces around it. */
struct ladder_dialect {
	const char *head, *tail, *indent;
	/* What begins the lines with the title, with the title for screen
	 * readers, with where the figure comes from, and with the same in full.
	 * NULL: the language has no such line. */
	const char *title, *about, *footer, *source;
	enum ladder_script script;             /* whose arrows */
	const char *frames[LAYOUT_ITEM_COUNT]; /* of remarks */
	const char *box, *box_named, *box_end; /* around columns */
	const char *number, *number_none;
	const char *comma, *colon, *line_break;
	ladder_script_char *put, *put_line; /* texts; lines of their own */
	/* After the indent: NAME is escaped, LABEL may be empty. */
	void (*put_participant)(
	    struct buf *out, struct str id, struct str name, struct str label);
};

extern const struct ladder_dialect ladder_mermaid, ladder_plantuml;

struct ladder_dialect_options {
	const char *title;  /* NULL: the trace's own; "": none */
	const char *footer; /* where it comes from, or NULL */
	const char *source; /* the same in full, as a remark, or NULL */
};

/* Appends L in the language D.  0 or ERR_NOMEM. */
int ladder_dialect_write(const struct ladder_dialect *d, const struct layout *l,
    const struct ladder_dialect_options *o, struct buf *out);

#endif
