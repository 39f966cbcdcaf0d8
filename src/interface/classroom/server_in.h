/* What the files of the server share. */
#ifndef CLASSROOM_SERVER_IN_H
#define CLASSROOM_SERVER_IN_H

#include "classroom/server.h"

#include "base/library.h"
#include "classroom/desk.h"

#include <microhttpd.h>

/* libmicrohttpd's functions: base/library.h. */
#define MHD_FUNCTIONS(X)                   \
	X(MHD_start_daemon)                \
	X(MHD_stop_daemon)                 \
	X(MHD_run)                         \
	X(MHD_get_timeout)                 \
	X(MHD_get_daemon_info)             \
	X(MHD_get_connection_info)         \
	X(MHD_lookup_connection_value)     \
	X(MHD_create_response_from_buffer) \
	X(MHD_add_response_header)         \
	X(MHD_queue_response)              \
	X(MHD_destroy_response)            \
	X(MHD_suspend_connection)          \
	X(MHD_resume_connection)
struct mhd {
#define X(name) LIBRARY_POINTER(name)
	MHD_FUNCTIONS(X)
#undef X
};
extern struct mhd mhd;

/* A request, from its first line until it is answered. */
struct exchange {
	struct exchange *next;
	struct MHD_Connection *connection;
	struct buf body, answer;
	size_t member;
	bool gets, too_long;
	enum {
		EXCHANGE_READS,
		EXCHANGE_WAITS,
		EXCHANGE_IN_LINE,
		EXCHANGE_AT_DESK,
		EXCHANGE_ANSWERED
	} state;
	bool suspended;
	unsigned status; /* of the answer */
	int64_t id, since_ms;
};

struct server {
	struct classroom *classroom;
	struct MHD_Daemon *daemon;
	struct hosts hosts;
	bool tls;
	int listens, epoll;
	struct buf packed, page;
	struct exchange *exchanges;
	struct desk desks[CLASSROOM_MEMBERS_MAX];
	uint64_t version;
	bool resumed; /* some were, since MHD_run */
};

int64_t server_now_ms(void);

/* ---- server_files.c ---- */

/* Makes the files' texts.  0 or ERR_NOMEM. */
int server_make_files(struct server *s, struct str library);
/* The answer to a GET of PATH. */
enum MHD_Result server_give_file(
    struct server *s, struct MHD_Connection *connection, const char *path);
/* STATUS with BODY of TYPE; PACKED: it is a gzip stream. */
enum MHD_Result server_reply(struct MHD_Connection *connection, unsigned status,
    const char *type, struct str body, bool packed);

/* ---- server_ask.c ---- */

/* X has come whole, or may be gone on with. */
enum MHD_Result server_go_on(struct server *s, struct exchange *x);
/* X is no more. */
void server_leave(struct server *s, struct exchange *x);
/* What desks have said, what has waited long enough. */
void server_look_around(struct server *s);

#endif
