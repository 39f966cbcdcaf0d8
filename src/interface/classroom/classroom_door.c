/*
 * Admission, by a code, and the choice of the member that gives way when all
 * seats are taken: one without requests for a minute, then the newest of the
 * address that has most.  A wrong code costs its sender a second of waiting,
 * and the others nothing: a class may have one address.
 */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"

#include <string.h>

/* A member without requests for so long has gone. */
#define HERE_MS 60000

struct member *
classroom_find(struct classroom *c, struct str token)
{
	struct member *found = NULL;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (c->members[i].there &&
		    classroom_same_secret(token, c->members[i].token))
			found = &c->members[i];
	return found;
}

struct member *
classroom_find_former(struct classroom *c, struct str token)
{
	struct member *found = NULL;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (c->members[i].there &&
		    classroom_same_secret(token, c->members[i].former))
			found = &c->members[i];
	return found;
}

void
classroom_see(struct classroom *c, struct member *m, int64_t now_ms)
{
	m->seen_ms = now_ms;
	if (!m->away)
		return;
	m->away = false;
	classroom_changed(c);
}

bool
classroom_is_here(const struct member *m, int64_t now_ms)
{
	return m->there && now_ms - m->seen_ms <= HERE_MS;
}

size_t
classroom_here(const struct classroom *c, int64_t now_ms)
{
	size_t n = 0;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		n += classroom_is_here(&c->members[i], now_ms);
	return n;
}

bool
classroom_knows(struct classroom *c, struct str token, size_t *member)
{
	const struct member *m = classroom_find(c, token);

	*member = m != NULL ? (size_t)(m - c->members) : 0;
	return m != NULL;
}

static int64_t
went_ms(const struct member *m)
{
	return m->token[0] == '\0' ? INT64_MIN / 2 : m->seen_ms;
}

/* How many seats its address has. */
static size_t
count_seats(const struct classroom *c, const struct member *m)
{
	size_t n = 0;

	for (size_t i = 0; i < c->o.seats; i++)
		n += strcmp(c->members[i].address, m->address) == 0;
	return n;
}

/* All seats being taken, the newest of the address that has most; NULL: none
 * has more than one. */
static struct member *
door_find_newest(struct classroom *c)
{
	struct member *newest = NULL;
	size_t most = 1;

	for (size_t i = 0; i < c->o.seats; i++) {
		struct member *m = &c->members[i];
		size_t n =
		    newest != NULL && strcmp(newest->address, m->address) == 0
			? most
			: count_seats(c, m);

		if (n < most || n == 1 ||
		    (n == most && newest != NULL && m->came < newest->came))
			continue;
		most = n;
		newest = m;
	}
	return newest;
}

/* A seat that is free or becomes free; NULL: none. */
static struct member *
find_seat(struct classroom *c, bool teacher, int64_t now_ms)
{
	size_t from = teacher ? CLASSROOM_SEATS_MAX : 0;
	size_t to = teacher ? CLASSROOM_MEMBERS_MAX : c->o.seats;
	struct member *oldest = &c->members[from];

	for (size_t i = from; i < to; i++) {
		struct member *m = &c->members[i];

		if (!m->there)
			return m;
		if (went_ms(m) < went_ms(oldest))
			oldest = m;
	}
	return teacher || now_ms - went_ms(oldest) > HERE_MS
		   ? oldest
		   : door_find_newest(c);
}

static int
make_token(struct classroom *c, char token[CLASSROOM_TOKEN_MAX])
{
	unsigned char secret[(CLASSROOM_TOKEN_MAX - 1) / 2];
	int err = c->o.secret(secret, sizeof(secret));

	for (size_t i = 0; err == 0 && i < sizeof(secret); i++) {
		token[2 * i] = "0123456789abcdef"[secret[i] >> 4];
		token[2 * i + 1] = "0123456789abcdef"[secret[i] & 15];
	}
	token[CLASSROOM_TOKEN_MAX - 1] = '\0';
	return err;
}

/* Is the code right?  *TEACHER: it is the teacher's, which lets in from this
 * machine alone: names of students are told there. */
static int
look_at_code(struct asked *a, bool *teacher, struct diag *d)
{
	struct str code = str_of(a->r->code != NULL ? a->r->code : "");

	*teacher =
	    a->who->here && classroom_same_secret(code, a->c->teacher_code);
	if (*teacher || classroom_same_secret(code, a->c->code))
		return 0;
	a->end = CLASSROOM_REFUSED;
	return diag_set(d, ERR_NOTFOUND, NULL, 0, _("the code is wrong"));
}

/* ---- coming in, coming back, leaving ---- */

/* A browser that shows M's token comes back as M, except with another number:
 * on one machine students come after one another. */
static bool
door_is_of(const struct member *m, bool teacher, const char *number)
{
	return m->teacher == teacher &&
	       (teacher || number[0] == '\0' || m->number[0] == '\0' ||
		   strcmp(m->number, number) == 0);
}

/* The member that A's token of an earlier visit is of, or NULL. */
static struct member *
find_earlier(struct asked *a)
{
	struct str token = str_of(a->r->again != NULL ? a->r->again : "");
	struct member *m = classroom_find(a->c, token);

	return m != NULL ? m : classroom_find_former(a->c, token);
}

/* May A come in: by the code, or without one by the token of EARLIER?  A token
 * is not guessed: a wrong one is no wrong code. */
static int
look_at_both(struct asked *a, const struct member *earlier, bool *teacher,
    struct diag *d)
{
	bool by_token =
	    a->r->again != NULL && (a->r->code == NULL || *a->r->code == '\0');

