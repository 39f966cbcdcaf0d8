/* rung parse: one SIP message, explained line by line. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "base/buf.h"

/*
 * Explains BYTES in lines of WIDTH cells (0: 80), in COLOUR or without, and
 * appends that to OUT.  *WELL_FORMED says whether nothing is wrong with it.
 * 0 or ERR_NOMEM.
 */
int cmd_parse_text(struct str bytes, size_t width, bool colour, struct buf *out,
    bool *well_formed);

#endif
