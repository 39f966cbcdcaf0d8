/* Requests of a class: which there are, who may ask them; see classroom.h. */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rows.h"
#include "text/json_fields.h"

#include <string.h>

#define MEMBER(member, kind, ...) \
	FIELD(struct classroom_request, member, kind, __VA_ARGS__)

const struct field classroom_members[] = {
	MEMBER(id, NUMBER, "of the request; its answer has it, too"),
	FIELD_BY_HAND("ask", "the request's name"),
	MEMBER(code, TEXT, "what the teacher has told the class"),
	MEMBER(number, TEXT, "the student's number, if the class needs one"),
	MEMBER(word, TEXT, "the number's, where the roster has one"),
	MEMBER(again, TEXT,
	    "the token of an earlier visit; with the same number, or none, the "
	    "member stays the same"),
	MEMBER(since, NUMBER, "the version that is known; 0: none"),
	MEMBER(lab, TEXT, "where one is; missing: that is not told any more"),
	MEMBER(nth, NUMBER, "the task one is at, from 0", .least = 0,
	    .most = 1000),
	MEMBER(record, NUMBER,
	    "the position; of `poll` the first record that is hidden while the "
	    "vote is open, 0: none"),
	MEMBER(stuck, FLAG, "the member needs help"),
	MEMBER(option, NUMBER, "what one votes for, from 1", .least = 1,
	    .most = CLASSROOM_OPTIONS_MAX),
	MEMBER(text, TEXT,
	    "a hand-in as of `rung hand-in`; a vote's question; a comment on a "
	    "mark"),
	MEMBER(date, TEXT, "now, as in `2026-11-21T16:00:00Z`"),
	MEMBER(on, FLAG, "it is shown from now on; missing: not any more"),
	MEMBER(what, TEXT,
	    "`begin`, `close` (all see how it went), `again` (the second "
	    "round), `tell` (which option is right), `end`"),
	MEMBER(link, TEXT, "of the run that is shown; missing: as before"),
	FIELD_BY_HAND("options", "array of strings: what can be voted for"),
	MEMBER(right, NUMBER, "that option, from 1", .least = 0,
	    .most = CLASSROOM_OPTIONS_MAX),
	MEMBER(member, NUMBER, "who is meant, as `who` has it", .least = 0,
	    .most = CLASSROOM_SEATS_MAX - 1),
	MEMBER(address, TEXT,
	    "removes all members at this address that do not report their "
	    "position"),
	FIELDS_END,
};

struct row {
	struct classroom_row said;
	classroom_fn *fn;
	bool strangers; /* it needs no membership */
};

/* clang-format off */
static const struct row rows[] = {
	{ { "join", "admits a member who gives the code or an earlier token; the new token replaces the earlier one", "code number word again",
	    "token teacher number back lab stuck", false }, classroom_join, true },
	{ { "leave", "leaves the class; the token is no longer valid", "", "", false },
	    classroom_leave, false },
	{ { "wait", "returns when something has changed", "since",
	    "version here page record led vote trouble", false }, classroom_wait, false },
	{ { "shown", "gives the page that the teacher shows", "",
	    "title body data link", false }, classroom_shown, false },
	{ { "progress", "tells the teacher where one is",
	    "lab nth number word record stuck", "", false },
	    classroom_progress, false },
	{ { "vote", "votes or changes the vote; returns whether somebody else has voted with the same number", "option", "doubled", false },
	    classroom_vote, false },
	{ { "hand_in", "hands in, and is told whether another has the same number",
	    "text", "file doubled", false }, classroom_hand_in, false },
	{ { "question_mark", "questions the mark of a task, in a sentence",
	    "lab nth number text date", "file", false },
	    classroom_question_mark, false },
	{ { "stop", "ends one's own engine, and what it runs", "", "", false },
	    classroom_stop, false },
	{ { "show", "shows the class the page that was asked for last, and where "
	    "in it", "on record link", "", true }, classroom_show, false },
	{ { "away", "says that the teacher's tab is closed or reloaded; nobody leads until its next request", "", "", true }, classroom_away, false },
	{ { "poll", "asks the class", "what text options right record", "", true },
	    classroom_poll, false },
	{ { "who", "tells the class's code, who is where, and how many of each "
	    "address are here",
	    "", "code who addresses guesses", true }, classroom_who, false },
	{ { "note", "writes a note for a student and a lab, in place of the one "
	    "before", "number lab text date", "file", true }, classroom_note, false },
	{ { "assign", "says that a number is this member's: what others have handed in "
	    "with it does not count", "member", "", true }, classroom_assign, false },
	{ { "put_out", "removes a member: the browser is not admitted again, and its vote and hand-ins do not count",
	    "member address", "", true }, classroom_put_out, false },
};
/* clang-format on */

const struct classroom_row *
classroom_row(size_t i)
{
	return i < COUNT_OF(rows) ? &rows[i].said : NULL;
}

