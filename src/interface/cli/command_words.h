/* What people type in place of a command, and what they mean. */
#ifndef CLI_COMMAND_WORDS_H
#define CLI_COMMAND_WORDS_H

#include "base/str.h"

/* What WORD is called here, as it is typed behind "rung "; NULL: unknown. */
const char *command_word_typed(const char *word);
/* The one of N NAMES of which WORD is a slip of the fingers, or NULL. */
const char *
command_word_nearest(const char *word, const char *const *names, size_t n);

#endif
