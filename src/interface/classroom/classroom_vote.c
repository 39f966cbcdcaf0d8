/*
 * A vote: the teacher asks, all choose, choices are secret; then all see the
 * result, discuss, and vote once more.  Single votes are never shown; the
 * number of votes of each address is, to the teacher.
 */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <string.h>

#define QUESTION_MAX 4000
#define OPTION_MAX   500

void
classroom_end_vote(struct classroom *c)
{
	mem_free(c->vote.text);
	for (size_t i = 0; i < c->vote.n; i++)
		mem_free(c->vote.options[i]);
	c->vote = (struct vote){ .there = false };
	c->nballots = 0;
}

/* ---- the teacher's ---- */

static int
take_options(struct vote *v, struct json_value list)
{
	struct json_value item;
	size_t at = 0;
	int err = list.type == JSON_ARRAY ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &item)) {
		if (v->n == CLASSROOM_OPTIONS_MAX ||
		    item.raw.n > OPTION_MAX + 2)
			return ERR_LIMIT;
		v->options[v->n] = NULL;
		err = json_strdup(item, &v->options[v->n++]);
	}
	return err == 0 && v->n < 2 ? ERR_SYNTAX : err;
}

static int
begin_vote(struct asked *a, struct diag *d)
{
	struct classroom *c = a->c;
	int err = a->r->text == NULL || *a->r->text == 0 ? ERR_SYNTAX
		  : str_of(a->r->text).n > QUESTION_MAX  ? ERR_LIMIT
							 : 0;

	classroom_end_vote(c);
	if (err == 0)
		err = take_options(
		    &c->vote, json_member(a->r->object, "options"));
	if (err == 0) {
		c->vote.hides = a->r->record;
		c->vote.text = mem_strdup(a->r->text);
		err = c->vote.text == NULL ? ERR_NOMEM : 0;
	}
	c->vote.there = c->vote.open = err == 0;
	if (err != 0)
		classroom_end_vote(c);
	return err == 0 || err == ERR_NOMEM
		   ? err
		   : diag_set(d, err, NULL, 0,
			 _("a vote needs a question and two to %d options"),
			 CLASSROOM_OPTIONS_MAX);
}

static int
close_vote(struct asked *a, struct diag *d)
{
	(void)d;
	a->c->vote.open = false;
	return 0;
}

static int
again_vote(struct asked *a, struct diag *d)
{
	struct vote *v = &a->c->vote;

	if (v->open || v->round == 1)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("a vote has two rounds; the second starts after the "
		      "first is closed"));
	v->round = 1;
	v->open = true;
	return 0;
}

static int
tell_vote(struct asked *a, struct diag *d)
{
	struct vote *v = &a->c->vote;

	if (a->r->right < 1 || (size_t)a->r->right > v->n)
		return diag_set(
		    d, ERR_RANGE, NULL, 0, _("there is no such option"));
	v->open = false;
	v->right = a->r->right;
	return 0;
}

static int
end_vote(struct asked *a, struct diag *d)
{
	(void)d;
	classroom_end_vote(a->c);
	return 0;
}

int
classroom_poll(struct asked *a, struct buf *out, struct diag *d)
{
	static const struct {
		const char *what;
		int (*fn)(struct asked *a, struct diag *d);
		bool needs;
	} deeds[] = {
		{ "begin", begin_vote, false },
		{ "close", close_vote, true },
		{ "again", again_vote, true },
		{ "tell", tell_vote, true },
		{ "end", end_vote, true },
	};
	struct str what = str_of(a->r->what != NULL ? a->r->what : "");
	size_t i = 0;
	int err;

	(void)out;
	while (i < COUNT_OF(deeds) && !str_is(what, deeds[i].what))
		i++;
	if (i == COUNT_OF(deeds))
		return diag_set(
		    d, ERR_NOTFOUND, NULL, 0, _("a vote has no such action"));
	if (deeds[i].needs && !a->c->vote.there)
		return diag_set(
		    d, ERR_STATE, NULL, 0, _("there is no vote at the moment"));
	err = deeds[i].fn(a, d);
	classroom_changed(a->c);
	return err;
}

/* ---- ballots ---- */

static bool
is_in_browser(const struct ballot *b, const struct member *m)
{
	return strcmp(b->browser, m->browser) == 0;
}

/* There is a roster, so each of its numbers has one vote. */
static bool
has_roster(const struct classroom *c)
{
	return c->o.roster != NULL && c->o.roster->n > 0;
}

/* B is M's where there is no roster, whatever M had said before its number. */
static bool
is_same_voter(const struct ballot *b, const struct member *m)
{
	return is_in_browser(b, m) &&
	       (b->number[0] == '\0' || strcmp(b->number, m->number) == 0);
}

