/* A node's program as a process of this machine. */
#include "live/process.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "inputs/inputs.h"
#include "inputs/share.h"
#include "jobs/child.h"
#include "text/json.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define WORDS     32
#define CPU_S     60
#define MEMORY    (UINT64_C(1) << 30)
#define FILES     64
#define ANSWER_MS 5000
#define END_MS    500  /* from the end of its input to SIGTERM */
#define TERM_MS   100  /* … and from that to SIGKILL */
#define SAID      2000 /* of standard error, the last of it */
#define QUOTED    80   /* of a line that is not an answer */

struct process {
	struct child child;
	int io, errors;
	bool boxed, ended;
	char *command; /* its words, with NULs between */
	char *words[WORDS + 1];
	uint64_t asked; /* so many questions */
	bool numbers;   /* its answers have their numbers */
	int64_t begun;  /* ms: its last question */
	int64_t waits;  /* … whose answer is waited for up to there */
	struct buf out;
	struct temp_folder own; /* where it runs, unless that is the run's */
	struct process_account *account; /* or NULL */
	struct buf in;                   /* that came behind the last answer */
	struct buf said;                 /* on standard error */
};

/* ---- the child ---- */

static const struct child_limit process_limits[] = { { RLIMIT_CPU, CPU_S },
	{ RLIMIT_AS, MEMORY }, { RLIMIT_NOFILE, FILES } };

/* Python draws how it orders sets, and keeps what it prints: two runs are to be
 * the same, and a line is to come when it is printed. */
static const char *const process_vars[] = { "PYTHONHASHSEED", "0",
	"PYTHONUNBUFFERED", "1", "PYTHONDONTWRITEBYTECODE", "1", NULL };

/* COMMAND's words; false: there are none, or more than a process gets. */
static bool
take_words(struct process *p)
{
	size_t n = 0;

	for (char *rest, *word = strtok_r(p->command, " \t\n", &rest);
	     word != NULL; word = strtok_r(NULL, " \t\n", &rest)) {
		if (n == WORDS)
			return false;
		p->words[n++] = word;
	}
	return n > 0;
}

/* 0 or errno. */
static int
begin_process(struct process *p, const char *folder, const struct box *box)
{
	int errors[2], err;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, errors) != 0)
		return errno;
	err = child_begin_talk(&p->child,
	    (struct child_plan){ .argv = (const char *const *)p->words,
		.out = CHILD_INPUT,
		.errors = errors[1],
		.folder = folder,
		.vars = process_vars,
		.limits = process_limits,
		.nlimits = COUNT_OF(process_limits),
		.group = true,
		.kept = true,
		.box = box },
	    &p->io);
	close(errors[1]);
	p->errors = errors[0];
	return err;
}

/* ---- talking ---- */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- what a work takes ---- */

/* The processor's time of this process, and of none that it has begun. */
static int64_t
computed_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* How long all programs have been waited for. */
static int64_t waited_ms;

int64_t
process_waited_ns(void)
{
	return waited_ms * 1000000;
}

/* A has waited since BEGUN. */
static void
process_add_wait(struct process_account *a, int64_t begun)
{
	waited_ms += now_ms() - begun;
	if (a != NULL)
		a->waited_ms += now_ms() - begun;
}

/* A's time that is left; a long time, if it has no bound. */
static int64_t
process_left_ms(const struct process_account *a)
{
	if (a == NULL || a->most_ms <= 0)
		return INT64_MAX;
	return a->most_ms - a->waited_ms -
	       (a->begun_ms > 0 ? computed_ms() - a->begun_ms : 0);
}

