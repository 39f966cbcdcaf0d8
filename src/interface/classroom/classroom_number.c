/* Numbers that members say, and the words by which some are entered. */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "grade/roster.h"

#include <string.h>

bool
classroom_same_secret(struct str s, const char *secret)
{
	size_t n = strlen(secret);
	unsigned char other = s.n != n;

	for (size_t i = 0; i < s.n && n > 0; i++)
		other |= (unsigned char)(s.p[i] ^ secret[i % n]);
	return other == 0 && n > 0;
}

const struct roster_row *
classroom_row_of(const struct classroom *c, const struct member *m)
{
	return c->o.roster != NULL ? roster_find(c->o.roster, m->number) : NULL;
}

/* *SURE: NUMBER has a word, and A says it; case and spaces around it do not
 * count. */
static int
look_at_word(struct asked *a, const char *number, bool *sure, struct diag *d)
{
	const struct roster_row *row =
	    a->c->o.roster != NULL ? roster_find(a->c->o.roster, number) : NULL;
	LOCAL_BUF said = BUF_INIT, word = BUF_INIT;

	*sure = row != NULL && row->word[0] != '\0';
	if (!*sure)
		return 0;
	if (a->r->word != NULL && a->r->word[0] != '\0' &&
	    classroom_may_guess(a, row, d) != 0) {
		a->end = CLASSROOM_REFUSED;
		return d->err;
	}
	roster_put_key(a->r->word != NULL ? a->r->word : "", &said);
	roster_put_key(row->word, &word);
	if (said.err != 0 || word.err != 0)
		return ERR_NOMEM;
	if (classroom_same_secret(buf_view(&said), buf_cstr(&word)))
		return 0;
	if (said.n > 0)
		classroom_guessed_wrong(a, row);
	a->end = CLASSROOM_REFUSED;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("to enter %s, type the word on this student's slip"), number);
}

/* M's number is kept with its browser, unless its word was said, or the class
 * has a list without it.  WAS is what M said before. */
static int
keep_number(struct asked *a, const struct member *m, const char *was)
{
	const struct roster *r = a->c->o.roster;
	int err = 0;

	if (m->browser[0] == '\0' || m->teacher || m->sure)
		return 0;
	if (was[0] != '\0')
		err = handins_unsay(&a->c->handins, was, m->browser);
	if (err != 0)
		return err;
	if (r != NULL && r->n > 0 && classroom_row_of(a->c, m) == NULL)
		return 0;
	a->wrote = true;
	return handins_say(
	    &a->c->handins, &(struct handin){ .number = m->number,
				.browser = m->browser,
				.address = m->address });
}

/* A member that came by an address was not asked; and a number may turn out
 * wrong. */
int
classroom_take_number(
    struct asked *a, struct member *m, const char *number, struct diag *d)
{
	LOCAL_BUF plain = BUF_INIT;
	char was[NUMBER_MAX];
	bool sure;
	int err;

	if (number == NULL || *number == '\0' || strcmp(number, m->number) == 0)
		return 0;
	err = roster_put_number(number, &plain, d);
	if (err != 0)
		return err;
	number = buf_cstr(&plain);
	if (plain.n >= sizeof(m->number))
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a student's number has at most %d bytes"),
		    NUMBER_MAX - 1);
	if (*number == '\0' || strcmp(number, m->number) == 0)
		return 0;
	if (m->handed_in > 0)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("this is %s, who has handed in; join again as another "
		      "student"),
		    m->number);
	sure = false;
	/* A teacher's browser may have been a student's. */
	err = m->teacher ? 0 : look_at_word(a, number, &sure, d);
	if (err != 0)
		return err;
	memcpy(was, m->number, sizeof(was));
	memset(m->number, 0, sizeof(m->number));
	memcpy(m->number, number, strlen(number));
	m->sure = sure;
	m->said = ++a->c->order;
	return keep_number(a, m, was);
}
