/* What a command or an option of the version before is called now. */
#ifndef CLI_FORMER_NAMES_H
#define CLI_FORMER_NAMES_H

#include "base/str.h"

/* As it is typed now, "rung play"; NULL: there was none of that name. */
const char *former_command(const char *name);
/* The same of COMMAND's option NAME: "--with=timers", "rung live --play". */
const char *former_option(const char *command, struct str name);

#endif
