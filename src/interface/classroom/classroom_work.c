/* The tasks where students are, by number, as far as they report it; and
 * hand-ins. */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "grade/handin.h"
#include "text/json_fields.h"

#include <string.h>

/* Bytes of a browser's other numbers in the teacher's list. */
#define ALSO_MAX 24

int
classroom_check_lab(const char *lab, struct diag *d)
{
	struct str rest = str_of(lab != NULL ? lab : "");
	bool leads = rest.n > 0 && rest.p[0] == '/';
	bool good = rest.n > 0 && rest.n < LAB_MAX && !utf8_has_unseen(rest);

	while (rest.n > 0)
		leads |= str_is(str_cut(rest, '/', &rest), "..");
	return good && !leads ? 0
			      : diag_set(d, ERR_NOTFOUND, NULL, 0,
				    _("there is no lab of that name"));
}

int
classroom_progress(struct asked *a, struct buf *out, struct diag *d)
{
	const char *lab = a->r->lab != NULL ? a->r->lab : "";
	struct member *m = a->m;
	int err;

	(void)out;
	err = lab[0] != '\0' ? classroom_check_lab(lab, d) : 0;
	if (err == 0)
		err = classroom_take_number(a, m, a->r->number, d);
	if (err != 0)
		return err;
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
	const char *number, *name, *lab, *address, *also, *question;
	int64_t member, task, record, seconds, handed_in, tries;
	bool stuck, here, doubled;
};

static const struct field told_fields[] = {
	FIELD(struct told, number, TEXT, "the student's"),
	FIELD(struct told, name, TEXT, "as the list of the class has it"),
	FIELD(struct told, lab, TEXT, "where the student is"),
	FIELD(struct told, task, NUMBER, "from 0"),
	FIELD(struct told, record, NUMBER, "the position"),
	FIELD(
	    struct told, seconds, NUMBER, "for how long; 0 if no lab is said"),
	FIELD(struct told, stuck, FLAG, "who does not get on"),
	FIELD(struct told, here, FLAG, "who was there in the last minute"),
	FIELD(struct told, handed_in, NUMBER, "how often"),
	FIELD(struct told, address, TEXT, "from where"),
	FIELD(struct told, member, NUMBER, "for `put_out` and `assign`"),
	FIELD(struct told, doubled, FLAG,
	    "another has the same number, and it is not assigned to this one"),
	FIELD(struct told, tries, NUMBER, "wrong words that were said for it"),
	FIELD(struct told, also, TEXT,
	    "other numbers that this browser has said"),
	FIELD(struct told, question, TEXT, "the last question of a mark"),
	FIELDS_END,
};

/* M has gone, and N is here with the same number: no student is listed
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

/* Another browser has M's number (handins_same_number), and has said its word
 * if M has. */
static bool
is_doubled(const struct classroom *c, const struct member *m)
{
	bool other =
	    !m->sure && handins_have_other(&c->handins, m->number, m->browser);

	if (m->number[0] == '\0' ||
	    handins_are_settled(&c->handins, m->number, m->browser))
		return false;
	for (size_t i = 0; i < c->o.seats && !other; i++) {
		const struct member *n = &c->members[i];

		other = n->there && !n->out && n->number[0] != '\0' &&
			(n->sure || !m->sure) &&
			strcmp(n->browser, m->browser) != 0 &&
			handins_same_number(n->number, m->number);
	}
	return other;
}

/* M is in a lab, has asked or has handed in, so the list has a line for it. */
static bool
has_shown(const struct member *m)
{
	return m->lab[0] != '\0' || m->question[0] != '\0' || m->handed_in > 0;
}

/* M's browser has gone on as N: one browser is one line. */
static bool
is_covered(const struct member *m, const struct member *n)
{
	return m != n && n->there && !n->teacher && has_shown(n) &&
	       strcmp(m->browser, n->browser) == 0 &&
	       (n->seen_ms > m->seen_ms ||
		   (n->seen_ms == m->seen_ms && n->came > m->came));
}

/* The other numbers of M's browser, as many as a line takes. */
static void
put_also(const struct classroom *c, const struct member *m, struct buf *out)
{
	for (size_t i = 0; i < c->o.seats && out->n < ALSO_MAX; i++) {
		const struct member *n = &c->members[i];

		if (n == m || !n->there || n->number[0] == '\0' ||
		    strcmp(n->browser, m->browser) != 0 ||
		    strcmp(n->number, m->number) == 0)
			continue;
		buf_printf(out, "%s%s", out->n > 0 ? ", " : "", n->number);
		if (out->n >= ALSO_MAX)
			buf_puts(out, ", …");
	}
}

static bool
is_followed_by_any(const struct asked *a, const struct member *m)
{
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (is_followed(a, m, &a->c->members[i]) ||
		    is_covered(m, &a->c->members[i]))
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
		    (is_followed(a, &a->c->members[i], m) ||
			is_covered(&a->c->members[i], m)))
			n += a->c->members[i].handed_in;
	return n;
}

static void
class_work_put_told(
    const struct asked *a, const struct member *m, struct buf *out)
{
	const struct roster_row *row = classroom_row_of(a->c, m);
	LOCAL_BUF also = BUF_INIT;
	struct told told = { .number = m->number,
		.address = m->address,
		.member = m - a->c->members,
		.name = row != NULL ? row->name : "",
		.lab = m->lab,
		.question = m->question,
		.task = m->task,
		.record = m->record,
		/* Of a member that does not say where it is, there is no time.
		 */
		.seconds = m->lab[0] != '\0'
			       ? (a->who->now_ms - m->since_ms) / 1000
			       : 0,
		.handed_in = count_handed_in(a, m),
		.stuck = m->stuck,
		.here = classroom_is_here(m, a->who->now_ms),
		.tries = classroom_tries(a->c, row),
		.doubled = is_doubled(a->c, m) };

	put_also(a->c, m, &also);
	told.also = buf_cstr(&also);
	json_put_object(told_fields, &told, out);
}