/* B is of ROW and M, or of the browser with ROW's word. */
static bool
is_of_row(const struct ballot *b, const struct roster_row *row,
    const struct member *m)
{
	return row != NULL && b->row == row &&
	       (row->word[0] != '\0' || is_in_browser(b, m));
}

/* M's, or NULL. */
static struct ballot *
find_ballot(const struct classroom *c, const struct member *m)
{
	const struct roster_row *row = classroom_row_of(c, m);

	for (size_t i = 0; i < c->nballots; i++)
		if (has_roster(c) ? is_of_row(&c->ballots[i], row, m)
				  : is_same_voter(&c->ballots[i], m))
			return &c->ballots[i];
	return NULL;
}

/* Another browser has voted for B's number in ROUND. */
static bool
has_rival(const struct classroom *c, const struct ballot *b, unsigned round)
{
	for (size_t i = 0; i < c->nballots; i++)
		if (&c->ballots[i] != b && c->ballots[i].row == b->row &&
		    c->ballots[i].voted[round] != 0)
			return true;
	return false;
}

/* The votes of ROW count, or none of them does: neither of two browsers is
 * preferred. */
static void
settle_row(struct classroom *c, const struct roster_row *row)
{
	for (size_t i = 0; row != NULL && i < c->nballots; i++) {
		struct ballot *b = &c->ballots[i];
		bool another, own;

		if (b->row != row || row->word[0] != '\0')
			continue;
		another =
		    handins_are_anothers(&c->handins, row->id, b->browser);
		own = handins_are_settled(&c->handins, row->id, b->browser);
		for (unsigned round = 0; round < 2; round++)
			b->standing[round] = another ? BALLOT_ANOTHERS
					     : !own && has_rival(c, b, round)
						 ? BALLOT_DISPUTED
						 : BALLOT_COUNTS;
	}
}

void
classroom_settle_votes(struct classroom *c, const char *number)
{
	if (has_roster(c))
		settle_row(c, roster_find(c->o.roster, number));
	classroom_changed(c);
}

int64_t
classroom_count_votes(const struct classroom *c, const char *address)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->nballots; i++)
		n += c->ballots[i].voted[c->vote.round] != 0 &&
		     (address != NULL
			     ? strcmp(c->ballots[i].address, address) == 0
			     : c->ballots[i].standing[c->vote.round] ==
				   BALLOT_COUNTS);
	return n;
}

static bool
is_disputed(const struct ballot *b, unsigned round)
{
	return b->voted[round] != 0 && b->standing[round] == BALLOT_DISPUTED;
}

/* How many numbers have votes that are disputed. */
static int64_t
count_disputed(const struct classroom *c, unsigned round)
{
	const struct ballot *b = c->ballots;
	int64_t n = 0;

	for (size_t i = 0, k; i < c->nballots; i++) {
		for (k = 0; k < i; k++)
			if (b[k].row == b[i].row && is_disputed(&b[k], round))
				break;
		n += k == i && is_disputed(&b[i], round);
	}
	return n;
}

/* How many have the address of ballot I; 0: they were counted at another. */
static int64_t
count_like(const struct classroom *c, unsigned round, size_t i, size_t *last)
{
	const struct ballot *b = c->ballots;
	int64_t n = 0;

	for (size_t k = 0; k < c->nballots; k++) {
		if (strcmp(b[k].address, b[i].address) != 0)
			continue;
		if (k < i)
			return 0;
		n += b[k].voted[round] != 0;
		*last = k;
	}
	return n;
}

/* How many the address has that has most; *NEWEST is its newest. */
static int64_t
count_most(const struct classroom *c, unsigned round, size_t *newest)
{
	int64_t most = 0;
	size_t last = 0;

	*newest = 0;
	for (size_t i = 0; i < c->nballots; i++) {
		int64_t n = count_like(c, round, i, &last);

		*newest = n > most ? last : *newest;
		most = n > most ? n : most;
	}
	return most;
}

/* M's.  Where there are too many, the newest of the address that has most gives
 * way. */
static struct ballot *
take_ballot(struct classroom *c, const struct member *m)
{
	struct ballot *b = find_ballot(c, m);
	const struct roster_row *was = NULL;
	size_t newest;

	if (b == NULL && c->nballots < BALLOTS_MAX) {
		b = &c->ballots[c->nballots++];
		*b = (struct ballot){ .row = NULL };
	} else if (b == NULL) {
		count_most(c, c->vote.round, &newest);
		b = &c->ballots[newest];
		was = b->row;
		*b = (struct ballot){ .row = NULL };
		settle_row(c, was);
	}
	b->row = has_roster(c) ? classroom_row_of(c, m) : NULL;
	memcpy(b->browser, m->browser, sizeof(b->browser));
	memcpy(b->address, m->address, sizeof(b->address));
	memcpy(b->number, m->number, sizeof(b->number));
	b->left = false;
	return b;
}