	if (!by_token)
		return look_at_code(a, teacher, d);
	*teacher = earlier != NULL && earlier->teacher;
	if (earlier != NULL && (!earlier->teacher || a->who->here))
		return 0;
	a->end = CLASSROOM_STRANGER;
	return diag_set(d, ERR_STATE, NULL, 0,
	    _("this browser has not joined the class; enter the code first"));
}

/* A is EARLIER again, and shows another token from now on; who still shows the
 * last one says a number and is there already. */
static int
come_back(struct asked *a, struct member *earlier)
{
	char token[CLASSROOM_TOKEN_MAX];
	int err;

	if (a->m == earlier)
		return 0;
	err = make_token(a->c, token);
	if (err != 0)
		return err;
	memcpy(earlier->former, earlier->token, sizeof(earlier->former));
	memcpy(earlier->token, token, sizeof(earlier->token));
	a->m = earlier;
	return 0;
}

/* A's browser, to M: that of EARLIER, what A shows, or a new one. */
static int
take_browser(
    const struct asked *a, const struct member *earlier, struct member *m)
{
	struct str shown =
	    earlier != NULL ? str_of(earlier->browser) : a->who->browser;

	if (shown.n != sizeof(m->browser) - 1)
		return make_token(a->c, m->browser);
	memcpy(m->browser, shown.p, shown.n);
	return 0;
}

static bool
is_barred(const struct classroom *c, const char *browser)
{
	bool barred = false;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		barred |=
		    c->members[i].out && classroom_same_secret(str_of(browser),
					     c->members[i].browser);
	return barred;
}

/* A is a new member. */
static int
come_in(
    struct asked *a, const struct member *earlier, bool teacher, struct diag *d)
{
	struct member *seat,
	    m = { .there = true, .teacher = teacher, .came = ++a->c->order };
	int err = take_browser(a, earlier, &m);

	if (err == 0 && is_barred(a->c, m.browser))
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("the teacher has removed the student who used this "
		      "browser"));
	if (err != 0)
		return err;
	strncpy(m.address, a->who->address, sizeof(m.address) - 1);
	seat = find_seat(a->c, teacher, a->who->now_ms);
	if (seat == NULL)
		return diag_set(d, ERR_LIMIT, NULL, 0, _("the class is full"));
	err = make_token(a->c, m.token);
	if (err != 0)
		return err;
	*seat = m;
	a->m = seat;
	/* The engine of who had this place before. */
	a->end = CLASSROOM_STOPPED;
	return 0;
}

int
classroom_join(struct asked *a, struct buf *out, struct diag *d)
{
	const char *number = a->r->number != NULL ? a->r->number : "";
	struct member *earlier = find_earlier(a);
	bool teacher = false, back;
	int err = look_at_both(a, earlier, &teacher, d);
	struct member probe = { .teacher = teacher };

	back = earlier != NULL && door_is_of(earlier, teacher, number);
	if (back)
		probe = *earlier;
	if (err == 0)
		err = classroom_take_number(a, &probe, number, d);
	if (err == 0)
		err = back ? come_back(a, earlier)
			   : come_in(a, earlier, teacher, d);
	if (err != 0)
		return err;
	err = classroom_take_number(a, a->m, number, d);
	if (err != 0)
		return err;
	a->m->seen_ms = a->who->now_ms;
	/* Others learn of it with the next news: a member that comes and goes
	 * all the time makes no others busy. */
	classroom_changed_who(a->c);
	json_put_field(out, "token", str_of(a->m->token));
	json_put_bool(out, "teacher", a->m->teacher);
	json_put_field(out, "number", str_of(a->m->number));
	json_put_bool(out, "back", back);
	json_put_field(out, "lab", str_of(a->m->lab));
	json_put_bool(out, "stuck", a->m->stuck);
	return 0;
}

/* What was voted and handed in stays; the engine ends. */
int
classroom_leave(struct asked *a, struct buf *out, struct diag *d)
{
	(void)out;
	(void)d;
	classroom_leave_vote(a->c, a->m);
	a->m->stuck = false;
	a->m->lab[0] = '\0';
	a->m->token[0] = a->m->former[0] = '\0';
	a->m->seen_ms = a->who->now_ms - HERE_MS - 1;
	a->end = CLASSROOM_STOPPED;
	classroom_changed_who(a->c);
	return 0;
}

static int
door_put_out(struct asked *a, struct member *m)
{
	m->token[0] = m->former[0] = '\0';
	m->out = true;
	classroom_drop_votes(a->c, m);
	m->lab[0] = '\0';
	a->end = CLASSROOM_PUT_OUT;
	classroom_changed_who(a->c);
	return handins_put_out(&a->c->handins, m->number, m->browser);
}

int
classroom_put_out(struct asked *a, struct buf *out, struct diag *d)
{
	const char *address = a->r->address != NULL ? a->r->address : "";
	int err = 0;

	(void)out;
	for (size_t i = 0; err == 0 && i < a->c->o.seats; i++) {
		struct member *m = &a->c->members[i];

		if (m->there && !m->out &&
		    ((int64_t)i == a->r->member ||
			(a->r->member < 0 && m->lab[0] == '\0' &&
			    strcmp(m->address, address) == 0)))
			err = door_put_out(a, m);
	}
	if (err != 0)
		return err;
	return a->end == CLASSROOM_PUT_OUT ? 0
					   : diag_set(d, ERR_NOTFOUND, NULL, 0,
						 _("there is no such member"));
}
