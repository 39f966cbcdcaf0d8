/* What rung help writes for other programs, of the rows that its pages show. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/cli.h"

/* What completes a command line in these shells; of all commands. */
void cli_complete_bash(const struct cli_command *cmd, struct buf *out);
void cli_complete_zsh(const struct cli_command *cmd, struct buf *out);

/* rung --version: how it was built, and the libraries loaded on demand. */
void cli_version_write(struct buf *out);

/* The lists of options that CMD (NULL: rung itself) takes, common ones last;
 * NULL at the end. */
#define CLI_OPTION_LISTS 4
void cli_option_lists(const struct cli_command *cmd,
    const struct cli_option *lists[CLI_OPTION_LISTS]);

#endif
