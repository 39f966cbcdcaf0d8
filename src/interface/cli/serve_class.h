/* Commands that serve a class from this machine (rung serve, rung live --page):
 * members that have its code get the page with labs, and with a run that goes
 * on. */
#ifndef CLI_SERVE_CLASS_H
#define CLI_SERVE_CLASS_H

#include "cli/cli.h"

#define SERVE_CLASS_PORT 8080

struct serve_class;

/* Listens as C's options say.  LIVE, borrowed, is the trace of a run that goes
 * on; NULL: none.  0 or D's error; close it in any case. */
int serve_class_begin(struct serve_class **n, struct cli *c, char **folders,
    size_t nfolders, const struct trace *live, struct diag *d);
/* At which addresses. */
int serve_class_tell(const struct serve_class *n, struct diag *d);
/* As server_serve; tells what was handed in.  0 or D's error. */
int
serve_class_go_on(struct serve_class *n, int fd, int most_ms, struct diag *d);
void serve_class_close(struct serve_class *n); /* NULL is fine */

cli_option_fn serve_class_set_listen, serve_class_set_port,
    serve_class_set_host, serve_class_set_tls;

#endif
