/* Who is where, by number, where they say so; and what is handed in. */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/fd.h"
#include "base/i18n.h"
#include "grade/handin.h"
#include "trace/json_fields.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Of one member, and of a student with a lab. */
#define HANDINS_MAX 50

/* Who came by an address was not asked; and a number may turn out wrong. */
int
classroom_take_number(struct member *m, const char *number, struct diag *d)
{
	if (number == NULL || *number == '\0')
		return 0;
	if (strlen(number) >= sizeof(m->number))
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a student's number has at most %d bytes"),
		    NUMBER_MAX - 1);
	memset(m->number, 0, sizeof(m->number));
	memcpy(m->number, number, strlen(number));
	return 0;
}

int
classroom_progress(struct asked *a, struct buf *out, struct diag *d)
{
	const char *lab = a->r->lab != NULL ? a->r->lab : "";
	struct member *m = a->m;

	(void)out;
	if (strlen(lab) >= sizeof(m->lab))
		return diag_set(
		    d, ERR_LIMIT, NULL, 0, _("no lab has such a name"));
	if (classroom_take_number(m, a->r->number, d) != 0)
		return d->err;
	if (strcmp(lab, m->lab) != 0 || a->r->nth != m->task ||
	    a->r->stuck != m->stuck)
		m->since_ms = a->who->now_ms;
	strncpy(m->lab, lab, sizeof(m->lab) - 1);
	m->lab[strlen(lab)] = '\0';
	m->task = a->r->nth;
	m->record = a->r->record;
	m->stuck = a->r->stuck;
	classroom_changed_who(a->c);
	return 0;
}

struct told {
	const char *number, *name, *lab;
	int64_t task, record, seconds, handed_in;
	bool stuck, here;
};

static const struct field told_fields[] = {
	FIELD(struct told, number, TEXT, "the student's"),
	FIELD(struct told, name, TEXT, "as the list of the class has it"),
	FIELD(struct told, lab, TEXT, "where the student is"),
	FIELD(struct told, task, NUMBER, "from 0"),
	FIELD(struct told, record, NUMBER, "the position"),
	FIELD(struct told, seconds, NUMBER, "for how long"),
	FIELD(struct told, stuck, FLAG, "who does not get on"),
	FIELD(struct told, here, FLAG, "who was there in the last minute"),
	FIELD(struct told, handed_in, NUMBER, "how often"),
	FIELDS_END,
};

/* M has gone, and N is here who says the same number: nobody is told of
 * twice. */
static bool
is_followed(
    const struct asked *a, const struct member *m, const struct member *n)
{
	return m != n && n->there && m->number[0] != '\0' &&
	       strcmp(m->number, n->number) == 0 &&
	       !classroom_is_here(m, a->who->now_ms) &&
	       classroom_is_here(n, a->who->now_ms);
}

static bool
is_followed_by_any(const struct asked *a, const struct member *m)
{
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (is_followed(a, m, &a->c->members[i]))
			return true;
	return false;
}

/* How often M has handed in, and whom it follows. */
static int64_t
count_handed_in(const struct asked *a, const struct member *m)
{
	int64_t n = m->handed_in;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (a->c->members[i].there &&
		    is_followed(a, &a->c->members[i], m))
			n += a->c->members[i].handed_in;
	return n;
}

static void
put_told(const struct asked *a, const struct member *m, struct buf *out)
{
	const struct roster_row *row =
	    a->c->o.roster != NULL ? roster_find(a->c->o.roster, m->number)
				   : NULL;
	struct told told = { .number = m->number,
		.name = row != NULL ? row->name : "",
		.lab = m->lab,
		.task = m->task,
		.record = m->record,
		.seconds = (a->who->now_ms - m->since_ms) / 1000,
		.handed_in = count_handed_in(a, m),
		.stuck = m->stuck,
		.here = classroom_is_here(m, a->who->now_ms) };

	json_put_object(told_fields, &told, out);
}

int
classroom_who(struct asked *a, struct buf *out, struct diag *d)
{
	const char *between = "";

	(void)d;
	json_open(out, "who", '[');
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++) {
		const struct member *m = &a->c->members[i];

		/* Who does not say where it is, is not told of. */
		if (!m->there || m->teacher ||
		    (m->lab[0] == '\0' && count_handed_in(a, m) == 0) ||
		    is_followed_by_any(a, m))
			continue;
		buf_puts(out, between);
		put_told(a, m, out);
		between = ",";
	}
	buf_putc(out, ']');
	return 0;
}

/* ---- handing in ---- */

/* What of TEXT may stand in a file's name. */
static void
put_plain(struct buf *out, const char *text)
{
	size_t n = 0;

	for (; text != NULL && *text != '\0' && n < 64; text++, n++)
		buf_putc(out, isalnum((unsigned char)*text) || *text == '-'
				  ? *text
				  : '_');
}

/* A file that was not there, called by the lab and the student, and from the
 * second on by how many these have. */
static int
create_file(
    const struct classroom *c, const struct work *w, struct buf *name, int *fd)
{
	int err = ERR_LIMIT;

	*fd = -1;
	for (unsigned nth = 1; *fd < 0 && nth <= HANDINS_MAX; nth++) {
		buf_clear(name);
		buf_printf(name, "%s/", c->folder);
		put_plain(name, w->answers.lab);
		buf_putc(name, '-');
		put_plain(name, w->student);
		if (nth > 1)
			buf_printf(name, ".%u", nth);
		buf_puts(name, ".rung");
		if (name->err != 0)
			return name->err;
		*fd = open(buf_cstr(name),
		    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		err = *fd >= 0 || access(buf_cstr(name), F_OK) == 0 ? ERR_LIMIT
								    : ERR_IO;
		if (err == ERR_IO)
			return err;
	}
	return *fd >= 0 ? 0 : err;
}

static int
keep(const struct classroom *c, const struct work *w, struct str text,
    struct buf *name)
{
	int fd, err = create_file(c, w, name, &fd);

	if (err != 0)
		return err;
	if (fd_write(fd, text) != 0)
		err = ERR_IO;
	if (close(fd) != 0)
		err = ERR_IO;
	if (err != 0)
		unlink(buf_cstr(name));
	return err;
}

int
classroom_hand_in(struct asked *a, struct buf *out, struct diag *d)
{
	struct str text = str_of(a->r->text != NULL ? a->r->text : "");
	struct work w = WORK_INIT;
	struct buf name = BUF_INIT;
	int err = 0;

	if (a->c->folder == NULL)
		err = diag_set(
		    d, ERR_STATE, NULL, 0, _("nothing can be handed in here"));
	else if (a->m->handed_in >= HANDINS_MAX)
		err = ERR_LIMIT;
	if (err == 0)
		err = handin_read_head(&w, text);
	if (err == 0 && (w.answers.lab == NULL || w.student == NULL))
		err = diag_set(d, ERR_SYNTAX, NULL, 0, _("that is no hand-in"));
	if (err == 0)
		err = keep(a->c, &w, text, &name);
	if (err == ERR_LIMIT)
		diag_set(d, err, NULL, 0,
		    _("of one student at most %d hand-ins are taken"),
		    HANDINS_MAX);
	if (err == 0) {
		ptrdiff_t slash = str_rchr(buf_view(&name), '/');

		a->m->handed_in++;
		a->c->handed_in++;
		classroom_changed_who(a->c);
		json_put_field(out, "file",
		    str_slice(buf_view(&name), (size_t)slash + 1, name.n));
	}
	work_free(&w);
	buf_end(&name, &err);
	return err;
}
