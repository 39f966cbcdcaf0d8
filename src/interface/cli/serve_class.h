/* Commands that serve a class from this machine (rung serve, rung live --page):
 * members that have its code get the page with labs, and with a run that goes
 * on. */
#ifndef CLI_CLASS_COMMAND_H
#define CLI_CLASS_COMMAND_H

#include "cli/cli.h"

#define CLASS_COMMAND_PORT 8080

struct class_command;

/* Listens as C's options say.  LIVE, borrowed, is the trace of a run that goes
 * on; NULL: none.  0 or D's error; close it in any case. */
int class_command_begin(struct class_command **n, struct cli *c, char **folders,
    size_t nfolders, const struct trace *live, struct diag *d);
/* At which addresses. */
int class_command_tell(const struct class_command *n, struct diag *d);
/* As server_serve; tells what was handed in.  0 or D's error. */
int class_command_go_on(
    struct class_command *n, int fd, int most_ms, struct diag *d);
void class_command_close(struct class_command *n); /* NULL is fine */

cli_option_fn class_command_set_listen, class_command_set_port,
    class_command_set_host, class_command_set_tls;

#endif
