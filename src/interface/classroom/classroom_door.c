/* Who is let in: by a code, ten wrong ones a minute at most. */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <string.h>

/* One who has not asked for anything for so long has gone. */
#define HERE_MS   60000
#define FORGET_MS 3600000

/* The same time for any wrong text. */
static bool
same_secret(struct str s, const char *secret)
{
	size_t n = strlen(secret);
	unsigned char other = s.n != n;

	for (size_t i = 0; i < s.n && n > 0; i++)
		other |= (unsigned char)(s.p[i] ^ secret[i % n]);
	return other == 0 && n > 0;
}

struct member *
classroom_find(struct classroom *c, struct str token)
{
	struct member *found = NULL;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (c->members[i].there &&
		    same_secret(token, c->members[i].token))
			found = &c->members[i];
	return found;
}

struct member *
classroom_find_former(struct classroom *c, struct str token)
{
	struct member *found = NULL;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (c->members[i].there &&
		    same_secret(token, c->members[i].former))
			found = &c->members[i];
	return found;
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

/* The row of ADDRESS: its own, an unused one, else the one that may be let in
 * soonest. */
static struct stranger *
find_stranger(struct classroom *c, const char *address)
{
	struct stranger *place = &c->strangers[0];

	for (size_t i = 0; i < STRANGERS_MAX; i++) {
		struct stranger *s = &c->strangers[i];

		if (strcmp(s->address, address) == 0)
			return s;
		if (place->address[0] != '\0' &&
		    (s->address[0] == '\0' || s->until_ms < place->until_ms))
			place = s;
	}
	*place = (struct stranger){ .wrong = 0 };
	strncpy(place->address, address, sizeof(place->address) - 1);
	return place;
}

static int64_t
went_ms(const struct member *m)
{
	return m->token[0] == '\0' ? INT64_MIN / 2 : m->seen_ms;
}

/* A free place, or that of one who has left, or gone for long; NULL: none. */
static struct member *
find_place(struct classroom *c, int64_t now_ms)
{
	struct member *oldest = &c->members[0];

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++) {
		struct member *m = &c->members[i];

		if (!m->there)
			return m;
		if (went_ms(m) < went_ms(oldest))
			oldest = m;
	}
	return now_ms - went_ms(oldest) > FORGET_MS ? oldest : NULL;
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

/* Is the code right, and may it be tried?  *TEACHER: it is the teacher's, which
 * lets in from this machine alone: names of students are told there. */
static int
look_at_code(struct asked *a, bool *teacher, struct diag *d)
{
	struct stranger *s = find_stranger(a->c, a->who->address);
	struct str code = str_of(a->r->code != NULL ? a->r->code : "");

	if (s->until_ms > a->who->now_ms)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("too many wrong codes: again in a minute"));
	if (s->until_ms != 0)
		s->wrong = 0;
	s->until_ms = 0;
	*teacher = a->who->here && same_secret(code, a->c->teacher_code);
	if (*teacher || same_secret(code, a->c->code)) {
		s->wrong = 0;
		return 0;
	}
	if (++s->wrong >= CLASSROOM_WRONG_MAX)
		s->until_ms = a->who->now_ms + CLASSROOM_BLOCKED_MS;
	return diag_set(d, ERR_NOTFOUND, NULL, 0, _("the code is another"));
}

/* ---- coming in, coming back, leaving ---- */

/* Who shows M's token comes back as M, but for somebody who says another
 * number: on one machine students come after one another. */
static bool
is_of(const struct member *m, bool teacher, const char *number)
{
	return m->teacher == teacher &&
	       (teacher || number[0] == '\0' || m->number[0] == '\0' ||
		   strcmp(m->number, number) == 0);
}

/* Who A's token of an earlier visit is of, or NULL. */
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
	    _("nobody of this class: the code is to be told first"));
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

/* A is a new member. */
static int
come_in(struct asked *a, bool teacher, struct diag *d)
{
	struct member m = { .there = true, .teacher = teacher };
	struct member *place = find_place(a->c, a->who->now_ms);
	int err;

	if (place == NULL)
		return diag_set(d, ERR_LIMIT, NULL, 0, _("the class is full"));
	err = make_token(a->c, m.token);
	if (err != 0)
		return err;
	*place = m;
	a->m = place;
	/* The engine of who had this place before. */
	a->end = CLASSROOM_STOPPED;
	return 0;
}

int
classroom_join(struct asked *a, struct buf *out, struct diag *d)
{
	const char *number = a->r->number != NULL ? a->r->number : "";
	struct member *earlier = find_earlier(a);
	bool teacher = false, back = false;
	int err = look_at_both(a, earlier, &teacher, d);

	if (err == 0)
		err = classroom_take_number(&(struct member){ 0 }, number, d);
	if (err == 0) {
		back = earlier != NULL && is_of(earlier, teacher, number);
		err = back ? come_back(a, earlier) : come_in(a, teacher, d);
	}
	if (err != 0)
		return err;
	classroom_take_number(a->m, number, d);
	a->m->seen_ms = a->who->now_ms;
	classroom_changed(a->c);
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
	a->m->token[0] = a->m->former[0] = '\0';
	a->m->seen_ms = a->who->now_ms - HERE_MS - 1;
	a->end = CLASSROOM_STOPPED;
	classroom_changed(a->c);
	return 0;
}
