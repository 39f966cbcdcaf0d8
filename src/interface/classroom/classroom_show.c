/* The teacher's view, and how members get its news. */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

static int64_t
get_version_for(const struct classroom *c, const struct member *m)
{
	return (int64_t)(m->teacher ? c->version + c->who_version : c->version);
}

/* Some teacher's tab is there. */
static bool
is_led(const struct classroom *c, int64_t now_ms)
{
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (c->members[i].teacher && !c->members[i].away &&
		    classroom_is_here(&c->members[i], now_ms))
			return true;
	return false;
}

int
classroom_away(struct asked *a, struct buf *out, struct diag *d)
{
	(void)out;
	(void)d;
	a->m->away = true;
	classroom_changed(a->c);
	return 0;
}

int
classroom_wait(struct asked *a, struct buf *out, struct diag *d)
{
	const struct classroom *c = a->c;
	int64_t version = get_version_for(c, a->m);

	(void)d;
	if (a->r->since == version && !a->late) {
		a->end = CLASSROOM_WAITS;
		return 0;
	}
	json_put_int(out, "version", version);
	json_put_int(out, "here", (int64_t)classroom_here(c, a->who->now_ms));
	if (c->showing && c->page.n > 0) {
		json_put_int(out, "page", (int64_t)c->page_nth);
		json_put_int(out, "record", c->record);
		json_put_bool(out, "led", is_led(c, a->who->now_ms));
	}
	if (c->vote.there)
		classroom_put_vote(a, out);
	if (a->m->teacher && c->handins.trouble.n > 0)
		json_put_field(out, "trouble", buf_view(&c->handins.trouble));
	return 0;
}

int
classroom_shown(struct asked *a, struct buf *out, struct diag *d)
{
	if (!a->c->showing || a->c->page.n == 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("the teacher shows nothing at "
		      "the moment"));
	buf_str(out, buf_view(&a->c->page));
	json_put_field(
	    out, "link", str_of(a->c->link != NULL ? a->c->link : ""));
	return 0;
}

int
classroom_show(struct asked *a, struct buf *out, struct diag *d)
{
	bool told = a->r->link != NULL && a->r->link[0] != '\0';
	char *link = told ? mem_strdup(a->r->link) : NULL;

	(void)out;
	(void)d;
	if (told && link == NULL)
		return ERR_NOMEM;
	if (told) {
		mem_free(a->c->link);
		a->c->link = link;
	}
	a->c->showing = a->r->on;
	a->c->record = a->r->record;
	classroom_changed(a->c);
	return 0;
}

/* Each has an engine of its own; what the teacher's says of a page is kept. */
int
classroom_pass(struct asked *a, struct buf *out, struct diag *d)
{
	struct str name;

	(void)out;
	(void)d;
	a->shows = a->m->teacher &&
		   json_plain(json_member(a->r->object, "ask"), &name) == 0 &&
		   str_is(name, "page");
	a->end = CLASSROOM_PASSED;
	return 0;
}

int
classroom_take_page(struct classroom *c, struct str answer)
{
	struct json_value all, is;
	struct str parts;

	if (json_read(&answer, &all) != 0)
		return 0;
	is = json_member(all, "is");
	if (is.type != JSON_OBJECT)
		return 0;
	/* Its members, without the braces. */
	parts = str_slice(is.raw, 1, is.raw.n - 1);
	/* Who asks for the same page again does not tell its link again. */
	if (str_eq(parts, buf_view(&c->page)))
		return 0;
	buf_clear(&c->page);
	buf_str(&c->page, parts);
	c->page_nth++;
	mem_free(c->link);
	c->link = NULL;
	return c->page.err;
}

int
classroom_stop(struct asked *a, struct buf *out, struct diag *d)
{
	(void)out;
	(void)d;
	a->end = CLASSROOM_STOPPED;
	return 0;
}