/* What has come on standard error; of much the last.  False: its end has. */
static bool
take_errors(struct process *p)
{
	char bytes[1024];
	ssize_t n;

	while ((n = recv(p->errors, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
		if (p->said.n > SAID)
			buf_clear(&p->said);
		buf_str(&p->said, (struct str){ bytes, (size_t)n });
		if (now_ms() > p->waits)
			break;
	}
	return n != 0;
}

/* Waits until what it is asked can be written, or an answer read; what it
 * writes to standard error meanwhile does not stop it.  False: too late. */
static bool
process_await(struct process *p, short what)
{
	struct pollfd fds[2] = { { .fd = p->io, .events = what },
		{ .fd = p->errors, .events = POLLIN } };

	for (;;) {
		int64_t left = p->waits - now_ms();

		if (left <= 0)
			return false;
		if (poll(fds, 2, (int)left) < 0)
			continue;
		if (fds[1].revents != 0 && !take_errors(p))
			fds[1].fd = -1;
		if (fds[0].revents != 0)
			return true;
	}
}

/* The last line of S, without blanks around it. */
static struct str
last_line(struct str s)
{
	ptrdiff_t at = str_rchr(str_trim(s), '\n');

	s = str_trim(s);
	return str_trim(str_slice(s, (size_t)(at + 1), s.n));
}

/* Where Python says that it was: `File "/…/mine.py", line 12, in answer`, the
 * last such line of S whose file lies where it runs; "mine.py:12: ". */
static void
process_put_place(struct str s, struct buf *out)
{
	struct str line, file, rest, found = STR_NULL;
	uint32_t number = 0, n;
	ptrdiff_t at;

	while (s.n > 0) {
		line = str_trim(str_cut(s, '\n', &s));
		if (!str_starts(line, "File \"") ||
		    str_find(line, "/lib/python") >= 0 ||
		    str_find(line, "\"<") >= 0)
			continue;
		file = str_cut(str_slice(line, 6, line.n), '"', &rest);
		at = str_find(rest, "line ");
		rest = str_slice(rest, (size_t)(at + 5), rest.n);
		if (at < 0 || str_u32(str_cut(rest, ',', &rest), &n) != 0)
			continue;
		at = str_rchr(file, '/');
		found = str_slice(file, (size_t)(at + 1), file.n);
		number = n;
	}
	if (found.n > 0)
		buf_printf(out, "%.*s:%u: ", STR_ARG(found), (unsigned)number);
}

/* No program of A's work is asked any more; the work is not to blame for D. */
static int
process_give_up(struct process_account *a, const struct diag *d)
{
	if (a != NULL && a->over[0] == '\0')
		snprintf(a->over, sizeof(a->over), "%s", d->text);
	return d->err;
}

/* While an answer is waited for since BEGUN (0: none). */
static int
process_look_since(struct process_account *a, int64_t begun, struct diag *d)
{
	int64_t waits = begun > 0 ? now_ms() - begun : 0;

	if (a != NULL && a->over[0] != '\0')
		return diag_set(d, ERR_LIMIT, NULL, 0, "%s", a->over);
	if (process_left_ms(a) > waits)
		return 0;
	waits += a->waited_ms;
	a->computed = waits < a->most_ms / 2;
	diag_set(d, ERR_LIMIT, NULL, 0,
	    _("this work's programs had %lld s, which is the limit: rung "
	      "waited "
	      "%lld s for them and computed what they caused; "
	      "--limit=wall=TIME raises it"),
	    (long long)a->most_ms / 1000, (long long)waits / 1000);
	return process_give_up(a, d);
}

static int
process_look(struct process_account *a, struct diag *d)
{
	return process_look_since(a, 0, d);
}

/* Before its first answer it ends with the status by which shells and the
 * loader of libraries say that a file is missing: the box has not all that it
 * needs. */
static bool
process_lacks_files(struct process *p)
{
	int status = p->boxed && p->asked <= 1
			 ? child_exit_status(&p->child, END_MS)
			 : -1;

	return status == 126 || status == 127;
}

/* It is asked no more: D's error, which tells how it has ended. */
static int
process_tell_end(struct process *p, const char *how, struct diag *d)
{
	LOCAL_BUF said = BUF_INIT;
	char exit[64] = "";
	int status = -1;

	p->ended = true;
	take_errors(p);
	process_put_place(buf_view(&p->said), &said);
	if (said.n == 0 && !p->boxed && now_ms() < p->waits)
		status = child_exit_status(&p->child, END_MS);
	if (status >= 0)
		snprintf(exit, sizeof(exit), _(" (exit status %d)"), status);
	buf_str(&said, last_line(buf_view(&p->said)));
	if (process_lacks_files(p)) {
		diag_set(d, ERR_IO, NULL, 0,
		    _("the box lacks a file that %s needs (%s); "
		      "--processes=trusted runs it with all your rights"),
		    p->words[0], buf_cstr(&said));
		return process_give_up(p->account, d);
	}
	diag_set(d, ERR_IO, NULL, 0, "%s %s%s%s%s", p->words[0], how,
	    said.n > 0 ? ": " : "", buf_cstr(&said), exit);
	return d->err;
}

/* The last question or answer took too long: whose bound it was. */
static int
process_tell_late(struct process *p, const char *how, struct diag *d)
{
	struct process_account *a = p->account;

	p->ended = true;
	if (process_look_since(a, p->begun, d) != 0)
		return d->err;
	if (a != NULL)
		a->late++;
	return process_tell_end(p, how, d);
}

/* Of what it is asked all goes at once: it reads before it answers. */
static int
write_all(struct process *p, struct str text, struct diag *d)
{
	while (text.n > 0) {
		ssize_t n;

		if (!process_await(p, POLLOUT))
			return process_tell_late(
			    p, _("does not read its input"), d);
		n = send(p->io, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		/* Whether it ended before it was asked or after is chance. */
		if (n < 0)
			return process_tell_end(
			    p, _("has ended without an answer"), d);
		text = str_slice(text, (size_t)n, text.n);
	}
	return 0;
}

/* The next line of what it writes, without its end. */
static int
read_line(struct process *p, struct buf *line, struct diag *d)
{
	struct buf rest = BUF_INIT;
	char bytes[8192];
	ptrdiff_t at;

	while ((at = str_chr(buf_view(&p->in), '\n')) < 0) {
		ssize_t n;

		if (!process_await(p, POLLIN))
			return process_tell_late(
			    p, _("has not answered within 5 s"), d);
		n = recv(p->io, bytes, sizeof(bytes), MSG_DONTWAIT);
		if (n > 0)
			buf_str(&p->in, (struct str){ bytes, (size_t)n });
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return process_tell_end(
			    p, _("has ended without an answer"), d);
		if (p->in.err != 0 || p->in.n > 2 * PROCESS_ANSWER_MAX)
			return process_tell_end(
			    p, _("writes a line without an end"), d);
	}
	buf_str(line, str_trim(str_slice(buf_view(&p->in), 0, (size_t)at)));
	buf_str(&rest, str_slice(buf_view(&p->in), (size_t)at + 1, p->in.n));
	buf_free(&p->in);
	p->in = rest;
	return p->in.err;
}

/* The number of the event that LINE, an answer, names, and its list; false: it
 * names none. */
static bool
is_numbered(struct str line, int64_t *n, struct json_value *list)
{
	struct json_value v = { 0 };

	if (json_read(&line, &v) != 0 || v.type != JSON_OBJECT ||
	    json_int(json_member(v, "n"), n) != 0)
		return false;
	*list = json_member(v, "do");
	return true;
}

/* A program that has printed a list before it read its first event writes the
 * numbered answer to that at once. */
#define FOLLOWED_MS 10

static bool
is_followed(struct process *p)
{
	struct pollfd io = { .fd = p->io, .events = POLLIN };
	struct json_value list;
	char bytes[8192];
	ptrdiff_t at;
	int64_t n;

	while ((at = str_chr(buf_view(&p->in), '\n')) < 0) {
		ssize_t got =
		    poll(&io, 1, FOLLOWED_MS) > 0
			? recv(p->io, bytes, sizeof(bytes), MSG_DONTWAIT)
			: 0;

		if (got <= 0 || p->in.n > PROCESS_ANSWER_MAX)
			return false;
		buf_str(&p->in, (struct str){ bytes, (size_t)got });
		if (p->in.err != 0)
			return false;
	}
	return is_numbered(
		   str_slice(buf_view(&p->in), 0, (size_t)at), &n, &list) &&
	       n == (int64_t)p->asked;
}

/* Is LINE the answer to the last question?  Its list is appended to ANSWER.  A
 * program that has numbered an answer numbers all.  Before its first answer it
 * may print a greeting. */
static bool
take_answer(struct process *p, struct str line, struct buf *answer)
{
	struct json_value v = { 0 }, list;
	struct str rest = line;
	int64_t n;

	if (is_numbered(line, &n, &list)) {
		p->numbers = true;
		if (n != (int64_t)p->asked || list.type != JSON_ARRAY)
			return false;
		line = list.raw;
	} else if (p->numbers || (p->asked == 1 && (json_read(&rest, &v) != 0 ||
						       v.type != JSON_ARRAY ||
						       is_followed(p)))) {
		return false;
	}
	buf_str(answer, line);
	return true;
}

/* Lines until the answer; the others shift nothing, and D's text quotes one. */
static int
read_answer(struct process *p, struct buf *answer, struct diag *d)
{
	LOCAL_BUF line = BUF_INIT;
	int err = read_line(p, &line, d);

	while (err == 0 && !take_answer(p, buf_view(&line), answer)) {
		diag_set(d, 0, NULL, 0,
		    _("has written “%.*s”, which is not an answer to event "
		      "%llu"),
		    STR_ARG(str_slice(buf_view(&line), 0, QUOTED)),
		    (unsigned long long)p->asked);
		/* The last of it is told if no answer comes. */
		buf_str(&p->said, buf_view(&line));
		buf_putc(&p->said, '\n');
		buf_clear(&line);
		err = read_line(p, &line, d);
	}
	return err != 0 ? err : line.err;
}

static int
process_ask(
    void *process, struct str question, struct buf *answer, struct diag *d)
{
	struct process *p = process;
	int64_t left = process_left_ms(p->account);
	int err;

	if (p->ended)
		return diag_set(d, ERR_IO, NULL, 0, "%s", "");
	if (process_look(p->account, d) != 0) {
		p->ended = true;
		return d->err;
	}
	p->begun = now_ms();
	p->waits = p->begun + (left < ANSWER_MS ? left : ANSWER_MS);
	take_errors(p);
	buf_clear(&p->out);
	/* Its number is none of the run's. */
	p->asked++;
	buf_printf(&p->out, "{\"n\":%llu,", (unsigned long long)p->asked);
	buf_str(&p->out, str_slice(question, 1, question.n));
	buf_putc(&p->out, '\n');
	err = p->out.err;
	if (err == 0)
		err = write_all(p, buf_view(&p->out), d);
	if (err == 0)
		err = read_answer(p, answer, d);
	process_add_wait(p->account, p->begun);
	p->begun = 0;
	return err;
}

/* ---- its end ---- */

/* Its input ends, which is the end of most; all that then is left of it, and of
 * what it has started, is killed. */
static void
end(void *process)
{
	struct process *p = process;
	int64_t begun = now_ms();

	if (p->io >= 0)
		shutdown(p->io, SHUT_RDWR);
	if (p->child.pid != 0) {
		if (!p->ended)
			child_has_ended(&p->child, END_MS);
		child_end(&p->child, TERM_MS);
	}
	if (p->io >= 0)
		close(p->io);
	if (p->errors >= 0)
		close(p->errors);
	buf_free(&p->out);
	buf_free(&p->in);
	buf_free(&p->said);
	temp_folder_remove(&p->own);
	process_add_wait(p->account, begun);
	mem_free(p->command);
	mem_free(p);
}

/* The run's texts, in FOLDER. */
static int
lay_out(const char *folder, const struct inputs *in, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < in->nprograms; i++) {
		const struct input_program *f = &in->programs[i];
		LOCAL_BUF path = BUF_INIT, text = BUF_INIT;

		/* A command's text is none of a file. */
		if (strchr(f->file, '/') != NULL || f->file[0] == '.' ||
		    inputs_is_command(str_of(f->file)))
			continue;
		buf_printf(&path, "%s/%s", folder, f->file);
		buf_puts(&text, f->text);
		err = path.err != 0 || text.err != 0
			  ? ERR_NOMEM
			  : buf_write_file(&text, buf_cstr(&path));
		if (err == ERR_IO)
			diag_set(d, err, buf_cstr(&path), 0, "%s",
			    err_system(errno));
	}
	return err;
}

/* In the box, whose memory FOLDER is. */
static int
lay_out_in_box(void *arg, const char *folder)
{
	struct diag d = DIAG_INIT;
	int err = lay_out(folder, arg, &d);

	return err == 0 ? 0 : err == ERR_IO ? errno : ENOMEM;
}

/* Where labs and their answers are that a box would show, and WHAT is to be
 * hidden besides. */
#define HIDDEN_MOST 32

static void
process_find_hidden(
    const char *const *what, const char *hidden[HIDDEN_MOST + 1])
{
	static const char *const names[] = { "labs", "teachers" };
	LOCAL_BUF place = BUF_INIT;
	size_t n = 0, top;
	int err = 0;

	for (unsigned i = 0; err != ERR_RANGE && n < HIDDEN_MOST; i++) {
		buf_clear(&place);
		err = share_place(&place, i);
		top = place.n;
		for (size_t k = 0; err == 0 && k < COUNT_OF(names); k++) {
			buf_truncate(&place, top);
			buf_puts(&place, names[k]);
			hidden[n] = realpath(buf_cstr(&place), NULL);
			n += n < HIDDEN_MOST && hidden[n] != NULL;
		}
	}
	for (; what != NULL && *what != NULL && n < HIDDEN_MOST; what++) {
		hidden[n] = realpath(*what, NULL);
		n += hidden[n] != NULL;
	}
	hidden[n] = NULL;
}

/* Begins P, which has its words.  0 or D's error. */
static int
process_begin_it(struct process *p, const struct inputs *in, struct diag *d)
{
	const char *hidden[HIDDEN_MOST + 1] = { NULL };
	const struct box box = { lay_out_in_box, (void *)in, hidden };
	bool boxed = in->processes->boxed;

	p->boxed = boxed;
	const char *folder = in->folder;
	int err = 0, why;

	if (boxed) {
		folder = NULL;
		process_find_hidden(in->processes->hidden, hidden);
	} else if (in->processes->apart) {
		err = temp_folder_make(&p->own, "rung-program", d);
		folder = buf_cstr(&p->own.path);
		if (err == 0)
			err = lay_out(folder, in, d);
	}
	why = err == 0 ? begin_process(p, folder, boxed ? &box : NULL) : 0;
	for (size_t i = 0; hidden[i] != NULL; i++)
		free((char *)hidden[i]);
	if (why == 0)
		return err;
	if (p->child.lacks != BOX_NOTHING)
		diag_set(d, ERR_IO, NULL, 0,
		    _("%s can't be started in a box: %s: %s"), p->words[0],
		    box_need_text(p->child.lacks), err_system(why));
	diag_set(d, ERR_IO, NULL, 0, _("%s can't be started: %s"), p->words[0],
	    err_system(why));
	return process_give_up(p->account, d);
}

static int
process_start(const char *command, const struct inputs *in, void **process,
    struct diag *d)
{
	struct process_account *a = in->processes->account;
	struct process *p = mem_zalloc(1, sizeof(*p));
	int err = p != NULL ? 0 : ERR_NOMEM;

	if (err == 0) {
		p->io = p->errors = -1;
		p->own = TEMP_FOLDER_INIT;
		p->account = a;
		p->command = mem_strdup(command);
		err = p->command != NULL ? 0 : ERR_NOMEM;
	}
	if (err == 0 && !take_words(p))
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s”: a command must have 1 to %d words"), command,
		    WORDS);
	if (err == 0 && a != NULL && a->begun_ms == 0)
		a->begun_ms = computed_ms() + 1;
	if (err == 0)
		err = process_look(a, d);
	if (err == 0 && a != NULL && a->late >= PROCESS_LATE_MAX)
		err = diag_set(d, ERR_IO, NULL, 0,
		    _("%s was too late %d times and is not started again"),
		    p->words[0], PROCESS_LATE_MAX);
	if (err == 0) {
		int64_t begun = now_ms();

		err = process_begin_it(p, in, d);
		process_add_wait(a, begun);
	}
	if (err != 0 && p != NULL)
		end(p);
	else
		*process = p;
	return diag_fail(d, err);
}

const struct inputs_processes process_of_machine = {
	.start = process_start,
	.ask = process_ask,
	.end = end,
	.look = process_look,
};

struct inputs_processes
process_apart(bool boxed, struct process_account *account)
{
	struct inputs_processes p = process_of_machine;

	p.apart = true;
	p.boxed = boxed;
	p.account = account;
	return p;
}

int
process_try_box(struct diag *d)
{
	static const char *const words[] = { "true", NULL };
	const struct box box = { NULL, NULL, NULL };
	const struct child_plan plan = { .argv = words,
		.in = CHILD_NULL,
		.out = CHILD_NULL,
		.errors = CHILD_NULL,
		.group = true,
		.box = &box };
	struct child c;
	int err = child_begin(&c, &plan);

	/* It may begin well, and not get to its end. */
	if (err == 0 && child_wait(&c) != 0) {
		c.lacks = BOX_PROGRAM;
		err = ENOEXEC;
	}
	return err == 0 ? 0
			: diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			      _("--processes: students' programs run in a "
				"sandbox, and this machine can't make one: %s "
				"(%s) is missing; --processes=trusted runs "
				"them with all your rights"),
			      box_need_text(c.lacks), err_system(err));
}
