/* Words and options that people know from other tools, and the command line for
 * each. */
#ifndef CLI_COMMAND_WORDS_H
#define CLI_COMMAND_WORDS_H

#include "base/buf.h"

/* The command line for WORD, without "rung "; NULL: none. */
const char *command_word_typed(const char *word);
struct cli_command;
/* The command line for option NAME of other tools, typed after CMD, into OUT;
 * false: none. */
bool command_option_typed(
    const struct cli_command *cmd, struct str name, struct buf *out);

#endif
