/* The former names of commands and options, in the version before this one,
 * and what each is called now. */
#ifndef CLI_FORMER_NAMES_H
#define CLI_FORMER_NAMES_H

#include "base/str.h"

/* As it is typed now, "rung play"; NULL: there was none of that name. */
const char *former_command(const char *name);
/* The same of COMMAND's option NAME: "--with=timers", "rung live --play". */
const char *former_option(const char *command, struct str name);

#endif
