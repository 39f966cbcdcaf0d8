/* rung parse: one SIP message, explained line by line. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "draw/theme.h"

/* What is wrong with a message; SENTENCE is empty where nothing is. */
struct cmd_parse_fault {
	struct buf sentence;
	unsigned line; /* from 1; 0: of none */
};

/*
 * Explains BYTES in lines of WIDTH cells (0: 80), in THEME's looks, and
 * appends that to OUT.  FAULT->sentence is to be freed.  0 or ERR_NOMEM.
 */
int cmd_parse_text(struct str bytes, size_t width, enum theme theme,
    struct buf *out, struct cmd_parse_fault *fault);

#endif
