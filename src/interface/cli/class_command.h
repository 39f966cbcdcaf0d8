/* A class at this machine, for members that have its code: the page with labs,
 * and with a run that goes on (rung serve, rung live --page). */
#ifndef CLI_LECTURE_H
#define CLI_LECTURE_H

#include "cli/cli.h"

#define LECTURE_PORT 8080

struct lecture;

/* Listens as C's options say.  LIVE, borrowed, is the trace of a run that goes
 * on; NULL: none.  0 or D's error; close it in any case. */
int lecture_open(struct lecture **n, struct cli *c, char **folders,
    size_t nfolders, const struct trace *live, struct diag *d);
/* At which addresses. */
int lecture_tell(const struct lecture *n, struct diag *d);
/* As server_serve; tells what was handed in.  0 or D's error. */
int lecture_go_on(struct lecture *n, int fd, int most_ms, struct diag *d);
void lecture_close(struct lecture *n); /* NULL is fine */

cli_option_fn lecture_set_listen, lecture_set_port, lecture_set_host,
    lecture_set_tls;

#endif
