/*
 * Requests at /ask: one that the class answers is answered; one that waits for
 * something new, and one that an engine has to answer, is suspended until that
 * has come.
 */
#include "classroom/server_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/json.h"
#include "text/json_fields.h"

#include <stdio.h>
#include <string.h>

/* One that waits is answered after this, as things are. */
#define WAIT_MS 15000
/* More requests of one member to its engine are rejected; a browser has six
 * connections. */
#define IN_LINE_MAX 8
/* A wrong code is answered after this. */
#define HELD_MS 1000
/* Of news in between, the last is told. */
#define NEWS_MS 20
/* Handing in makes others wait for a fifth of the time at most. */
#define REST_TIMES 4
/* An answer that is not kept where there is no memory. */
#define LARGE ((size_t)64 << 10)
/* So often engines are weighed. */
#define WEIGH_MS 50

const char *
server_token_of(struct MHD_Connection *connection)
{
	const char *said = mhd.MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "Authorization");

	return said != NULL && strncmp(said, "Bearer ", 7) == 0 ? said + 7 : "";
}

static void
suspend(struct exchange *x)
{
	if (!x->suspended)
		mhd.MHD_suspend_connection(x->connection);
	x->suspended = true;
}

void
server_resume(struct server *s, struct exchange *x)
{
	if (x->suspended) {
		mhd.MHD_resume_connection(x->connection);
		s->resumed = true;
	}
	x->suspended = false;
}

/* ---- the members' engines ---- */

/* Answers X with an error. */
static void
answer_wrong(struct exchange *x, int err, const struct diag *d)
{
	buf_clear(&x->answer);
	buf_putc(&x->answer, '{');
	json_put_int(&x->answer, "id", x->told.id);
	json_put_wrong(&x->answer, err, d);
	buf_puts(&x->answer, "}\n");
	x->state = EXCHANGE_ANSWERED;
}

static struct exchange *
find_exchange(const struct server *s, size_t member, unsigned state)
{
	struct exchange *found = NULL;

	/* The oldest is the last. */
	for (struct exchange *x = s->exchanges; x != NULL; x = x->next)
		if (x->member == member && x->state == state)
			found = x;
	return found;
}

/* The first request that MEMBER has in line goes to its engine. */
static void
advance_line(struct server *s, size_t member)
{
	struct member_engine *engine = &s->engines[member];
	struct exchange *x;

	while (!engine->busy &&
	       (x = find_exchange(s, member, EXCHANGE_IN_LINE)) != NULL) {
		struct diag d = DIAG_INIT;
		int err = member_engine_ask(
		    engine, buf_view(&x->body), server_now_ms(), &d);

		x->state = EXCHANGE_AT_ENGINE;
		if (err == 0)
			return;
		member_engine_end(engine);
		answer_wrong(x, err, &d);
		server_resume(s, x);
	}
}

/* Every request to MEMBER's engine is ended; open answers are lost. */
static void
end_engine(struct server *s, size_t member, const char *why)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_STATE, NULL, 0, "%s", why);
	member_engine_end(&s->engines[member]);
	for (struct exchange *x = s->exchanges; x != NULL; x = x->next) {
		if (x->member != member || (x->state != EXCHANGE_AT_ENGINE &&
					       x->state != EXCHANGE_IN_LINE))
			continue;
		answer_wrong(x, ERR_STATE, &d);
		server_resume(s, x);
	}
}

static void
take_answer(struct server *s, size_t member)
{
	struct member_engine *engine = &s->engines[member];
	struct exchange *x = find_exchange(s, member, EXCHANGE_AT_ENGINE);
	bool whole;

	if (member_engine_go_on(engine, server_now_ms(), &whole) != 0) {
		end_engine(s, member,
		    _("the engine has stopped: it needed too much time or "
		      "memory"));
		return;
	}
	if (!whole)
		return;
	if (x != NULL) {
		/* What could not be kept is not shown; the answer is the
		 * member's. */
		if (x->told.shows)
			(void)classroom_take_page(
			    s->classroom, buf_view(&engine->in));
		buf_move(&x->answer, &engine->in);
		x->state = EXCHANGE_ANSWERED;
		server_resume(s, x);
	}
	advance_line(s, member);
}

