/*
 * Text that is longer than the terminal goes through a pager, as git's does:
 * what RUNG_PAGER says, else PAGER, else less where there is one.  Empty or
 * "cat": none.  There is none either where standard output is no terminal, or
 * TERM says that it takes no escapes.
 */
#ifndef CLI_PAGER_H
#define CLI_PAGER_H

#include "base/str.h"

/* Shows TEXT, which is for standard output, and returns when the reader has
 * left it.  False: there is no pager, or no need of one, and nothing was shown.
 */
bool pager_show(struct str text);

#endif
