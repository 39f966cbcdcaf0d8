/*
 * What the ladder's forms for other drawing programs (mermaid, PlantUML) have
 * in common: names that both languages take, and what is said of a row.
 */
#ifndef LADDER_LADDER_SCRIPT_IN_H
#define LADDER_LADDER_SCRIPT_IN_H

#include "ladder/layout.h"

/* Appends what column I is called in the script: the node's own name where it
 * is a plain word and none of the languages', else "n3".  No two are alike. */
void ladder_script_id(const struct layout *l, size_t i, struct buf *out);

/* Appends what stands on an arrow or beside a lifeline, without its number:
 * "180 Ringing ↻1", "INVITE ╳ lost on the link", "Timer A 500 ms". */
void ladder_script_label(const struct layout_row *r, struct buf *out);

/* Appends the character C, escaped for the language.
 * LAST is the one before it, 0 at the beginning of a line. */
typedef void ladder_script_char(struct buf *out, uint32_t c, uint32_t last);

/* Appends TEXT on one line, made safe (text/utf8.h) and each character through
 * PUT; a line's end becomes BREAK. */
void ladder_script_text(struct buf *out, struct str text,
    ladder_script_char *put, const char *line_break);

/* Appends what stands in a box over lifelines, in lines that are not too long:
 * line ends stand where they break. */
void ladder_script_wrap(struct buf *out, struct str text);

/* The columns over which a remark stands: its own, or all.  False where there
 * is none to stand over. */
bool ladder_script_over(
    const struct layout *l, size_t column, size_t *first, size_t *last);

#endif