/* ---- going on ---- */

static size_t
count_line(const struct server *s, size_t member)
{
	size_t n = 0;

	for (const struct exchange *x = s->exchanges; x != NULL; x = x->next)
		n += x->member == member && (x->state == EXCHANGE_IN_LINE ||
						x->state == EXCHANGE_AT_ENGINE);
	return n;
}

static void
put_in_line(struct server *s, struct exchange *x)
{
	struct diag d = DIAG_INIT;

	if (count_line(s, x->member) >= IN_LINE_MAX) {
		diag_set(
		    &d, ERR_LIMIT, NULL, 0, _("too many requests at once"));
		answer_wrong(x, ERR_LIMIT, &d);
		return;
	}
	x->state = EXCHANGE_IN_LINE;
	advance_line(s, x->member);
}

static unsigned
server_request_status_of(enum classroom_end end)
{
	static const unsigned others[] = {
		[CLASSROOM_STRANGER] = MHD_HTTP_UNAUTHORIZED,
		[CLASSROOM_LEFT] = MHD_HTTP_CONFLICT,
	};

	return end < COUNT_OF(others) && others[end] != 0 ? others[end]
							  : MHD_HTTP_OK;
}

/* The cookie by which a browser is known again. */
static void
put_cookie(const struct server *s, struct exchange *x)
{
	if (x->told.browser[0] != '\0')
		snprintf(x->cookie, sizeof(x->cookie),
		    "rung=%s; HttpOnly; SameSite=Strict; Max-Age=43200%s",
		    x->told.browser, s->tls ? "; Secure" : "");
}

/* One request of a member waits: it is the last. */
static void
wait_alone(struct server *s, struct exchange *x)
{
	for (struct exchange *y = s->exchanges; y != NULL; y = y->next)
		if (y != x && y->member == x->member &&
		    y->state == EXCHANGE_WAITS) {
			y->late = true;
			server_resume(s, y);
		}
	/* What it knows is in x->told. */
	buf_free(&x->body);
	x->body = BUF_INIT;
}

static void
end_engines_of_nobody(struct server *s)
{
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (!classroom_is_in(s->classroom, i))
			end_engine(s, i, _("stopped"));
}

/* The effects of the class's answer to X. */
static void
server_request_take_end(struct server *s, struct exchange *x)
{
	static const unsigned char states[] = {
		[CLASSROOM_WAITS] = EXCHANGE_WAITS,
		[CLASSROOM_REFUSED] = EXCHANGE_HELD,
		[CLASSROOM_LATER] = EXCHANGE_LATER,
	};
	enum classroom_end end = x->told.end;

	x->state = end < COUNT_OF(states) && states[end] != 0
		       ? states[end]
		       : EXCHANGE_ANSWERED;
	if (end == CLASSROOM_WAITS)
		wait_alone(s, x);
	if (end == CLASSROOM_STOPPED)
		end_engine(s, x->member, _("stopped"));
	if (end == CLASSROOM_PUT_OUT)
		end_engines_of_nobody(s);
	if (end == CLASSROOM_PASSED)
		put_in_line(s, x);
}

/* Asks the class. */
static int
server_request_ask(struct server *s, struct exchange *x)
{
	const char *cookie = mhd.MHD_lookup_connection_value(
	    x->connection, MHD_COOKIE_KIND, "rung");
	struct classroom_caller who = { .address = x->place->address,
		.here = x->place->here,
		.token = str_of(server_token_of(x->connection)),
		.browser = str_of(cookie != NULL ? cookie : ""),
		.now_ms = server_now_ms() };
	bool waited = x->state == EXCHANGE_WAITS;
	int err;

	if (!waited)
		x->since_ms = who.now_ms;
	err = waited ? classroom_wait_on(s->classroom, &who,
			   x->late || who.now_ms - x->since_ms >= WAIT_MS,
			   &x->answer, &x->told)
		     : classroom_ask(s->classroom, &who, buf_view(&x->body),
			   false, &x->answer, &x->told);
	if (err != 0)
		return err;
	if (x->told.wrote) {
		int64_t now = server_now_ms();

		s->rests_until_ms = now + REST_TIMES * (now - who.now_ms);
		classroom_rest(s->classroom, s->rests_until_ms);
	}
	x->member = x->told.member;
	x->status = server_request_status_of(x->told.end);
	put_cookie(s, x);
	server_request_take_end(s, x);
	return 0;
}

