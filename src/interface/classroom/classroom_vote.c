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
	for (size_t i = 0; c->members != NULL && i < CLASSROOM_MEMBERS_MAX; i++)
		c->members[i].voted[0] = c->members[i].voted[1] = 0;
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
			 _("a vote has a question and two to %d options"),
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
		    _("a vote has two rounds, the second after the first was "
		      "closed"));
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
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing of the kind is done with a vote"));
	if (deeds[i].needs && !a->c->vote.there)
		return diag_set(
		    d, ERR_STATE, NULL, 0, _("there is no vote now"));
	err = deeds[i].fn(a, d);
	classroom_changed(a->c);
	return err;
}

/* ---- the members' ---- */

int
classroom_vote(struct asked *a, struct buf *out, struct diag *d)
{
	struct vote *v = &a->c->vote;

	(void)out;
	if (!v->there || !v->open)
		return diag_set(
		    d, ERR_STATE, NULL, 0, _("there is no vote now"));
	if (a->r->option < 1 || (size_t)a->r->option > v->n)
		return diag_set(
		    d, ERR_RANGE, NULL, 0, _("there is no such option"));
	/* One vote of one browser, whatever numbers it has said. */
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (strcmp(a->c->members[i].browser, a->m->browser) == 0)
			a->c->members[i].voted[v->round] = 0;
	a->m->voted[v->round] = a->r->option;
	/* How many have voted is the teacher's to see. */
	classroom_changed_who(a->c);
	return 0;
}

static int64_t
count_votes(const struct classroom *c, unsigned round, int64_t option)
{
	int64_t n = 0;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		n += c->members[i].there &&
		     (option == 0 ? c->members[i].voted[round] != 0
				  : c->members[i].voted[round] == option);
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

void
classroom_put_vote(const struct asked *a, struct buf *out)
{
	const struct classroom *c = a->c;
	const struct vote *v = &c->vote;
	unsigned closed = v->open ? v->round : v->round + 1;

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
	json_put_int(out, "mine", a->m->voted[v->round]);
	json_put_int(out, "right", v->right);
	if (v->open && v->hides > 0)
		json_put_int(out, "hides", v->hides);
	if (a->m->teacher)
		json_put_int(out, "voted", count_votes(c, v->round, 0));
	json_open(out, "counts", '[');
	for (unsigned i = 0; i < closed; i++)
		vote_put_counts(c, i, out);
	buf_puts(out, "]}");
}
