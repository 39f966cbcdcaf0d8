/* Traces of a live run that begins again whenever one is full. */
#include "cli/live.h"

#include "base/err.h"
#include "base/outfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The name of the Nth trace before OUTPUT, which is the 0th: N stands before
 * the first dot of the file's own name. */
static void
put_rotated_name(const char *output, unsigned n, struct buf *out)
{
	const char *own = strrchr(output, '/');
	const char *dot;

	own = own != NULL ? own + 1 : output;
	dot = own[0] != '\0' ? strchr(own + 1, '.') : NULL;
	if (dot == NULL)
		dot = own + strlen(own);
	buf_printf(out, "%.*s", (int)(dot - output), output);
	if (n > 0)
		buf_printf(out, ".%u", n);
	buf_puts(out, dot);
}

/* Nothing that is read here is in the place of the Nth trace. */
static int
check_rotated(const char *output, unsigned n, struct diag *d)
{
	LOCAL_BUF name = BUF_INIT;

	put_rotated_name(output, n, &name);
	return name.err != 0 ? diag_fail(d, ERR_NOMEM)
			     : outfile_check(buf_cstr(&name), d);
}

int
cli_check_rotation(const char *output, unsigned keep, struct diag *d)
{
	int err = 0;

	for (unsigned n = 1; err == 0 && n <= keep; n++)
		err = check_rotated(output, n, d);
	return err;
}

/* The trace before OUTPUT that was the Nth is the one after it. */
static int
move_trace(const char *output, unsigned n, struct diag *d)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT;
	int err = 0;

	put_rotated_name(output, n, &from);
	put_rotated_name(output, n + 1, &to);
	if (from.err != 0 || to.err != 0)
		err = diag_fail(d, ERR_NOMEM);
	if (err == 0 && rename(buf_cstr(&from), buf_cstr(&to)) != 0 &&
	    (n == 0 || errno != ENOENT))
		err = diag_set(d, ERR_IO, buf_cstr(&to), 0,
		    _("can't be written: %s"), outfile_why(errno));
	return err;
}

int
cli_rotate_trace(const char *output, unsigned keep, struct diag *d)
{
	int err = 0;

	for (unsigned n = keep; err == 0 && n > 0; n--)
		err = move_trace(output, n - 1, d);
	return err;
}