struct address {
	const char *address;
	int64_t seats, silent, voted;
};

static const struct field address_fields[] = {
	FIELD(struct address, address, TEXT, "from where"),
	FIELD(struct address, seats, NUMBER, "how many are in"),
	FIELD(struct address, silent, NUMBER,
	    "of these, who do not say where they are"),
	FIELD(struct address, voted, NUMBER, "how many have voted"),
	FIELDS_END,
};

/* Counts the address of member I; false: it was counted before. */
static bool
count_address(const struct classroom *c, size_t i, struct address *at)
{
	*at = (struct address){ .address = c->members[i].address };
	for (size_t k = 0; k < c->o.seats; k++) {
		const struct member *m = &c->members[k];

		if (strcmp(m->address, at->address) != 0)
			continue;
		if (k < i)
			return false;
		at->seats += classroom_is_in(c, k);
		at->silent += classroom_is_in(c, k) && m->lab[0] == '\0';
	}
	at->voted = classroom_count_votes(c, at->address);
	return at->address[0] != '\0';
}

static void
class_work_put_addresses(const struct classroom *c, struct buf *out)
{
	const char *between = "";
	struct address at;

	json_open(out, "addresses", '[');
	for (size_t i = 0; i < c->o.seats; i++) {
		if (!count_address(c, i, &at))
			continue;
		buf_puts(out, between);
		json_put_object(address_fields, &at, out);
		between = ",";
	}
	buf_putc(out, ']');
}

int
classroom_who(struct asked *a, struct buf *out, struct diag *d)
{
	const char *between = "";

	(void)d;
	json_put_field(out, "code", str_of(a->c->code));
	json_open(out, "who", '[');
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++) {
		const struct member *m = &a->c->members[i];

		/* A member that does not say where it is, is not listed. */
		if (!m->there || m->teacher || m->out ||
		    (!has_shown(m) && count_handed_in(a, m) == 0) ||
		    is_followed_by_any(a, m))
			continue;
		buf_puts(out, between);
		class_work_put_told(a, m, out);
		between = ",";
	}
	buf_putc(out, ']');
	class_work_put_addresses(a->c, out);
	classroom_put_guesses(a->c, out);
	return 0;
}

/* ---- handing in ---- */

const char *
classroom_first_with_number(const struct classroom *c, const struct member *m)
{
	const struct member *first = m;

	for (size_t i = 0; i < c->o.seats; i++)
		if (c->members[i].there && !c->members[i].out &&
		    c->members[i].said < first->said &&
		    handins_same_number(c->members[i].number, m->number))
			first = &c->members[i];
	return first->browser;
}

/* TEXT is a hand-in of M, whose number it has. */
static int
read_handin(struct asked *a, struct str text, struct work *w, struct diag *d)
{
	int err = handin_read_head(w, text);

	if (err != 0)
		return err;
	if (w->answers.lab == NULL || w->student == NULL)
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("that is not a hand-in"));
	err = classroom_check_lab(w->answers.lab, d);
	if (err == 0 && a->m->number[0] == '\0')
		err = classroom_take_number(a, a->m, w->student, d);
	if (err == 0 && !handins_same_number(a->m->number, w->student))
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("that is the work of %s, but you joined as %s; hand in "
		      "your own work"),
		    w->student, a->m->number);
	return err;
}

int
classroom_hand_in(struct asked *a, struct buf *out, struct diag *d)
{
	struct str text = str_of(a->r->text != NULL ? a->r->text : "");
	struct work w = WORK_INIT;
	struct buf name = BUF_INIT;
	int err = 0;

	if (a->who->now_ms < a->c->rests_until_ms) {
		a->end = CLASSROOM_LATER;
		return 0;
	}
	if (a->c->handins.folder == NULL)
		err = diag_set(
		    d, ERR_STATE, NULL, 0, _("this class accepts no hand-ins"));
	if (err == 0)
		err = read_handin(a, text, &w, d);
	if (err == 0) {
		a->wrote = true;
		err = handins_keep(&a->c->handins,
		    &(struct handin){ .text = text,
			.lab = w.answers.lab,
			.number = a->m->number,
			.browser = a->m->browser,
			.address = a->m->address,
			.sure = a->m->sure,
			.first = classroom_first_with_number(a->c, a->m) },
		    &name, d);
		classroom_changed_who(a->c);
	}
	if (err == 0) {
		a->m->handed_in++;
		a->c->handed_in++;
		json_put_field(out, "file", buf_view(&name));
		json_put_bool(out, "doubled", is_doubled(a->c, a->m));
	}
	work_free(&w);
	buf_end(&name, &err);
	return err;
}

int
classroom_assign(struct asked *a, struct buf *out, struct diag *d)
{
	struct classroom *c = a->c;
	bool known = a->r->member >= 0 && (size_t)a->r->member < c->o.seats;
	const struct member *m = &c->members[known ? a->r->member : 0];
	int err;

	(void)out;
	if (!known || !m->there || m->out || m->number[0] == '\0')
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no member with that number"));
	classroom_changed_who(c);
	err = handins_assign(&c->handins, &(struct handin){ .number = m->number,
					      .browser = m->browser,
					      .address = m->address });
	classroom_settle_votes(c, m->number);
	return err;
}