enum MHD_Result
server_go_on(struct server *s, struct exchange *x)
{
	if ((x->state == EXCHANGE_READS || x->state == EXCHANGE_LATER ||
		x->state == EXCHANGE_WAITS) &&
	    server_request_ask(s, x) != 0)
		return MHD_NO;
	if (x->state == EXCHANGE_ANSWERED)
		return server_reply(x->connection, x->status,
		    "application/json", buf_view(&x->answer), false, x->cookie);
	server_begin_phase(x->place, PLACE_SERVED, 0);
	suspend(x);
	return MHD_YES;
}

void
server_leave(struct server *s, struct exchange *x)
{
	struct exchange **at = &s->exchanges;

	while (*at != NULL && *at != x)
		at = &(*at)->next;
	if (*at != NULL)
		*at = x->next;
	buf_free(&x->body);
	buf_free(&x->answer);
	mem_free(x);
}

/* Bytes of all engines and of what their members ask and are answered; *MOST:
 * of whom are most. */
static uint64_t
weigh_all(struct server *s, bool exact, size_t *most)
{
	uint64_t loads[CLASSROOM_MEMBERS_MAX], all = 0;

	*most = 0;
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		loads[i] = member_engine_weigh(&s->engines[i], exact);
	for (const struct exchange *x = s->exchanges; x != NULL; x = x->next)
		if (x->member < CLASSROOM_MEMBERS_MAX)
			loads[x->member] += x->body.cap + x->answer.cap;
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++) {
		all += loads[i];
		*most = loads[i] > loads[*most] ? i : *most;
	}
	return all;
}

/* The largest ends where all together have more than they may. */
static void
weigh_engines(struct server *s, int64_t now)
{
	size_t most;

	if (now - s->weighed_ms < WEIGH_MS)
		return;
	s->weighed_ms = now;
	if (weigh_all(s, false, &most) <= s->memory ||
	    weigh_all(s, true, &most) <= s->memory)
		return;
	end_engine(s, most,
	    _("the engine has stopped: all engines together needed more memory "
	      "than they may use"));
	for (struct place *p = s->places; p != NULL; p = p->next)
		if (p->exchange != NULL && p->exchange->member == most &&
		    p->exchange->answer.cap > LARGE)
			server_end_place(s, p);
	s->weighed_ms = 0;
}

/* X has waited long enough, or for what has come. */
static bool
is_due(const struct exchange *x, int64_t now, bool news)
{
	return (x->state == EXCHANGE_WAITS &&
		   (news || now - x->since_ms >= WAIT_MS)) ||
	       (x->state == EXCHANGE_HELD && now - x->since_ms >= HELD_MS);
}

void
server_look_around(struct server *s)
{
	struct exchange *later = NULL;
	int64_t now = server_now_ms();
	bool news;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (s->engines[i].busy)
			take_answer(s, i);
	weigh_engines(s, now);
	server_look_at_places(s, now);
	news = s->version != classroom_version(s->classroom) &&
	       now - s->news_ms >= NEWS_MS;
	if (news) {
		s->version = classroom_version(s->classroom);
		s->news_ms = now;
	}
	for (struct exchange *x = s->exchanges; x != NULL; x = x->next) {
		if (x->state == EXCHANGE_LATER && x->suspended)
			later = x;
		if (!x->suspended || !is_due(x, now, news))
			continue;
		if (x->state == EXCHANGE_HELD)
			x->state = EXCHANGE_ANSWERED;
		server_resume(s, x);
	}
	/* The first that came. */
	if (later != NULL && now >= s->rests_until_ms)
		server_resume(s, later);
}
