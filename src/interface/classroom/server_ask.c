/*
 * Requests at /ask: one that the class answers is answered; one that waits for
 * something new, and one that an engine has to answer, is suspended until that
 * has come.
 */
#include "classroom/server_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rows.h"
#include "trace/json.h"
#include "trace/json_fields.h"

#include <string.h>

/* One that waits is answered after this, as things are. */
#define WAIT_MS 15000
/* More of one member at its desk are refused. */
#define LINE_MAX_DESK 64

static const char *
token_of(const struct exchange *x)
{
	const char *said = mhd.MHD_lookup_connection_value(
	    x->connection, MHD_HEADER_KIND, "Authorization");

	return said != NULL && strncmp(said, "Bearer ", 7) == 0 ? said + 7 : "";
}

/* It comes from this machine: from the address at which it is asked. */
static bool
is_here(const struct exchange *x, const struct sockaddr *peer)
{
	const union MHD_ConnectionInfo *info = mhd.MHD_get_connection_info(
	    x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct sockaddr_storage own = { 0 };
	socklen_t n = sizeof(own);
	char from[64], at[64];

	if (hosts_is_loopback(peer))
		return true;
	if (getsockname(
		info->connect_fd, (struct sockaddr *)(void *)&own, &n) != 0)
		return false;
	hosts_put_address(peer, from);
	hosts_put_address((struct sockaddr *)(void *)&own, at);
	return strcmp(from, at) == 0;
}

static void
suspend(struct exchange *x)
{
	if (!x->suspended)
		mhd.MHD_suspend_connection(x->connection);
	x->suspended = true;
}

static void
resume(struct server *s, struct exchange *x)
{
	if (x->suspended) {
		mhd.MHD_resume_connection(x->connection);
		s->resumed = true;
	}
	x->suspended = false;
}

/* ---- desks ---- */

/* X is answered by what is wrong. */
static void
answer_wrong(struct exchange *x, int err, const struct diag *d)
{
	buf_clear(&x->answer);
	buf_putc(&x->answer, '{');
	json_put_int(&x->answer, "id", x->id);
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

/* The first that MEMBER has in line goes to its desk. */
static void
advance_line(struct server *s, size_t member)
{
	struct desk *desk = &s->desks[member];
	struct exchange *x;

	while (!desk->busy &&
	       (x = find_exchange(s, member, EXCHANGE_IN_LINE)) != NULL) {
		struct diag d = DIAG_INIT;
		int err =
		    desk_ask(desk, buf_view(&x->body), server_now_ms(), &d);

		x->state = EXCHANGE_AT_DESK;
		if (err == 0)
			return;
		desk_end(desk);
		answer_wrong(x, err, &d);
		resume(s, x);
	}
}

/* Whatever the engine of MEMBER was asked has an end; what is open there is
 * lost. */
static void
end_desk(struct server *s, size_t member, const char *why)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_STATE, NULL, 0, "%s", why);
	desk_end(&s->desks[member]);
	for (struct exchange *x = s->exchanges; x != NULL; x = x->next) {
		if (x->member != member || (x->state != EXCHANGE_AT_DESK &&
					       x->state != EXCHANGE_IN_LINE))
			continue;
		answer_wrong(x, ERR_STATE, &d);
		resume(s, x);
	}
}

static void
take_desk(struct server *s, size_t member)
{
	struct desk *desk = &s->desks[member];
	struct exchange *x = find_exchange(s, member, EXCHANGE_AT_DESK);
	bool whole;

	if (desk_go_on(desk, server_now_ms(), &whole) != 0) {
		end_desk(s, member,
		    _("the engine has ended: it took too long, or too much"));
		return;
	}
	if (!whole)
		return;
	/* What could not be kept is not shown; the answer is the member's. */
	(void)classroom_take_answer(s->classroom, member, buf_view(&desk->in));
	if (x != NULL) {
		buf_move(&x->answer, &desk->in);
		x->state = EXCHANGE_ANSWERED;
		resume(s, x);
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
						x->state == EXCHANGE_AT_DESK);
	return n;
}

static void
stand_in_line(struct server *s, struct exchange *x)
{
	struct diag d = DIAG_INIT;

	if (count_line(s, x->member) >= LINE_MAX_DESK) {
		diag_set(
		    &d, ERR_LIMIT, NULL, 0, _("too much is asked at once"));
		answer_wrong(x, ERR_LIMIT, &d);
		return;
	}
	x->state = EXCHANGE_IN_LINE;
	advance_line(s, x->member);
}

static unsigned
status_of(enum classroom_end end)
{
	static const unsigned others[] = {
		[CLASSROOM_STRANGER] = MHD_HTTP_UNAUTHORIZED,
		[CLASSROOM_LEFT] = MHD_HTTP_CONFLICT,
	};

	return end < ROWS_COUNT(others) && others[end] != 0 ? others[end]
							    : MHD_HTTP_OK;
}

/* Asks the class. */
static int
ask(struct server *s, struct exchange *x)
{
	const union MHD_ConnectionInfo *info = mhd.MHD_get_connection_info(
	    x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char address[64];
	struct classroom_caller who = { .address = address,
		.here = is_here(x, info->client_addr),
		.token = str_of(token_of(x)),
		.now_ms = server_now_ms() };
	bool waited = x->state == EXCHANGE_WAITS;
	struct classroom_told told;
	int err;

	hosts_put_address(info->client_addr, address);
	if (!waited)
		x->since_ms = who.now_ms;
	err = classroom_ask(s->classroom, &who, buf_view(&x->body),
	    waited && who.now_ms - x->since_ms >= WAIT_MS, &x->answer, &told);
	if (err != 0)
		return err;
	x->id = told.id;
	x->member = told.member;
	x->status = status_of(told.end);
	x->state =
	    told.end == CLASSROOM_WAITS ? EXCHANGE_WAITS : EXCHANGE_ANSWERED;
	if (told.end == CLASSROOM_STOPPED)
		end_desk(s, x->member, _("stopped"));
	if (told.end == CLASSROOM_PASSED)
		stand_in_line(s, x);
	return 0;
}

enum MHD_Result
server_go_on(struct server *s, struct exchange *x)
{
	if ((x->state == EXCHANGE_READS || x->state == EXCHANGE_WAITS) &&
	    ask(s, x) != 0)
		return MHD_NO;
	if (x->state == EXCHANGE_ANSWERED)
		return server_reply(x->connection, x->status,
		    "application/json", buf_view(&x->answer), false);
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

void
server_look_around(struct server *s)
{
	int64_t now = server_now_ms();
	bool news;

	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (s->desks[i].busy)
			take_desk(s, i);
	news = s->version != classroom_version(s->classroom);
	s->version = classroom_version(s->classroom);
	for (struct exchange *x = s->exchanges; x != NULL; x = x->next)
		if (x->state == EXCHANGE_WAITS && x->suspended &&
		    (news || now - x->since_ms >= WAIT_MS))
			resume(s, x);
}
