/* Words that people type in place of a command, and the command line for each.
 */
#ifndef CLI_COMMAND_WORDS_H
#define CLI_COMMAND_WORDS_H

#include "base/str.h"

/* The command line for WORD, without "rung "; NULL: none. */
const char *command_word_typed(const char *word);

#endif
