/* Shared by the files of the server. */
#ifndef CLASSROOM_SERVER_IN_H
#define CLASSROOM_SERVER_IN_H

#include "classroom/server.h"

#include "base/library.h"
#include "classroom/member_engine.h"

#include <microhttpd.h>

/* libmicrohttpd's functions: base/library.h. */
#define MHD_FUNCTIONS(X)                   \
	X(MHD_start_daemon)                \
	X(MHD_stop_daemon)                 \
	X(MHD_add_connection)              \
	X(MHD_run)                         \
	X(MHD_get_timeout)                 \
	X(MHD_get_daemon_info)             \
	X(MHD_get_connection_info)         \
	X(MHD_lookup_connection_value)     \
	X(MHD_get_connection_values)       \
	X(MHD_create_response_from_buffer) \
	X(MHD_add_response_header)         \
	X(MHD_queue_response)              \
	X(MHD_destroy_response)            \
	X(MHD_suspend_connection)          \
	X(MHD_resume_connection)
struct mhd {
	MHD_FUNCTIONS(LIBRARY_POINTER)
};
extern struct mhd mhd;

/* A connection, and its expected requests. */
struct place {
	struct place *next;
	struct exchange *exchange; /* NULL: none */
	int fd;
	char address[64];
	unsigned crowd; /* of that, below PLACES_CROWDS */
	bool here;      /* of this machine */
	bool ends;      /* it was shut */
	bool kept;      /* one of its member's reserved connections */
	size_t member;  /* whose token was shown; CLASSROOM_MEMBERS_MAX */
	enum { PLACE_HEAD, PLACE_BODY, PLACE_SERVED, PLACE_ANSWER } phase;
	int64_t since_ms;
	size_t bytes; /* of the body that came, of the answer */
};
#define PLACES_CROWDS 1024

/* A request, from its first line until it is answered. */
struct exchange {
	struct exchange *next;
	struct MHD_Connection *connection;
	struct place *place;
	struct buf body, answer;
	size_t member, may; /* how long the body is at most */
	bool gets;
	enum {
		EXCHANGE_READS,
		EXCHANGE_LATER, /* asks once more when the disk has rested */
		EXCHANGE_HELD,  /* is answered after a second */
		EXCHANGE_WAITS,
		EXCHANGE_IN_LINE,
		EXCHANGE_AT_ENGINE,
		EXCHANGE_ANSWERED
	} state;
	bool suspended, late;
	unsigned status; /* of the answer */
	int64_t since_ms;
	struct classroom_told told;
	char cookie[96]; /* of the answer; "" */
};

struct server {
	struct classroom *classroom;
	struct MHD_Daemon *daemon;
	struct hosts hosts;
	bool tls;
	int listens, epoll;
	struct buf packed, page;
	const struct trace *live;
	struct exchange *exchanges;
	struct place *places;
	/* What accept has given, until it is among the places. */
	struct place *comes;
	/* Of all, of those not of this machine: how many are open, may be. */
	size_t nplaces, nplaces_far, most, most_far;
	int64_t looked_ms;
	struct member_engine engines[CLASSROOM_MEMBERS_MAX];
	uint64_t memory; /* bytes that engines have, at most, together */
	int64_t weighed_ms;
	uint64_t version;
	int64_t news_ms, rests_until_ms;
	bool resumed; /* some were, since MHD_run */
};

int64_t server_now_ms(void);

/* ---- server_files.c ---- */

/* Makes the files' texts.  0 or ERR_NOMEM. */
int server_make_files(struct server *s, struct str library);
/* The answer to X, a GET of PATH. */
enum MHD_Result
server_give_file(struct server *s, struct exchange *x, const char *path);
/* STATUS with BODY of TYPE, which stays until the connection asks for something
 * else; PACKED: it is a gzip stream; COOKIE: to be set, or "". */
enum MHD_Result server_reply(struct MHD_Connection *connection, unsigned status,
    const char *type, struct str body, bool packed, const char *cookie);

/* ---- server_places.c ---- */

/* How many may be open, where LIMIT descriptors may be, and SEATS engines. */
void server_count_places(struct server *s, size_t limit, size_t seats);
/* Takes connections that have come; where there is no place another gives
 * way. */
void server_take_places(struct server *s);
/* Ends places without bytes in time. */
void server_look_at_places(struct server *s, int64_t now_ms);
/* MHD_NotifyConnectionCallback. */
void server_note_place(void *server, struct MHD_Connection *connection,
    void **place, enum MHD_ConnectionNotificationCode what);
struct place *server_place_of(struct MHD_Connection *connection);
/* P is at PHASE from now on, with BYTES of it. */
void server_begin_phase(struct place *p, unsigned phase, size_t bytes);
/* P has shown the token of MEMBER, CLASSROOM_MEMBERS_MAX: none's. */
void server_know_place(struct server *s, struct place *p, size_t member);
void server_end_place(struct server *s, struct place *p);

/* ---- server_ask.c ---- */

/* X has come whole, or may be gone on with. */
enum MHD_Result server_go_on(struct server *s, struct exchange *x);
const char *server_token_of(struct MHD_Connection *connection);
/* X, which waits for something, is gone on with. */
void server_resume(struct server *s, struct exchange *x);
/* X is no more. */
void server_leave(struct server *s, struct exchange *x);
/* Takes the answers of engines; answers requests that have waited long enough.
 */
void server_look_around(struct server *s);

#endif