int
classroom_create(struct classroom **out, const struct classroom_options *o)
{
	struct classroom *c = mem_zalloc(1, sizeof(*c));

	*out = c;
	if (c == NULL)
		return ERR_NOMEM;
	c->o = *o;
	c->version = c->who_version = 1;
	c->page = BUF_INIT;
	strncpy(c->code, o->code, sizeof(c->code) - 1);
	strncpy(c->teacher_code, o->teacher_code, sizeof(c->teacher_code) - 1);
	if (o->seats == 0 || o->seats > CLASSROOM_SEATS_MAX)
		c->o.seats = CLASSROOM_SEATS_MAX;
	c->handins = HANDINS_INIT;
	c->members = mem_zalloc(CLASSROOM_MEMBERS_MAX, sizeof(*c->members));
	c->ballots = mem_zalloc(BALLOTS_MAX, sizeof(*c->ballots));
	c->guesses = mem_zalloc(GUESSES_MAX, sizeof(*c->guesses));
	if (c->members != NULL && c->ballots != NULL && c->guesses != NULL &&
	    handins_open(&c->handins, o->folder) == 0)
		return 0;
	classroom_destroy(c);
	*out = NULL;
	return ERR_NOMEM;
}

void
classroom_destroy(struct classroom *c)
{
	if (c == NULL)
		return;
	classroom_end_vote(c);
	buf_free(&c->page);
	handins_free(&c->handins);
	mem_free(c->link);
	mem_free(c->members);
	mem_free(c->guesses);
	mem_free(c->ballots);
	mem_free(c);
}

uint64_t
classroom_version(const struct classroom *c)
{
	return c->version + c->who_version;
}

bool
classroom_is_in(const struct classroom *c, size_t member)
{
	return c->members[member].there && c->members[member].token[0] != '\0';
}

const char *
classroom_trouble(const struct classroom *c)
{
	return buf_cstr(&c->handins.trouble);
}

void
classroom_rest(struct classroom *c, int64_t until_ms)
{
	c->rests_until_ms = until_ms;
}

unsigned
classroom_handed_in(const struct classroom *c)
{
	return c->handed_in;
}

/* ---- answering ---- */

static const struct row *
class_find_row(struct json_value object)
{
	struct str name;

	if (json_plain(json_member(object, "ask"), &name) != 0)
		return NULL;
	return ROWS_ROW(name, rows);
}

static int
class_answer(
    struct asked *a, const struct row *row, struct buf *out, struct diag *d)
{
	if (a->m == NULL && (row == NULL || !row->strangers) &&
	    classroom_find_former(a->c, a->who->token) != NULL) {
		a->end = CLASSROOM_LEFT;
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("this class is now open in another tab or window"));
	}
	if (a->m == NULL && (row == NULL || !row->strangers)) {
		a->end = CLASSROOM_STRANGER;
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("this browser has not joined the class; enter the code "
		      "first"));
	}
	if (row == NULL)
		return classroom_pass(a, out, d);
	if (row->said.teacher && !a->m->teacher)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("only the teacher may ask for "
		      "that"));
	return row->fn(a, out, d);
}

/* A's answer, or its error, which ERR may be, with D. */
static int
class_tell(struct asked *a, const struct row *row, int err, struct buf *out,
    struct classroom_told *told, struct diag *d)
{
	size_t at = out->n, is;

	buf_putc(out, '{');
	json_put_int(out, "id", a->r->id);
	is = out->n;
	json_open(out, "is", '{');
	if (err == 0)
		err = class_answer(a, row, out, d);
	if (err == 0) {
		buf_puts(out, "}}\n");
	} else {
		buf_truncate(out, is);
		json_put_wrong(out, err, d);
		buf_puts(out, "}\n");
	}
	*told = (struct classroom_told){ .end = a->end,
		.member = a->m != NULL ? (size_t)(a->m - a->c->members) : 0,
		.id = a->r->id,
		.since = a->r->since,
		.wrote = a->wrote,
		.shows = a->shows };
	if (err == 0 && row != NULL && row->fn == classroom_join)
		memcpy(told->browser, a->m->browser, sizeof(told->browser));
	if (a->end == CLASSROOM_WAITS || a->end == CLASSROOM_PASSED ||
	    a->end == CLASSROOM_LATER)
		buf_truncate(out, at);
	return out->err != 0 ? ERR_NOMEM : 0;
}

int
classroom_ask(struct classroom *c, const struct classroom_caller *who,
    struct str request, bool late, struct buf *out, struct classroom_told *told)
{
	struct classroom_request r = { .member = -1 };
	struct asked a = { .c = c,
		.who = who,
		.r = &r,
		.m = classroom_find(c, who->token),
		.late = late };
	struct diag d = DIAG_INIT;
	struct str rest = request;
	int err = ERR_SYNTAX;

	if (a.m != NULL)
		classroom_see(c, a.m, who->now_ms);
	if (request.n > CLASSROOM_REQUEST_MAX)
		err = diag_set(&d, ERR_LIMIT, NULL, 0,
		    _("a request has at most %u bytes"), CLASSROOM_REQUEST_MAX);
	else if (json_read(&rest, &r.object) == 0 &&
		 r.object.type == JSON_OBJECT)
		err = json_take_fields(classroom_members, r.object, &r);
	err = class_tell(
	    &a, err == 0 ? class_find_row(r.object) : NULL, err, out, told, &d);
	json_free_fields(classroom_members, &r);
	return err;
}

int
classroom_wait_on(struct classroom *c, const struct classroom_caller *who,
    bool late, struct buf *out, struct classroom_told *told)
{
	static const struct row row = { .fn = classroom_wait };
	const struct classroom_request r = { .id = told->id,
		.since = told->since };
	struct asked a = { .c = c,
		.who = who,
		.r = &r,
		.m = classroom_find(c, who->token),
		.late = late };
	struct diag d = DIAG_INIT;

	return class_tell(&a, &row, 0, out, told, &d);
}
