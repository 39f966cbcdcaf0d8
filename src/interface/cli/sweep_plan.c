/* Printing an experiment's commands. */
#include "sweep/plan.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/shell.h"
#include "cli/sweep_in.h"
#include "scenario/share.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* PATH is the program SELF. */
static bool
is_this(const char *path, const char *self)
{
	struct stat a, b;

	return stat(path, &a) == 0 && stat(self, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* "rung" where a shell finds this program so, else its whole path. */
static int
put_program(struct buf *out)
{
	struct str rest = str_of(getenv("PATH"));
	int err = share_program(out);

	while (err == 0 && rest.n > 0) {
		struct str folder = str_cut(rest, ':', &rest);
		struct buf path = BUF_INIT;
		bool found;

		buf_printf(&path, "%.*s/rung", STR_ARG(folder));
		found = is_this(buf_cstr(&path), buf_cstr(out));
		/* Who finds another rung first takes that. */
		if (access(buf_cstr(&path), X_OK) == 0)
			rest = STR_NULL;
		buf_free(&path);
		if (found) {
			buf_clear(out);
			buf_puts(out, "rung");
			return out->err;
		}
	}
	return err;
}

int
cli_print_plan(
    struct cli *c, const char *name, struct sweep_plan *plan, struct diag *d)
{
	struct buf out = BUF_INIT, program = BUF_INIT;
	char folder[PATH_MAX];
	int err = put_program(&program);

	if (err != 0 || realpath(name, folder) == NULL)
		err = diag_set(d, ERR_IO, name, 0, _("can't be opened: %s"),
		    err_system(errno));
	if (err == 0 &&
	    (!shell_has_word(folder) || !shell_has_word(buf_cstr(&program))))
		err = diag_set(d, ERR_UNSUPPORTED, name, 0,
		    _("its name ends with a newline, which no command of one "
		      "line can say"));
	plan->program = buf_cstr(&program);
	plan->folder = folder;
	if (err == 0 && strcmp(c->plan, "slurm") == 0)
		sweep_plan_slurm(plan, &out);
	else if (err == 0)
		sweep_plan_commands(plan, &out);
	if (err == 0)
		err = cli_write(c, &out, NULL, d);
	buf_free(&program);
	buf_free(&out);
	return err;
}

int
sweep_print_plan(const struct sweep *s, struct diag *d)
{
	struct sweep_plan plan = { .command = "sweep",
		.words = "",
		.option = "-o",
		.memory = s->e.bounds.memory,
		.parts = sweep_plan_parts(&s->e) };

	return cli_print_plan(s->c, s->store.folder, &plan, d);
}