void
classroom_leave_vote(struct classroom *c, const struct member *m)
{
	struct ballot *b = find_ballot(c, m);

	if (b != NULL && is_in_browser(b, m) && m->sure)
		b->left = true;
}

void
classroom_drop_votes(struct classroom *c, const struct member *m)
{
	for (size_t i = 0; i < c->nballots; i++)
		if (is_in_browser(&c->ballots[i], m)) {
			c->ballots[i].voted[0] = c->ballots[i].voted[1] = 0;
			settle_row(c, c->ballots[i].row);
		}
}

/* ---- the members' ---- */

int
classroom_vote(struct asked *a, struct buf *out, struct diag *d)
{
	struct classroom *c = a->c;
	struct vote *v = &c->vote;
	struct ballot *own;

	if (!v->there || !v->open)
		return diag_set(
		    d, ERR_STATE, NULL, 0, _("there is no vote at the moment"));
	if (a->r->option < 1 || (size_t)a->r->option > v->n)
		return diag_set(
		    d, ERR_RANGE, NULL, 0, _("there is no such option"));
	if (has_roster(c) && classroom_row_of(c, a->m) == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("each student on the class list has one vote; enter your "
		      "number first"));
	/* One vote of one browser, whatever numbers it has said; those who have
	 * left, and had said a word, are others. */
	own = take_ballot(c, a->m);
	for (size_t i = 0; i < c->nballots; i++)
		if (&c->ballots[i] != own && !c->ballots[i].left &&
		    is_in_browser(&c->ballots[i], a->m)) {
			c->ballots[i].voted[v->round] = 0;
			settle_row(c, c->ballots[i].row);
		}
	own->voted[v->round] = a->r->option;
	settle_row(c, own->row);
	json_put_bool(out, "doubled", own->standing[v->round] != BALLOT_COUNTS);
	/* How many have voted is the teacher's to see. */
	classroom_changed_who(c);
	return 0;
}

static int64_t
count_votes(const struct classroom *c, unsigned round, int64_t option)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->nballots; i++)
		n += c->ballots[i].voted[round] == option &&
		     c->ballots[i].standing[round] == BALLOT_COUNTS;
	return n;
}

static void
vote_put_counts(const struct classroom *c, unsigned round, struct buf *out)
{
	buf_puts(out, round > 0 ? ",[" : "[");
	for (size_t i = 0; i < c->vote.n; i++)
		buf_printf(out, "%s%lld", i > 0 ? "," : "",
		    (long long)count_votes(c, round, (int64_t)i + 1));
	buf_putc(out, ']');
}

static int64_t
vote_count_most(const struct classroom *c, unsigned round)
{
	size_t newest;

	return count_most(c, round, &newest);
}

/* Appends KEY: of each round that is closed, how many COUNT says. */
static void
vote_put_each(const struct classroom *c, const char *key,
    int64_t (*count)(const struct classroom *c, unsigned round),
    struct buf *out)
{
	unsigned closed = c->vote.round + !c->vote.open;

	if (closed == 0)
		return;
	json_open(out, key, '[');
	for (unsigned i = 0; i < closed; i++)
		buf_printf(
		    out, "%s%lld", i > 0 ? "," : "", (long long)count(c, i));
	buf_putc(out, ']');
}

void
classroom_put_vote(const struct asked *a, struct buf *out)
{
	const struct classroom *c = a->c;
	const struct vote *v = &c->vote;
	unsigned closed = v->round + !v->open;
	struct ballot *own = find_ballot(c, a->m);
	bool mine = own != NULL && is_in_browser(own, a->m);

	json_open(out, "vote", '{');
	json_put_field(out, "text", str_of(v->text));
	json_open(out, "options", '[');
	for (size_t i = 0; i < v->n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		json_put_str(out, str_of(v->options[i]));
	}
	buf_putc(out, ']');
	json_put_bool(out, "open", v->open);
	json_put_int(out, "round", (int64_t)v->round + 1);
	json_put_int(out, "mine", mine ? own->voted[v->round] : 0);
	json_put_bool(out, "doubled",
	    mine && own->voted[v->round] != 0 &&
		own->standing[v->round] != BALLOT_COUNTS);
	json_put_int(out, "right", v->right);
	if (v->open && v->hides > 0)
		json_put_int(out, "hides", v->hides);
	if (a->m->teacher)
		json_put_int(out, "voted", classroom_count_votes(c, NULL));
	json_open(out, "counts", '[');
	for (unsigned i = 0; i < closed; i++)
		vote_put_counts(c, i, out);
	buf_putc(out, ']');
	vote_put_each(c, has_roster(c) ? "disputed" : "most",
	    has_roster(c) ? count_disputed : vote_count_most, out);
	buf_putc(out, '}');
}
