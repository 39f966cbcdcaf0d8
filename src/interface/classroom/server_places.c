/*
 * Connections.  The number of places is bounded by the descriptors, some of
 * them for this machine alone.  A connection that is silent for too long is
 * shut; and where all places are taken, one gives way to a new connection:
 * first connections that have shown no token of the class, of these the silent
 * ones, of the address that has most, the one that has waited longest.  Each
 * member has some that are never taken from it, while they are used.
 */
#include "classroom/server_in.h"

#include "base/mem.h"

#include <sys/socket.h>
#include <unistd.h>

/* So many are taken before what was shut is closed. */
#define TAKEN_AT_ONCE 32
/* Descriptors for these, the teacher's engines and all else. */
#define DESCRIPTORS_ELSE (TAKEN_AT_ONCE + CLASSROOM_TEACHERS_MAX + 32)
#define PLACES_MAX       3000
/* Of a member: one that waits, and one more. */
#define KEPT_MAX 2
/* So often it is looked who is late. */
#define LOOK_MS 100

/* The time in which a phase's bytes are to come, MS, and a second more for each
 * EACH bytes that have come of it; 0: it has bounds of its own. */
static const struct {
	int64_t ms, each;
} patience[] = {
	[PLACE_HEAD] = { 10000, INT64_MAX },
	[PLACE_BODY] = { 10000, 64 << 10 },
	[PLACE_SERVED] = { 0, 0 },
	[PLACE_ANSWER] = { 30000, 32 << 10 },
};

void
server_count_places(struct server *s, size_t limit, size_t seats)
{
	size_t other = DESCRIPTORS_ELSE + seats;

	s->most = limit > other + 16 ? limit - other : 16;
	s->most = s->most < PLACES_MAX ? s->most : PLACES_MAX;
	s->most_far = s->most - s->most / 8;
}

/* ---- who gives way ---- */

#define RANK_STAYS 3

static unsigned
server_place_rank_of(const struct place *p)
{
	if (p->kept)
		return p->phase == PLACE_HEAD ? 2 : RANK_STAYS;
	return p->phase == PLACE_HEAD ? 0 : 1;
}

static bool
server_place_goes_before(const struct place *p, const struct place *q,
    const unsigned crowds[PLACES_CROWDS])
{
	unsigned a = server_place_rank_of(p), b = server_place_rank_of(q);

	if (a != b)
		return a < b;
	if (crowds[p->crowd] != crowds[q->crowd])
		return crowds[p->crowd] > crowds[q->crowd];
	return p->since_ms < q->since_ms;
}

/* Shuts a connection from this machine, or from other machines. */
static bool
shut_one(struct server *s, bool here)
{
	unsigned crowds[PLACES_CROWDS] = { 0 };
	struct place *first = NULL;

	for (const struct place *p = s->places; p != NULL; p = p->next)
		crowds[p->crowd] += p->here == here && !p->ends;
	for (struct place *p = s->places; p != NULL; p = p->next)
		if (p->here == here && !p->ends &&
		    server_place_rank_of(p) < RANK_STAYS &&
		    (first == NULL ||
			server_place_goes_before(p, first, crowds)))
			first = p;
	if (first != NULL)
		server_end_place(s, first);
	return first != NULL;
}

/* There is a place for P, or another gives way. */
static bool
server_place_make_room(struct server *s, const struct place *p)
{
	if (!p->here && s->nplaces_far >= s->most_far)
		return shut_one(s, false);
	/* Then this machine has more than its own. */
	return s->nplaces < s->most || shut_one(s, true);
}

/* ---- coming and going ---- */

static void
count_place(struct server *s, const struct place *p, size_t by)
{
	s->nplaces += by;
	s->nplaces_far += p->here ? 0 : by;
}

static void
server_place_take(
    struct server *s, int fd, const struct sockaddr *peer, socklen_t n)
{
	struct place *p = mem_zalloc(1, sizeof(*p));
	struct sockaddr_storage own = { 0 };
	struct sockaddr *at = (struct sockaddr *)(void *)&own;
	socklen_t own_n = sizeof(own);

	s->comes = p;
	if (p != NULL && getsockname(fd, at, &own_n) == 0) {
		p->fd = fd;
		p->here = hosts_is_here(peer, at);
		hosts_put_network(peer, p->address);
		for (const char *c = p->address; *c != '\0'; c++)
			p->crowd =
			    (p->crowd * 31 + (unsigned char)*c) % PLACES_CROWDS;
	}
	if (p != NULL && p->fd == fd && server_place_make_room(s, p))
		mhd.MHD_add_connection(s->daemon, fd, peer, n);
	else
		close(fd);
	/* The handler has not noted it. */
	mem_free(s->comes);
	s->comes = NULL;
}

void
server_take_places(struct server *s)
{
	for (unsigned i = 0; i < TAKEN_AT_ONCE; i++) {
		struct sockaddr_storage a = { 0 };
		struct sockaddr *peer = (struct sockaddr *)(void *)&a;
		socklen_t n = sizeof(a);
		int fd =
		    accept4(s->listens, peer, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		server_place_take(s, fd, peer, n);
	}
}

void
server_note_place(void *arg, struct MHD_Connection *connection, void **own,
    enum MHD_ConnectionNotificationCode what)
{
	struct server *s = arg;
	struct place **at = &s->places, *p = *own;

	(void)connection;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		p = s->comes;
		s->comes = NULL;
		p->next = s->places;
		s->places = *own = p;
		server_begin_phase(p, PLACE_HEAD, 0);
		count_place(s, p, 1);
		return;
	}
	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	if (!p->ends)
		count_place(s, p, (size_t)-1);
	mem_free(p);
}

struct place *
server_place_of(struct MHD_Connection *connection)
{
	return mhd
	    .MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
	    ->socket_context;
}

/* What waits for something is gone on with, and finds that it has ended. */
void
server_end_place(struct server *s, struct place *p)
{
	if (p->ends)
		return;
	p->ends = true;
	count_place(s, p, (size_t)-1);
	shutdown(p->fd, SHUT_RDWR);
	if (p->exchange != NULL && p->exchange->suspended) {
		p->exchange->state = EXCHANGE_ANSWERED;
		server_resume(s, p->exchange);
	}
}

/* ---- expected bytes ---- */

void
server_begin_phase(struct place *p, unsigned phase, size_t bytes)
{
	p->phase = phase;
	p->bytes = bytes;
	p->since_ms = server_now_ms();
}

void
server_know_place(struct server *s, struct place *p, size_t member)
{
	size_t n = 0;

	for (const struct place *q = s->places; q != NULL; q = q->next)
		n += q != p && q->kept && q->member == member;
	p->member = member;
	p->kept = member != CLASSROOM_MEMBERS_MAX && n < KEPT_MAX;
}

void
server_look_at_places(struct server *s, int64_t now_ms)
{
	if (now_ms - s->looked_ms < LOOK_MS)
		return;
	s->looked_ms = now_ms;
	for (struct place *p = s->places; p != NULL; p = p->next)
		if (patience[p->phase].ms > 0 &&
		    now_ms - p->since_ms >
			patience[p->phase].ms +
			    (int64_t)p->bytes * 1000 / patience[p->phase].each)
			server_end_place(s, p);
}
