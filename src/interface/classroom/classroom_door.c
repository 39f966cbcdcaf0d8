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

size_t
classroom_here(const struct classroom *c, int64_t now_ms)
{
	size_t n = 0;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		n += c->members[i].there &&
		     now_ms - c->members[i].seen_ms <= HERE_MS;
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

/* A free place, or that of one who has gone for long; NULL: none. */
static struct member *
find_place(struct classroom *c, int64_t now_ms)
{
	struct member *oldest = &c->members[0];

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++) {
		struct member *m = &c->members[i];

		if (!m->there)
			return m;
		if (m->seen_ms < oldest->seen_ms)
			oldest = m;
	}
	return now_ms - oldest->seen_ms > FORGET_MS ? oldest : NULL;
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

int
classroom_join(struct asked *a, struct buf *out, struct diag *d)
{
	struct member m = { .there = true, .seen_ms = a->who->now_ms };
	struct member *place = find_place(a->c, a->who->now_ms);
	const char *number = a->r->number != NULL ? a->r->number : "";
	int err = look_at_code(a, &m.teacher, d);

	if (err == 0 && strlen(number) >= sizeof(m.number))
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a student's number has at most %d bytes"),
		    NUMBER_MAX - 1);
	if (err == 0 && place == NULL)
		err = diag_set(d, ERR_LIMIT, NULL, 0, _("the class is full"));
	if (err == 0)
		err = make_token(a->c, m.token);
	if (err != 0)
		return err;
	strncpy(m.number, number, sizeof(m.number) - 1);
	*place = m;
	a->m = place;
	/* Of who had this place before. */
	a->end = CLASSROOM_STOPPED;
	classroom_changed(a->c);
	json_put_field(out, "token", str_of(m.token));
	json_put_bool(out, "teacher", m.teacher);
	return 0;
}
