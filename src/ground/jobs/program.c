/*
 * One job that is another program (jobs/jobs.h).  What it reads and what it
 * complains of are files without a name: neither can make the two wait for each
 * other, as a second pipe could.
 */
#include "jobs/program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/err.h"
#include "base/outfile.h"
#include "base/progress.h"
#include "text/utf8.h"

#define COMPLAINTS_MOST 4096
#define WALL_USUAL      INT64_C(600000000000)

struct program_job {
	const struct program *program;
	struct child_plan plan;
	struct buf *out, *complaints;
};

static int
tell_program_progress(void *arg)
{
	const struct program_job *p = arg;

	progress_tell(p->program->activity, 0, 0);
	return 0;
}

static int
read_complaints(struct program_job *p)
{
	struct buf *b = p->complaints;
	ssize_t n;

	if (buf_reserve(b, COMPLAINTS_MOST) != 0)
		return b->err;
	n = pread(p->plan.errors, b->p + b->n, COMPLAINTS_MOST, 0);
	if (n > 0)
		b->n += (size_t)n;
	return 0;
}

/* What it complained of first, else WHY. */
static struct str
first_complaint(const struct program_job *p, struct str why)
{
	struct str line, rest;

	line = str_cut(buf_view(p->complaints), '\n', &rest);
	return line.n > 0 ? line : why;
}

/* Programs seldom say that it was memory that they lacked, and some of them
 * wait for ever then. */
static int
program_tell_failure(const struct program_job *p, enum job_end end,
    struct str why, struct diag *d)
{
	const char *name = p->program->argv[0];
	bool late = end == JOB_CPU || end == JOB_TIMEOUT;
	struct rlimit memory;

	if (getrlimit(RLIMIT_AS, &memory) == 0 &&
	    memory.rlim_cur < p->program->bounds.memory)
		return diag_set(d, ERR_NOMEM, NULL, 0,
		    _("the program “%s” failed; perhaps %llu MB are not enough "
		      "memory: %.*s"),
		    name, (unsigned long long)memory.rlim_cur >> 20,
		    STR_ARG(late ? str_of(_("it took too long")) : why));
	if (late)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the program “%s” took too long"), name);
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("the program “%s” failed: %.*s"), name, STR_ARG(why));
}

static int
program_take_end(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct program_job *p = arg;
	const char *name = p->program->argv[0];
	int err = read_complaints(p);
	struct str why =
	    first_complaint(p, end == JOB_TROUBLE ? said : str_of(what));

	(void)job;
	buf_str(p->out, said);
	if (err != 0 || p->out->err != 0)
		return diag_fail(d, ERR_NOMEM);
	switch (end) {
	case JOB_DONE:
		return 0;
	case JOB_TROUBLE:
		if (p->program->package != NULL)
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("this needs the program “%s”, which can't be "
			      "started: %.*s (package %s)"),
			    name, STR_ARG(why), p->program->package);
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("this needs the program “%s”, which can't be started: "
		      "%.*s"),
		    name, STR_ARG(why));
	default:
		return program_tell_failure(p, end, why, d);
	}
}

/* What P reads; 0 or errno. */
static int
fill_input(const struct program_job *p)
{
	int err = fd_write(p->plan.in, p->program->in);

	return err != 0 || lseek(p->plan.in, 0, SEEK_SET) == 0 ? err : errno;
}

static int
run_job(struct program_job *p, struct diag *d)
{
	struct jobs jobs = {
		.at_once = 1,
		.bounds = p->program->bounds,
		.program = &p->plan,
		.done = program_take_end,
		.look = tell_program_progress,
		.arg = p,
		.closed = -1,
	};

	int err = p->plan.in < 0 || p->plan.errors < 0 ? errno : fill_input(p);

	if (jobs.bounds.wall == 0)
		jobs.bounds.wall = WALL_USUAL;
	if (err != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("the input for the program “%s” can't be written: %s"),
		    p->program->argv[0], err_system(err));
	return jobs_do(&jobs, d);
}

int
program_run(const struct program *program, struct buf *out,
    struct buf *complaints, struct diag *d)
{
	/* No result may depend on a user's locale. */
	static const char *const locale[] = { "LC_ALL", "C.UTF-8", NULL };
	struct program_job p = {
		.program = program,
		.plan = { .argv = program->argv,
		    .in = memfd_create("in", MFD_CLOEXEC),
		    .errors = memfd_create("complaints", MFD_CLOEXEC),
		    .vars = locale,
		    .group = true },
		.out = out,
		.complaints = complaints,
	};
	int err = run_job(&p, d);

	if (p.plan.in >= 0)
		close(p.plan.in);
	if (p.plan.errors >= 0)
		close(p.plan.errors);
	return err;
}

bool
program_is_there(const char *name)
{
	struct str rest = str_of(getenv("PATH")), folder;
	LOCAL_BUF path = BUF_INIT;
	bool is = false;

	while (!is && rest.n > 0) {
		folder = str_cut(rest, ':', &rest);
		buf_clear(&path);
		buf_printf(&path, "%.*s/%s", STR_ARG(folder), name);
		is = path.err == 0 && access(buf_cstr(&path), X_OK) == 0;
	}
	return is;
}

/* ---- quoting for POSIX shells (XCU 2.2, 2.6.3) ---- */

/* Nothing in S, which is safe, is a shell's; no letter of other alphabets is.
 */
static bool
needs_no_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_alnum(s.p[i]) && (unsigned char)s.p[i] < 0x80 &&
		    memchr("._-=%:,/@+", s.p[i], 10) == NULL)
			return false;
	return s.n > 0;
}

/* It is shown as it is; *ERR keeps that there was no memory to tell. */
static bool
is_safe(struct str s, int *err)
{
	struct buf safe = BUF_INIT;
	bool same;

	utf8_add_safe(&safe, s);
	same = str_eq(buf_view(&safe), s);
	buf_end(&safe, err);
	return same;
}

/* Bytes as a format of printf within single quotes. */
static void
program_put_format(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '%')
			buf_puts(b, "%%");
		else if (c < ' ' || c > '~' || c == '\'' || c == '\\')
			buf_printf(b, "\\%03o", c);
		else
			buf_putc(b, s.p[i]);
	}
}

void
shell_put_word(struct buf *b, const char *text)
{
	struct str s = str_of(text);

	if (!is_safe(s, &b->err)) {
		/* "--": a word that begins with a stroke is not an option. */
		buf_puts(b, "\"$(printf -- '");
		program_put_format(b, s);
		buf_puts(b, "')\"");
		return;
	}
	if (needs_no_quotes(s)) {
		buf_str(b, s);
		return;
	}
	buf_putc(b, '\'');
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\'')
			buf_puts(b, "'\\''");
		else
			buf_putc(b, s.p[i]);
	buf_putc(b, '\'');
}

bool
shell_has_word(const char *text)
{
	return !str_ends(str_of(text), "\n");
}
