/* Words of commands that people copy or another program hands to a shell. */
#ifndef JOBS_SHELL_H
#define JOBS_SHELL_H

#include "base/buf.h"

/*
 * TEXT as one word for a POSIX shell, on one line: plain where nothing in it is
 * a shell's, else in quotes.  What could end the line, steer a terminal or turn
 * the direction of reading is spelled by a printf in the word.  A shell takes
 * line ends off the end of what that says: see shell_has_word.
 */
void shell_put_word(struct buf *b, const char *text);
/* False: no word of one line is TEXT, which ends with a newline. */
bool shell_has_word(const char *text);

#endif
